#include "views/timecourse/CourseLines.h"

#include "views/state/DistinctNames.h"
#include "views/state/NumberText.h"
#include "views/timecourse/CourseComparison.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace brainlike {
namespace {

const ScoredModel& modelAt(const CourseContext& context, int model) {
    return context.index->models[static_cast<std::size_t>(model)];
}

int stepOf(const ScoredModel& model, std::int64_t step) {
    const auto found = std::ranges::find(model.steps, step);
    return found == model.steps.end() ? -1 : static_cast<int>(found - model.steps.begin());
}

/// What each line is of, but for its layer; step −1: the model has no such checkpoint.
std::vector<CourseContext> contextsOf(const CourseContext& shown, LinesOf of) {
    std::vector<CourseContext> contexts;
    CourseContext line = shown;
    const std::int64_t step = modelAt(shown, shown.model).steps[static_cast<std::size_t>(shown.step)];
    switch (of) {
    case LinesOf::Layers:
        for (line.layer = 0; line.layer < static_cast<int>(modelAt(shown, shown.model).layerNames.size()); ++line.layer)
            contexts.push_back(line);
        break;
    case LinesOf::Models:
        for (line.model = 0; line.model < static_cast<int>(shown.index->models.size()); ++line.model) {
            line.step = stepOf(modelAt(shown, line.model), step);
            contexts.push_back(line);
        }
        break;
    case LinesOf::Steps:
        for (line.step = 0; line.step < static_cast<int>(modelAt(shown, shown.model).steps.size()); ++line.step)
            contexts.push_back(line);
        break;
    case LinesOf::Subjects:
        line.recording.reset();
        contexts.push_back(line);
        for (int recording = 0; recording < static_cast<int>(shown.index->meg.size()); ++recording) {
            line.recording = recording;
            contexts.push_back(line);
        }
        break;
    }
    return contexts;
}

QStringList namesOf(const std::vector<CourseContext>& lines, LinesOf of) {
    QStringList names;
    for (const CourseContext& line : lines) {
        const ScoredModel& model = modelAt(line, line.model);
        const auto step = line.step < 0 ? 0 : model.steps[static_cast<std::size_t>(line.step)];
        names << (of == LinesOf::Layers   ? layerName(line, line.layer)
                  : of == LinesOf::Models ? QString::fromStdString(model.label.empty() ? model.id : model.label)
                  : of == LinesOf::Steps  ? (step == 0 ? checkpointText(0) : shortStepText(step))
                  : line.recording.has_value()
                      ? QString::fromStdString(line.index->meg[static_cast<std::size_t>(*line.recording)].subject)
                      : QStringLiteral("mean"));
    }
    return of == LinesOf::Models ? distinctNames(names) : names;
}

/// The layer that a line is of, by the same rule for all.
int lineLayer(const CourseContext& shown, const CourseContext& line, const TimeCourses& courses) {
    if (shown.isLayerChosen) {
        const auto& names = modelAt(line, line.model).layerNames;
        const auto& wanted = modelAt(shown, shown.model).layerNames[static_cast<std::size_t>(shown.layer)];
        const auto found = std::ranges::find(names, wanted);
        return found == names.end() ? -1 : static_cast<int>(found - names.begin());
    }
    return shown.time && *shown.time < courses.mean.cols() ? bestLayerAt(courses, *shown.time) : peakOf(courses).first;
}

} // namespace

std::vector<CourseReader::Checkpoint> lineCheckpoints(const CourseContext& shown, LinesOf of) {
    std::vector<CourseReader::Checkpoint> checkpoints;
    if (of != LinesOf::Layers)
        for (const CourseContext& line : contextsOf(shown, of))
            if (line.step >= 0)
                checkpoints.push_back(checkpointOf(line));
    return checkpoints;
}

CourseLines courseLines(const CourseContext& shown, LinesOf of, const CourseReader& reader,
                        const std::shared_ptr<const TimeCourses>& courses) {
    CourseLines lines{.courses = courses, .names = {}, .of = contextsOf(shown, of)};
    lines.names = namesOf(lines.of, of);
    if (of == LinesOf::Layers) {
        lines.emphasized = shown.layer;
        return lines;
    }
    const auto count = static_cast<Eigen::Index>(lines.of.size());
    const auto nothing =
        RowMatrix<float>::Constant(count, courses->mean.cols(), std::numeric_limits<float>::quiet_NaN());
    TimeCourses rows{nothing, nothing};
    for (std::size_t at = 0; at < lines.of.size(); ++at) {
        CourseContext& line = lines.of[at];
        const auto row = static_cast<Eigen::Index>(at);
        const auto own = line.step < 0 ? nullptr : reader.courses(checkpointOf(line)).value_or(nullptr);
        line.layer = own ? lineLayer(shown, line, *own) : -1;
        if (line.layer >= 0 && own->mean.cols() == rows.mean.cols()) {
            rows.mean.row(row) = own->mean.row(line.layer);
            rows.sem.row(row) = own->sem.row(line.layer);
        }
        if (line.step < 0)
            lines.names[static_cast<qsizetype>(at)] += QStringLiteral(" (no such checkpoint)");
        if (line.model == shown.model && line.step == shown.step && line.recording == shown.recording)
            lines.emphasized = static_cast<int>(at);
    }
    lines.courses = std::make_shared<const TimeCourses>(std::move(rows));
    return lines;
}

} // namespace brainlike
