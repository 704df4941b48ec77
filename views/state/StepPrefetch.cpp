#include "views/state/StepPrefetch.h"

#include "core/session/SelectionDefaults.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <chrono>

namespace brainlike {
namespace {

/// Until the panels have read what a change of anything but the step asks for.
constexpr std::chrono::milliseconds settling{60};

} // namespace

StepPrefetch::StepPrefetch(SelectionModel& selection, ScoreData& scores, QObject* parent)
    : QObject(parent), m_selection(selection), m_data(scores) {
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &StepPrefetch::start);
    connect(&selection, &SelectionModel::changed, this, &StepPrefetch::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, [this] {
        m_reading.cancel();
        m_delay.stop();
        m_like = -1;
    });
}

void StepPrefetch::onSelection(const Selection& before, const Selection& after) {
    m_reading.cancel();
    const ScoreIndex* index = m_data.index();
    if (index == nullptr)
        return;
    const auto from = indicesOf(before, *index);
    const bool isStep = from && before.model == after.model && before.step != after.step;
    if (isStep)
        m_direction = after.step > before.step ? 1 : -1;
    m_like = isStep ? from->step : -1;
    m_delay.start(isStep ? std::chrono::milliseconds(0) : settling);
}

void StepPrefetch::start() {
    const ScoreIndex* index = m_data.index();
    const auto shown = index ? indicesOf(m_selection.selection(), *index) : std::nullopt;
    if (!shown)
        return;
    const int count = static_cast<int>(index->models[static_cast<std::size_t>(shown->model)].steps.size());
    std::vector<int> wanted;
    for (const int next : {shown->step + m_direction, shown->step - m_direction})
        if (next >= 0 && next < count)
            wanted.push_back(next);
    const int like = m_like < 0 ? shown->step : m_like;
    m_reading = m_data.runner().run<bool>(
        this,
        [source = m_data.source(), model = shown->model, like, wanted](JobContext& job) {
            for (const int next : wanted)
                source->prefetch(model, like, next, job);
            return true;
        },
        [](const JobOutcome<bool>&) {}); // who asks for what cannot be read is told then
}

} // namespace brainlike
