#pragma once

#include "core/surface/Hemisphere.h"
#include "core/templates/Template.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// What a file's name tells in the styles of HCP (S1200.L.inflated_MSMAll.32k_fs_LR.surf.gii), TemplateFlow and
/// neuromaps (tpl-fsLR_den-32k_hemi-L_inflated.surf.gii).
struct SurfaceName {
    std::string role; ///< as in Template::Files
    Hemisphere side = Hemisphere::Left;
    std::string family;      ///< "fsLR", "fsaverage"; empty: not told
    std::string density;     ///< "32k"; empty: not told
    bool isDeformed = false; ///< brought to another space, as registered spheres are
};

/// @returns nothing for names of other files (and of surfaces that are not used, such as very inflated ones)
[[nodiscard]] std::optional<SurfaceName> surfaceNameFrom(std::string_view fileName);

/// Which surfaces are looked for; empty: any.
struct WantedSurfaces {
    std::string family, density;
    friend bool operator==(const WantedSurfaces&, const WantedSurfaces&) = default;
};

/// "fsLR", 32k of "fsLR", "fs_LR", "fsLR-32k" …; "fsaverage", 10k of "fsaverage5"; nothing for other names.
[[nodiscard]] std::optional<WantedSurfaces> wantedSurfaces(std::string_view templateName);

/// Surfaces of both hemispheres of one folder, by role: the folder itself or one below it, at most `depth` levels down,
/// that has the most of what is wanted; empty if there are none.
[[nodiscard]] Template::Files namedSurfaces(const std::filesystem::path& folder, const WantedSurfaces& wanted,
                                            int depth);

} // namespace brainlike
