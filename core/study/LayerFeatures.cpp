#include "core/study/LayerFeatures.h"

#include "core/study/NamedFailure.h"
#include "core/study/StudyData.h"

#include <utility>

namespace brainlike {
namespace {

/// Layers share the images they are fitted to, and folds the images of all layers: none can leave one out by itself.
ValueError notFiniteFeature(ErrorDetails details) {
    details.what = "A feature is not a finite number";
    details.advice =
        "features have to be finite wherever an image has responses: compute them anew, or leave the image "
        "(line \"row\" of the study's image ids) out of every recording, by an id in its \"images\" that "
        "the study does not have; \"drop\" in the study's encoding is about responses alone";
    return ValueError(std::move(details));
}

} // namespace

DataReference featuresOf(const Study& study, const UnitGroup& group) {
    const auto& model = study.models.at(static_cast<std::size_t>(group.model));
    return featuresOf(study, model.checkpoints.at(static_cast<std::size_t>(group.checkpoint)),
                      model.layers.at(static_cast<std::size_t>(group.layer)));
}

LayerFeatures::LayerFeatures(const Study& study, const UnitGroup& group)
    : m_reference(featuresOf(study, group)), m_array(openRows(m_reference)) {
    requireImageRows(m_reference, m_array->rows(), study.imageIds.size(), "The features");
}

PreparedFeatures LayerFeatures::prepare(const JoinedRows& rows, const RidgeOptions& options, const JobContext& job,
                                        FoldDepth depth) const {
    RowMatrix<double> values(rows.size(), columns());
    try {
        readRows(*m_array, m_reference, placesOf(rows.featureRows, m_array->rows()), allColumns(m_array->columns()),
                 NotFinite::Refuse, values, job);
    } catch (const ValueError& error) {
        throw notFiniteFeature(error.details());
    }
    return namingFile(m_reference, [&] { return PreparedFeatures(std::move(values), options, job, depth); });
}

} // namespace brainlike
