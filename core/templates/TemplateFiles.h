#pragma once

#include "core/templates/SurfaceNames.h"
#include "core/templates/Template.h"

#include <array>
#include <filesystem>
#include <optional>

namespace brainlike {

/// Any of the files is a surface.
[[nodiscard]] bool hasSurfaces(const Template::Files& files);

/// The surfaces and folding maps of a folder, by role: nilearn's GIFTI names (pial_left.gii.gz, …), FreeSurfer's
/// (lh.pial, … in the folder or its surf/), else those of HCP, TemplateFlow and neuromaps (`namedSurfaces`). A role
/// counts only with both hemispheres.
/// @param wanted  of the last ones
[[nodiscard]] Template::Files surfaceFilesIn(const std::filesystem::path& folder, const WantedSurfaces& wanted = {});

/// The HCP-MMP1 annotations ({lh,rh}.HCP-MMP1.annot or .HCPMMP1.annot) in a folder or its label/, if they fit: the same
/// number of vertices, or more of the same icosahedral family.
[[nodiscard]] std::optional<std::array<std::filesystem::path, 2>>
parcellationFilesIn(const std::filesystem::path& folder, VertexCounts counts);

} // namespace brainlike
