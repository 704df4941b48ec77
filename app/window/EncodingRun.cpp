#include "app/window/EncodingRun.h"

#include "core/study/Encode.h"
#include "core/study/LiveScores.h"
#include "core/study/ScoreFile.h"
#include "core/study/ScoresWithMaps.h"

#include <memory>

namespace brainlike {
namespace {

using Scores = std::shared_ptr<const ScoreSource>;

} // namespace

/// A study whose scores can be read while they are made.
struct EncodingRun::Prepared {
    Study study;
    std::shared_ptr<LiveScores> live;
};

EncodingRun::EncodingRun(ScoreData& data, QObject* parent) : QObject(parent), m_data(data) {}

void EncodingRun::startDemo(const DemoOptions& options) {
    prepare([options](JobContext& job) { return demoStudy(options, job); });
}

void EncodingRun::startStudy(const Study& study) {
    prepare([study](JobContext&) { return study; });
}

void EncodingRun::prepare(std::function<Study(JobContext&)> makeStudy) {
    m_running = true;
    using Result = std::shared_ptr<Prepared>;
    m_job = m_data.runner().run<Result>(
        this,
        [makeStudy = std::move(makeStudy)](JobContext& job) -> Result {
            auto prepared = std::make_shared<Prepared>();
            prepared->study = makeStudy(job);
            prepared->live = std::make_shared<LiveScores>(prepared->study, defaultScoresFile(prepared->study));
            return prepared;
        },
        [this](JobOutcome<Result> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                fail(*error);
            else
                encode(std::get<Result>(outcome));
        },
        [this](const Progress& progress) { Q_EMIT progressed(progress); });
}

void EncodingRun::encode(const std::shared_ptr<Prepared>& prepared) {
    m_data.setSource(prepared->live);
    m_job = m_data.runner().run<Scores>(
        this,
        [prepared](JobContext& job) -> Scores {
            EncodeOptions options;
            options.out = defaultScoresFile(prepared->study);
            options.onUnit = [prepared](const EncodeUnit& unit) { prepared->live->notifyUnit(unit); };
            return std::make_shared<ScoreFile>(encodeStudy(prepared->study, options, job).scores);
        },
        [this](JobOutcome<Scores> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return fail(*error);
            m_running = false;
            // Maps may have joined the study meanwhile.
            m_data.setSource(withMapsBeside(std::get<Scores>(outcome), m_data.source().get()));
            Q_EMIT finished();
        },
        [this](const Progress& progress) {
            m_data.noteArrival();
            Q_EMIT progressed(progress);
        });
}

void EncodingRun::cancel() {
    if (!m_running)
        return;
    m_job.cancel();
    m_running = false;
    Q_EMIT cancelled();
}

void EncodingRun::fail(const ErrorDetails& error) {
    m_running = false;
    Q_EMIT failed(error);
}

} // namespace brainlike
