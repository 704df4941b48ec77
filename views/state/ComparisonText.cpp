#include "views/state/ComparisonText.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "views/state/LayerText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QObject>

#include <algorithm>

namespace brainlike {
namespace {

QString named(const std::string& name) {
    return QString::fromStdString(name);
}

/// The layer and its place among those of the side's model.
QString layerText(const Selection& side, const ScoreIndex& index) {
    const auto found = std::ranges::find(index.models, side.model, &ScoredModel::id);
    return found == index.models.end() ? named(side.layer.value_or("")) : layerPlaceText(*found, side.layer);
}

QString modelLabel(const Selection& selection, const ScoreIndex& index) {
    const auto found = std::ranges::find(index.models, selection.model, &ScoredModel::id);
    return named(found == index.models.end() || found->label.empty() ? selection.model : found->label);
}

QString sideText(const Selection& side, const ScoreIndex& index, const ComparedFields& says) {
    QStringList parts;
    if (says.model)
        parts << modelLabel(side, index);
    if (says.step)
        parts << checkpointText(side.step);
    if (says.layer)
        parts << layerText(side, index);
    if (says.recording) {
        const std::string subject = subjectOf(side, index);
        parts << (subject.empty() ? subjectsText(index.fmri.empty() ? index.meg : index.fmri, std::nullopt)
                                  : subjectText(subject));
    }
    return parts.join(QStringLiteral(", "));
}

/// What is named of two sides that are the same.
ComparedFields fieldsOf(DifferenceBase base) {
    switch (base) {
    case DifferenceBase::FirstStep:
    case DifferenceBase::PreviousStep:
    case DifferenceBase::Step:
        break;
    case DifferenceBase::Model:
        return {.model = true};
    case DifferenceBase::Layer:
        return {.layer = true};
    case DifferenceBase::Subject:
        return {.recording = true};
    case DifferenceBase::ImageType:
    case DifferenceBase::Size:
        return {.model = true};
    }
    return {.step = true};
}

QString noOtherText(const Selection& selection, const ScoreIndex& index) {
    const QString wanted = named(selection.difference.name);
    switch (selection.difference.base) {
    case DifferenceBase::PreviousStep:
        return QObject::tr("no checkpoint before %1").arg(checkpointText(selection.step));
    case DifferenceBase::FirstStep:
    case DifferenceBase::Step:
        return QObject::tr("%1 has no %2").arg(modelLabel(selection, index), checkpointText(selection.difference.step));
    case DifferenceBase::Model:
        return wanted.isEmpty() || selection.difference.name == selection.model
                   ? QObject::tr("no other model than %1").arg(modelLabel(selection, index))
                   : QObject::tr("no model %1 in these scores").arg(wanted);
    case DifferenceBase::Layer:
        if (selection.layer && (wanted.isEmpty() || selection.difference.name == *selection.layer))
            return QObject::tr("%1 itself is selected").arg(named(*selection.layer));
        return QObject::tr("%1 has no layer %2").arg(modelLabel(selection, index), wanted);
    case DifferenceBase::Subject:
        if (selection.difference.name == meanOfSubjects)
            return QObject::tr("the mean of the subjects itself is selected");
        break;
    case DifferenceBase::ImageType:
        return wanted.isEmpty() ? QObject::tr("no model of other images with as many parameters")
                                : QObject::tr("no model of %1 images with as many parameters").arg(wanted);
    case DifferenceBase::Size:
        return wanted.isEmpty() ? QObject::tr("no model of the same images and another size")
                                : QObject::tr("no model of the same images with %1 parameters")
                                      .arg(shortStepText(wanted.toLongLong()));
    }
    return QObject::tr("no other subject");
}

} // namespace

ComparisonText comparisonText(const Selection& selection, const ScoreIndex& index) {
    const bool hasFmri = indicesOf(selection, index).has_value();
    if (!hasFmri && !indicesOf(selection, index, RecordingKind::Meg))
        return {.a = {}, .b = {}, .noOther = QObject::tr("no scores of this selection"), .differs = {}};
    auto other = otherSide(selection, index);
    if (!other)
        other = otherSide(selection, index, RecordingKind::Meg);
    if (!other)
        return {.a = {}, .b = {}, .noOther = noOtherText(selection, index), .differs = {}};
    const ComparedFields differs{.model = selection.model != other->model,
                                 .step = selection.step != other->step,
                                 .layer = selection.layer != other->layer,
                                 .recording = selection.recording != other->recording};
    const ComparedFields says = differs == ComparedFields{} ? fieldsOf(selection.difference.base) : differs;
    return {
        .a = sideText(selection, index, says), .b = sideText(*other, index, says), .noOther = {}, .differs = differs};
}

QStringList comparedTitle(const QStringList& a, const QStringList& b) {
    QStringList parts;
    for (qsizetype part = 0; part < std::max(a.size(), b.size()); ++part) {
        const QString ofA = a.value(part), ofB = b.value(part);
        parts << (ofA == ofB ? ofA : QObject::tr("A: %1 | B: %2").arg(ofA, ofB));
    }
    return parts;
}

} // namespace brainlike
