#pragma once

#include "core/templates/Template.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Finds templates by name or folder in the places users have them: the set-up's folder
/// ($XDG_DATA_HOME/brainlike/templates, default ~/.local/share/…), $BRAINLIKE_TEMPLATES (first, if set),
/// $SUBJECTS_DIR, $FREESURFER_HOME/subjects, MNE's (~/mne_data/MNE-fsaverage-data) and nilearn's (~/nilearn_data)
/// folders; as GIFTI (nilearn's names) or FreeSurfer files (surf/lh.pial …).
class TemplateFinder {
public:
    /// The places named above, from the environment.
    TemplateFinder();
    explicit TemplateFinder(std::vector<std::filesystem::path> places);

    /// @param nameOrFolder  "fsaverage5", or a folder that holds the surfaces (or their surf/ folder)
    /// @throws NotFoundError with all places searched and how to get the template; FormatError if what is there is
    /// damaged
    [[nodiscard]] Template find(std::string_view nameOrFolder) const;

    [[nodiscard]] const std::vector<std::filesystem::path>& places() const { return m_places; }

    /// Where set-up puts templates: $XDG_DATA_HOME/brainlike/templates, default ~/.local/share/brainlike/templates.
    [[nodiscard]] static std::filesystem::path setUpFolder();

private:
    std::vector<std::filesystem::path> m_places;
};

} // namespace brainlike
