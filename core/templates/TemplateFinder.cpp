#include "core/templates/TemplateFinder.h"

#include "core/base/Error.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "core/templates/TemplateFiles.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<fs::path>(value);
}

fs::path homeFolder() {
    if (const auto home = variable("HOME"))
        return *home;
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr && user->pw_dir != nullptr ? fs::path(user->pw_dir) : fs::path("/");
}

std::vector<fs::path> subfolders(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && entry != end; entry.increment(error))
        if (std::error_code ignored; entry->is_directory(ignored))
            found.push_back(entry->path());
    std::sort(found.begin(), found.end());
    return found;
}

bool isFolder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

/// The template's own folder for one that the user may have named by its surf/ folder or with a slash at its end.
fs::path rootOf(const fs::path& named) {
    fs::path folder = fs::absolute(named).lexically_normal();
    if (!folder.has_filename())
        folder = folder.parent_path();
    return folder.filename() == "surf" ? folder.parent_path() : folder;
}

bool hasSurfaces(const Template::Files& files) {
    return std::any_of(files.begin(), files.end(),
                       [](const auto& entry) { return entry.first != "sulc" && entry.first != "curv"; });
}

VertexCounts countVertices(const Template::Files& files) {
    VertexCounts counts;
    for (const char* role : {"pial", "white", "inflated", "sphere", "flat"}) {
        const auto found = files.find(role);
        if (found == files.end())
            continue;
        const auto count = [](const fs::path& file) {
            return (file.string().find(".gii") != std::string::npos ? readGiftiSurface(file)
                                                                    : readFreeSurferSurface(file))
                .vertexCount();
        };
        counts = {count(found->second[0]), count(found->second[1])};
        break;
    }
    return counts;
}

void checkKnownSize(const std::string& name, const fs::path& folder, VertexCounts counts) {
    const auto known = knownVertexCount(name);
    if (known && counts != VertexCounts{*known, *known})
        throw FormatError({.what = "The folder does not hold the template it is named after",
                           .file = folder,
                           .expected = name + ", " + std::to_string(*known) + " vertices a hemisphere",
                           .found = std::to_string(counts.left) + " and " + std::to_string(counts.right),
                           .advice = "rename the folder, or get the template again"});
}

/// The parcellation of the template's own folder; for fsaverage and its coarser versions also that of one beside it or
/// in the places searched, because they share their vertices.
void addParcellation(Template::Files& files, const fs::path& root, VertexCounts counts,
                     const std::vector<fs::path>& places) {
    std::vector<fs::path> folders{root};
    if (isIcosahedralSize(counts.left) && isIcosahedralSize(counts.right)) {
        std::vector<fs::path> parents{root.parent_path()};
        parents.insert(parents.end(), places.begin(), places.end());
        for (const fs::path& parent : parents)
            for (const char* name : {"fsaverage", "fsaverage5", "fsaverage6"})
                folders.push_back(parent / name);
    }
    for (const fs::path& folder : folders)
        if (auto pair = parcellationFilesIn(folder, counts)) {
            files.emplace("parcellation", std::move(*pair));
            return;
        }
}

[[noreturn]] void failNotFound(std::string_view name, const std::vector<fs::path>& searched) {
    std::string list;
    for (const fs::path& folder : searched)
        list += (list.empty() ? "" : "\n    ") + folder.string() + (isFolder(folder) ? " (no surfaces there)" : "");
    throw NotFoundError({.what = "The template " + std::string(name) + " was not found",
                         .place = list,
                         .expected = "surfaces of both hemispheres, as GIFTI (pial_left.gii.gz) or FreeSurfer files "
                                     "(surf/lh.pial)",
                         .advice = "run ./run build once, which fetches fsaverage5; for the full fsaverage install "
                                   "FreeSurfer or name a folder with --template"});
}

} // namespace

fs::path TemplateFinder::setUpFolder() {
    const auto data = variable("XDG_DATA_HOME");
    const fs::path base = data && data->is_absolute() ? *data : homeFolder() / ".local/share";
    return base / "brainlike/templates";
}

TemplateFinder::TemplateFinder() {
    if (const auto named = variable("BRAINLIKE_TEMPLATES"))
        m_places.push_back(*named);
    m_places.push_back(setUpFolder());
    if (const auto subjects = variable("SUBJECTS_DIR"))
        m_places.push_back(*subjects);
    if (const auto freeSurfer = variable("FREESURFER_HOME"))
        m_places.push_back(*freeSurfer / "subjects");
    m_places.push_back(homeFolder() / "mne_data/MNE-fsaverage-data");
    const fs::path nilearn = homeFolder() / "nilearn_data";
    m_places.push_back(nilearn);
    for (const fs::path& folder : subfolders(nilearn))
        m_places.push_back(folder);
}

TemplateFinder::TemplateFinder(std::vector<fs::path> places) : m_places(std::move(places)) {}

Template TemplateFinder::find(std::string_view nameOrFolder) const {
    std::vector<fs::path> candidates;
    const bool isName = !nameOrFolder.empty() && nameOrFolder.find('/') == std::string_view::npos &&
                        nameOrFolder != "." && nameOrFolder != "..";
    if (isName)
        for (const fs::path& place : m_places)
            candidates.push_back(place / nameOrFolder);
    if (isFolder(nameOrFolder) || (!isName && !nameOrFolder.empty()))
        candidates.emplace_back(nameOrFolder);
    for (const fs::path& candidate : candidates) {
        const fs::path root = rootOf(candidate);
        Template::Files files = surfaceFilesIn(root);
        if (!hasSurfaces(files))
            continue;
        const VertexCounts counts = countVertices(files);
        const std::string name = root.filename().string();
        checkKnownSize(name, root, counts);
        addParcellation(files, root, counts, m_places);
        return {name, root, counts, std::move(files)};
    }
    failNotFound(nameOrFolder, candidates);
}

} // namespace brainlike
