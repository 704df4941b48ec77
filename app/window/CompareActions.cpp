#include "app/window/CompareActions.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QMenu>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace brainlike {
namespace {

QString tr(const char* text) {
    return QObject::tr(text);
}

/// "Large · ViT · 300 M parameters · cellular": what is known of a model.
QString modelEntry(const ScoredModel& model) {
    QStringList parts{QString::fromStdString(model.label.empty() ? model.id : model.label)};
    for (const std::string& known : {model.family, model.imageType})
        if (!known.empty() && !parts.front().contains(QString::fromStdString(known), Qt::CaseInsensitive))
            parts << QString::fromStdString(known);
    if (model.parameters)
        parts << QObject::tr("%1 parameters").arg(shortStepText(static_cast<std::int64_t>(*model.parameters)));
    return parts.join(QStringLiteral(" · "));
}

/// Entries of the menu of what B is.
class Entries {
public:
    Entries(SelectionModel& selection, const ScoreIndex& index) : m_selection(selection), m_index(index) {}

    void add(QMenu& menu, const QString& text, const Difference& difference) const {
        Selection candidate = m_selection.selection();
        candidate.difference = difference;
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        const Selection& now = m_selection.selection();
        action->setChecked(now.isCompared && now.difference == difference);
        if (!otherSide(candidate, m_index)) {
            action->setEnabled(false);
            action->setToolTip(QObject::tr("There is %1").arg(comparisonText(candidate, m_index).noOther));
        }
        QObject::connect(action, &QAction::triggered, &m_selection, [&selection = m_selection, difference] {
            selection.edit([&](Selection& next) {
                next.difference = difference;
                next.isCompared = true;
            });
        });
    }
    /// A menu of others; disabled, with the reason, where there are none.
    [[nodiscard]] QMenu* others(QMenu& menu, const QString& text, bool isThere, const QString& reason) const {
        QMenu* choices = menu.addMenu(text);
        choices->setToolTipsVisible(true);
        choices->menuAction()->setEnabled(isThere);
        if (!isThere)
            choices->menuAction()->setToolTip(reason);
        return choices;
    }

private:
    SelectionModel& m_selection;
    const ScoreIndex& m_index;
};

void addCheckpoints(QMenu& menu, const Entries& entries, const Selection& now) {
    entries.add(menu, tr("With the first checkpoint"), {DifferenceBase::FirstStep, {}});
    entries.add(menu, tr("With the previous checkpoint"), {DifferenceBase::PreviousStep, {}});
    if (now.difference.base == DifferenceBase::Step && now.difference.step != now.step)
        entries.add(menu, QObject::tr("With the kept checkpoint (%1)").arg(checkpointText(now.difference.step)),
                    now.difference);
    entries.add(menu, QObject::tr("Keep this checkpoint as B (%1)").arg(checkpointText(now.step)),
                {DifferenceBase::Step, {}, now.step});
}

/// Models by their images, the largest first: a heading for each image type where there are several.
void addModels(QMenu& menu, const Entries& entries, const Selection& now, const ScoreIndex& index) {
    QMenu* models =
        entries.others(menu, tr("With another model"), index.models.size() > 1, tr("These scores have one model"));
    std::vector<const ScoredModel*> sorted;
    std::vector<std::string> types;
    for (const ScoredModel& model : index.models) {
        sorted.push_back(&model);
        if (std::ranges::find(types, model.imageType) == types.end())
            types.push_back(model.imageType);
    }
    std::ranges::stable_sort(sorted, std::greater<>(),
                             [](const ScoredModel* model) { return model->parameters.value_or(0); });
    for (const std::string& type : types) {
        if (types.size() > 1)
            models->addSection(type.empty() ? tr("Images not known")
                                            : QObject::tr("Images: %1").arg(QString::fromStdString(type)));
        for (const ScoredModel* model : sorted)
            if (model->imageType == type && model->id != now.model)
                entries.add(*models, modelEntry(*model), {DifferenceBase::Model, model->id});
    }
}

/// Image types with the size kept, sizes with the images kept.
void addFactors(QMenu& menu, const Entries& entries, const Selection& now, const ScoreIndex& index) {
    const auto own = std::ranges::find(index.models, now.model, &ScoredModel::id);
    std::set<std::string> types;
    std::map<std::int64_t, std::string> sizes;
    for (const ScoredModel& model : index.models) {
        if (own != index.models.end() && !model.imageType.empty() && model.imageType != own->imageType)
            types.insert(model.imageType);
        if (own != index.models.end() && model.parameters && sizeName(model) != sizeName(*own))
            sizes.emplace(std::llround(*model.parameters), sizeName(model));
    }
    QMenu* images = entries.others(menu, tr("With other images, the same size"), !types.empty(),
                                   tr("These scores have no models of other images"));
    for (const std::string& type : types)
        entries.add(*images, QString::fromStdString(type), {DifferenceBase::ImageType, type});
    QMenu* others = entries.others(menu, tr("With another size, the same images"), !sizes.empty(),
                                   tr("These scores have no models of other sizes"));
    for (const auto& [parameters, name] : sizes)
        entries.add(*others, QObject::tr("%1 parameters").arg(shortStepText(parameters)), {DifferenceBase::Size, name});
}

void addOthers(QMenu& menu, const Entries& entries, const Selection& now, const ScoreIndex& index) {
    addModels(menu, entries, now, index);
    addFactors(menu, entries, now, index);
    const auto indices = indicesOf(now, index);
    const auto names =
        indices ? index.models[static_cast<std::size_t>(indices->model)].layerNames : std::vector<std::string>();
    QMenu* layers = entries.others(menu, tr("With another layer"), names.size() > 1, tr("This model has one layer"));
    for (const std::string& layer : names)
        if (layer != now.layer)
            entries.add(*layers, QString::fromStdString(layer), {DifferenceBase::Layer, layer});
    const auto known = subjectsOf(index);
    QMenu* subjects =
        entries.others(menu, tr("With another subject"), known.size() > 1, tr("These scores have no second subject"));
    if (now.recording)
        entries.add(*subjects, QObject::tr("Mean of %1 subjects").arg(known.size()),
                    {DifferenceBase::Subject, meanOfSubjects});
    for (const ScoredRecording& recording : known)
        if (recording.id != now.recording)
            entries.add(*subjects, QString::fromStdString(recording.subject), {DifferenceBase::Subject, recording.id});
}

} // namespace

void fillCompareMenu(QMenu& menu, SelectionModel& selection, const ScoreData& data) {
    menu.setToolTipsVisible(true);
    const ScoreIndex* index = data.index();
    if (index == nullptr || index->models.empty())
        return;
    const Entries entries(selection, *index);
    addCheckpoints(menu, entries, selection.selection());
    menu.addSeparator();
    addOthers(menu, entries, selection.selection(), *index);
}

QAction* addCompareActions(QMenu& menu, SelectionModel& selection, ScoreData& data) {
    menu.setToolTipsVisible(true);
    QAction* action = menu.addAction(tr("Compare"));
    action->setObjectName("compare");
    action->setShortcut(Qt::Key_C);
    action->setCheckable(true);
    QMenu* bases = menu.addMenu(tr("Compare with"));
    bases->setObjectName("compareBases");
    QObject::connect(bases, &QMenu::aboutToShow, bases, [bases, &selection, &data] {
        bases->clear();
        fillCompareMenu(*bases, selection, data);
    });
    const auto refresh = [action, bases, &selection, &data] {
        const ScoreIndex* index = data.index();
        const bool isThere = index != nullptr && !index->models.empty();
        action->setEnabled(isThere);
        bases->menuAction()->setEnabled(isThere);
        action->setToolTip(isThere ? tr("A, B and A − B beside each other (C); the arrow chooses B")
                                   : tr("Open scores of models to compare them"));
        bases->menuAction()->setToolTip(isThere ? QString() : action->toolTip());
        action->setChecked(selection.selection().isCompared);
    };
    refresh();
    QObject::connect(&data, &ScoreData::sourceChanged, action, refresh);
    QObject::connect(&selection, &SelectionModel::changed, action, refresh);
    QObject::connect(action, &QAction::triggered, &selection, [&selection, refresh](bool on) {
        selection.edit([on](Selection& next) { next.isCompared = on; });
        refresh();
    });
    return action;
}

} // namespace brainlike
