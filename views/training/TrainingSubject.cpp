#include "core/session/SelectionDefaults.h"
#include "core/tables/ScoreCurves.h"
#include "views/training/TrainingBar.h"
#include "views/training/TrainingTrack.h"

#include <cmath>
#include <limits>

// Curves of one subject's own scores: worked out by a job, a model at a time, and kept.

namespace brainlike {
namespace {

/// The three scores of a model as `brainlike scores --subject` has them; NaN of what the subject has no recording for.
SummaryCurves ownSummary(const ScoreFile& scores, const std::string& model, const std::string& subject,
                         JobContext& job) {
    const TableRequest request{.what = "half-time", .level = "model", .model = model, .subject = subject};
    const TableScope scope(scores, request, TableLevel::Model, {RecordingKind::Fmri, RecordingKind::Meg});
    const int number = scope.models().front();
    const std::vector<double> none(scope.model(number).steps.size(), std::numeric_limits<double>::quiet_NaN());
    SummaryCurves summary{none, none, none, none};
    for (const ScoreCurves& curves : scoreCurves(scope, number, job)) {
        const std::vector<double> values(curves.values.data(), curves.values.data() + curves.values.cols());
        (curves.metric == CurveMetric::EncodingFmri  ? summary.encodingFmri
         : curves.metric == CurveMetric::EncodingMeg ? summary.encodingMeg
         : curves.metric == CurveMetric::Spatial     ? summary.spatial
                                                     : summary.temporal) = values;
    }
    return summary;
}

} // namespace

void TrainingBar::onSubject() {
    const ScoreIndex* index = m_data.index();
    const std::string subject = index ? subjectOf(m_selection.selection(), *index) : std::string();
    if (subject == m_subject)
        return;
    m_subject = subject;
    m_ownJob.cancel();
    m_isReadingOwn = false;
    m_ownError.clear();
    makeCurves();
    readSummaries();
    m_refresh.schedule();
}

/// What the curves of a model are made of; null until it is there.
const SummaryCurves* TrainingBar::summaryOf(std::size_t model) const {
    if (m_subject.empty())
        return model < m_summaries.size() ? &m_summaries[model] : nullptr;
    const auto found = m_own.find({m_subject, m_data.index()->models[model].id});
    return found == m_own.end() ? nullptr : &found->second;
}

/// Of the selected model first, then of those whose curves are shown beside it.
std::optional<std::string> TrainingBar::nextOwn() const {
    std::vector<std::string> wanted{m_selection.selection().model};
    for (const ScoredModel& model : m_data.index()->models)
        if (!m_hidden.contains(model.id))
            wanted.push_back(model.id);
    for (const std::string& model : wanted)
        if (!m_own.contains({m_subject, model}))
            return model;
    return std::nullopt;
}

void TrainingBar::readOwn() {
    const auto scores = m_data.scoreFile();
    if (m_subject.empty() || m_isReadingOwn || !m_ownError.isEmpty() || !scores || modelIndex() < 0)
        return;
    const auto model = nextOwn();
    if (!model)
        return;
    m_isReadingOwn = true;
    m_ownJob = m_data.runner().run<SummaryCurves>(
        this,
        [scores, model = *model, subject = m_subject](JobContext& job) {
            return ownSummary(*scores, model, subject, job);
        },
        [this, key = std::pair(m_subject, *model)](JobOutcome<SummaryCurves> outcome) {
            m_isReadingOwn = false;
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                m_ownError = QString::fromStdString(messageOf(*error));
            else
                m_own[key] = std::get<SummaryCurves>(std::move(outcome));
            makeCurves();
            m_refresh.schedule();
            readOwn();
        });
}

} // namespace brainlike
