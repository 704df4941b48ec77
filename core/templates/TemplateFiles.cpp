#include "core/templates/TemplateFiles.h"

#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <fstream>

namespace brainlike {
namespace {

using Pair = std::array<std::filesystem::path, 2>;

/// A role and its names in nilearn's and FreeSurfer's files; empty where there is none.
struct Role {
    const char* role;
    const char* gifti;
    const char* freeSurfer;
};

constexpr std::array<Role, 8> roles{{{"white", "white", "white"},
                                     {"pial", "pial", "pial"},
                                     {"inflated", "infl", "inflated"},
                                     {"sphere", "sphere", "sphere"},
                                     {"flat", "flat", ""},
                                     {"midthickness", "midthickness", "midthickness"},
                                     {"sulc", "sulc", "sulc"},
                                     {"curv", "curv", "curv"}}};

bool areFiles(const Pair& pair) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(pair[0], ignored) && std::filesystem::is_regular_file(pair[1], ignored);
}

std::optional<Pair> filesOf(const std::filesystem::path& folder, const Role& role) {
    const std::string gifti = role.gifti;
    for (const char* extension : {".gii.gz", ".gii"})
        if (Pair pair{folder / (gifti + "_left" + extension), folder / (gifti + "_right" + extension)}; areFiles(pair))
            return pair;
    const std::string freeSurfer = role.freeSurfer;
    if (freeSurfer.empty())
        return std::nullopt;
    for (const auto& place : {folder / "surf", folder})
        if (Pair pair{place / ("lh." + freeSurfer), place / ("rh." + freeSurfer)}; areFiles(pair))
            return pair;
    return std::nullopt;
}

/// Vertices of an annotation by its first four bytes (big-endian), without reading the rest; 0 if it is shorter.
int annotatedVertices(const std::filesystem::path& file) {
    std::array<char, 4> bytes{};
    if (!std::ifstream(file, std::ios::binary).read(bytes.data(), bytes.size()))
        return 0;
    std::uint32_t count = 0;
    for (const char byte : bytes)
        count = count << 8 | static_cast<unsigned char>(byte);
    return static_cast<int>(count & 0x7FFFFFFFU);
}

bool fits(int annotated, int vertices) {
    return annotated == vertices ||
           (annotated > vertices && isIcosahedralSize(annotated) && isIcosahedralSize(vertices));
}

} // namespace

bool hasSurfaces(const Template::Files& files) {
    return std::any_of(files.begin(), files.end(),
                       [](const auto& entry) { return entry.first != "sulc" && entry.first != "curv"; });
}

Template::Files surfaceFilesIn(const std::filesystem::path& folder, const WantedSurfaces& wanted) {
    Template::Files files;
    for (const Role& role : roles)
        if (auto pair = filesOf(folder, role))
            files.emplace(role.role, std::move(*pair));
    return hasSurfaces(files) ? files : namedSurfaces(folder, wanted, 0);
}

std::optional<Pair> parcellationFilesIn(const std::filesystem::path& folder, VertexCounts counts) {
    for (const auto& place : {folder / "label", folder})
        for (const std::string name : {"HCP-MMP1.annot", "HCPMMP1.annot"}) {
            Pair pair{place / ("lh." + name), place / ("rh." + name)};
            if (areFiles(pair) && fits(annotatedVertices(pair[0]), counts.left) &&
                fits(annotatedVertices(pair[1]), counts.right))
                return pair;
        }
    return std::nullopt;
}

} // namespace brainlike
