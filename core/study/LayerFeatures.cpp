#include "core/study/LayerFeatures.h"

#include "core/study/NamedFailure.h"
#include "core/study/StudyData.h"

namespace brainlike {

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
    readRows(*m_array, m_reference, placesOf(rows.featureRows, m_array->rows()), allColumns(m_array->columns()),
             NotFinite::Refuse, values, job);
    return namingFile(m_reference, [&] { return PreparedFeatures(values, options, job, depth); });
}

} // namespace brainlike
