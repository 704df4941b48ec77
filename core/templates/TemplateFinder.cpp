#include "core/templates/TemplateFinder.h"

#include "core/base/Error.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "core/templates/SurfaceNames.h"
#include "core/templates/TemplateFiles.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// How far below a collection its surfaces lie: neuromaps-data/atlases/fsLR, templateflow/tpl-fsLR.
constexpr int collectionDepth = 3;

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

VertexCounts countVertices(const Template::Files& files) {
    VertexCounts counts;
    for (const char* role : {"pial", "white", "midthickness", "inflated", "sphere", "flat"}) {
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

/// The name of the template that named surfaces belong to; else the folder's.
std::string nameOfTemplate(const Template::Files& files, const fs::path& folder, VertexCounts counts) {
    const auto file = std::ranges::find_if(files, [](const auto& entry) { return entry.first != "sulc"; });
    const auto named = surfaceNameFrom(file->second[0].filename().string());
    const auto known = counts.left == counts.right ? templateWithVertices(counts.left) : std::nullopt;
    const bool isOfFamily = named && known && !named->family.empty() && known->starts_with(named->family);
    return isOfFamily ? std::string(*known) : folder.filename().string();
}

/// @param within   folders searched with those in them
[[noreturn]] void failNotFound(std::string_view name, const std::vector<fs::path>& searched,
                               const std::vector<fs::path>& within) {
    std::string list;
    for (const fs::path& folder : searched)
        list += (list.empty() ? "" : "\n    ") + folder.string() + (isFolder(folder) ? " (no surfaces there)" : "");
    for (const fs::path& folder : within)
        list += "\n    " + folder.string() + (isFolder(folder) ? " (none of its surfaces there)" : "");
    if (const auto wanted = wantedSurfaces(name); wanted && wanted->family == "fsLR")
        throw NotFoundError(
            {.what = "The template " + std::string(name) + " was not found",
             .place = list,
             .expected = "surfaces of both hemispheres, named as by HCP (S1200.L.inflated_MSMAll.32k_fs_LR.surf.gii), "
                         "TemplateFlow or neuromaps (tpl-fsLR_den-32k_hemi-L_inflated.surf.gii)",
             .advice = "put the surfaces in one of these places (neuromaps: fetch_atlas('fsLR', '32k')), or name their "
                       "folder with --template"});
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
    m_collections = m_places;
    if (const auto subjects = variable("SUBJECTS_DIR"))
        m_places.push_back(*subjects);
    if (const auto freeSurfer = variable("FREESURFER_HOME"))
        m_places.push_back(*freeSurfer / "subjects");
    m_places.push_back(homeFolder() / "mne_data/MNE-fsaverage-data");
    const fs::path nilearn = homeFolder() / "nilearn_data";
    m_places.push_back(nilearn);
    for (const fs::path& folder : subfolders(nilearn))
        m_places.push_back(folder);
    m_collections.push_back(variable("TEMPLATEFLOW_HOME").value_or(homeFolder() / ".cache/templateflow"));
    m_collections.push_back(variable("NEUROMAPS_DATA").value_or(homeFolder() / "neuromaps-data"));
}

TemplateFinder::TemplateFinder(std::vector<fs::path> places, std::vector<fs::path> collections)
    : m_places(std::move(places)), m_collections(std::move(collections)) {}

std::optional<Template> TemplateFinder::findNamed(std::string_view name, const fs::path& beside) const {
    const auto wanted = wantedSurfaces(name);
    if (!wanted)
        return std::nullopt;
    std::vector<std::pair<fs::path, int>> folders;
    for (const fs::path& collection : m_collections)
        folders.emplace_back(collection, collectionDepth);
    if (!beside.empty())
        folders.emplace_back(beside, 0);
    for (const auto& [folder, depth] : folders) {
        Template::Files files = namedSurfaces(folder, *wanted, depth);
        if (!hasSurfaces(files))
            continue;
        const VertexCounts counts = countVertices(files);
        const fs::path root = files.begin()->second[0].parent_path();
        const std::string found = nameOfTemplate(files, root, counts);
        if (wantedSurfaces(found).value_or(WantedSurfaces{}) != *wanted)
            continue;
        addParcellation(files, root, counts, m_places);
        return Template(found, root, counts, std::move(files));
    }
    return std::nullopt;
}

Template TemplateFinder::find(std::string_view nameOrFolder, const fs::path& beside) const {
    std::vector<fs::path> candidates;
    const bool isName = !nameOrFolder.empty() && nameOrFolder.find('/') == std::string_view::npos &&
                        nameOrFolder != "." && nameOrFolder != "..";
    const std::string density = isName ? wantedSurfaces(nameOrFolder).value_or(WantedSurfaces{}).density : "";
    if (isName)
        for (const fs::path& place : m_places)
            candidates.push_back(place / nameOrFolder);
    if (isFolder(nameOrFolder) || (!isName && !nameOrFolder.empty()))
        candidates.emplace_back(nameOrFolder);
    for (const fs::path& candidate : candidates) {
        const fs::path root = rootOf(candidate);
        Template::Files files = surfaceFilesIn(root, {.density = density});
        if (!hasSurfaces(files))
            continue;
        const VertexCounts counts = countVertices(files);
        const std::string name = nameOfTemplate(files, root, counts);
        checkKnownSize(name, root, counts);
        addParcellation(files, root, counts, m_places);
        return {name, root, counts, std::move(files)};
    }
    if (isName)
        if (auto named = findNamed(nameOrFolder, beside))
            return std::move(*named);
    std::vector<fs::path> within;
    if (isName && wantedSurfaces(nameOrFolder))
        within = m_collections;
    if (!within.empty() && !beside.empty())
        within.push_back(beside);
    failNotFound(nameOrFolder, candidates, within);
}

} // namespace brainlike
