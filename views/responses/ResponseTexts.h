#pragma once

#include "views/responses/ResponseTarget.h"

#include <QString>
#include <QStringList>

namespace brainlike {

/// What a panel of responses says, in words.

/// Parts of the title: target, model, layer, step, subject, images and folds, λ.
/// @param vertex    that is picked; of a sensor not used
/// @param subjects  whose mean the other panels show; 1: they show this one
[[nodiscard]] QStringList responseTitle(const ShownTarget& shown, const ScoredModel& model, TargetKind kind,
                                        std::optional<VertexId> vertex, int subjects);
/// "R 0.412, folds 0.38 to 0.45"; what an area's means; that the scores say something else.
[[nodiscard]] QString responseSummary(const ShownTarget& shown);
/// "image00012: 1.2, predicted 0.8 (fold 3)".
[[nodiscard]] QString imageText(const TargetPrediction& prediction, int image);
/// "Mean |error| (SD) of 12 images, brush 3 · layer07 · step 1,000 · subject01": the errors are in standard deviations
/// of each vertex's responses.
/// @param number  that no other map has
[[nodiscard]] QString errorMapText(const ShownTarget& shown, ErrorKind kind, int images, int number);

/// What A − B of two targets is: "r A − r B 0.021 · B further off in 22 of 40 images". Errors are in standard
/// deviations of each one's responses, of images that both have.
[[nodiscard]] QString responseDifference(const ShownTarget& a, const ShownTarget& b);

} // namespace brainlike
