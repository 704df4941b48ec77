#pragma once

#include "core/templates/Template.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Finds templates by name or folder in the places users have them: the set-up's folder
/// ($XDG_DATA_HOME/brainlike/templates, default ~/.local/share/…), $BRAINLIKE_TEMPLATES (first, if set),
/// $SUBJECTS_DIR, $FREESURFER_HOME/subjects, MNE's (~/mne_data/MNE-fsaverage-data) and nilearn's (~/nilearn_data)
/// folders; as GIFTI (nilearn's names) or FreeSurfer files (surf/lh.pial …). fsLR and fsaverage also under the names of
/// HCP, TemplateFlow and neuromaps, anywhere within the first two places, TemplateFlow's ($TEMPLATEFLOW_HOME, default
/// ~/.cache/templateflow) and neuromaps' ($NEUROMAPS_DATA, default ~/neuromaps-data).
class TemplateFinder {
public:
    /// The places named above, from the environment.
    TemplateFinder();
    /// @param collections  folders searched with those in them
    explicit TemplateFinder(std::vector<std::filesystem::path> places,
                            std::vector<std::filesystem::path> collections = {});

    /// @param nameOrFolder  "fsaverage5", or a folder that holds the surfaces (or their surf/ folder)
    /// @param beside        a folder that is looked into last, with none in it; empty: none
    /// @throws NotFoundError with all places searched and how to get the template; FormatError if what is there is
    /// damaged
    [[nodiscard]] Template find(std::string_view nameOrFolder, const std::filesystem::path& beside = {}) const;

    [[nodiscard]] const std::vector<std::filesystem::path>& places() const { return m_places; }
    [[nodiscard]] const std::vector<std::filesystem::path>& collections() const { return m_collections; }

    /// Where set-up puts templates: $XDG_DATA_HOME/brainlike/templates, default ~/.local/share/brainlike/templates.
    [[nodiscard]] static std::filesystem::path setUpFolder();

private:
    [[nodiscard]] std::optional<Template> findNamed(std::string_view name, const std::filesystem::path& beside) const;

    std::vector<std::filesystem::path> m_places, m_collections;
};

} // namespace brainlike
