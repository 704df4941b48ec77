#include "core/templates/Template.h"

#include "core/base/Error.h"
#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferMap.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "core/templates/TemplateSize.h"

#include <utility>

namespace brainlike {
namespace {

constexpr std::array surfaceKinds{SurfaceKind::White,  SurfaceKind::Pial, SurfaceKind::Inflated,
                                  SurfaceKind::Sphere, SurfaceKind::Flat, SurfaceKind::Midthickness};

bool isGifti(const std::filesystem::path& file) {
    return file.string().find(".gii") != std::string::npos;
}

[[noreturn]] void failSize(const std::filesystem::path& file, const std::string& what, const std::string& expected,
                           const std::string& found) {
    throw FormatError(
        {.what = what,
         .file = file,
         .expected = expected,
         .found = found,
         .advice = "the folder mixes files of several templates, or a file is damaged: get the template again"});
}

std::vector<float> readMap(const std::filesystem::path& file) {
    return isGifti(file) ? std::move(readGiftiMaps(file).front().values) : readFreeSurferMap(file);
}

Annotation readAnnotation(const std::filesystem::path& file, int vertexCount) {
    Annotation annotation = isGifti(file) ? readGiftiLabels(file) : readFreeSurferAnnotation(file);
    const int found = static_cast<int>(annotation.labels.size());
    if (found != vertexCount && !(isIcosahedralSize(vertexCount) && isIcosahedralSize(found) && found > vertexCount))
        failSize(file, "The parcellation does not belong to the template", std::to_string(vertexCount) + " vertices",
                 std::to_string(found));
    annotation.labels.resize(static_cast<std::size_t>(vertexCount));
    return annotation;
}

} // namespace

std::string_view nameOf(SurfaceKind kind) {
    constexpr std::array<std::string_view, surfaceKinds.size()> names{"white",  "pial", "inflated",
                                                                      "sphere", "flat", "midthickness"};
    return names[static_cast<std::size_t>(kind)];
}

SurfaceKind surfaceKindFrom(std::string_view name) {
    std::string known;
    for (const SurfaceKind kind : surfaceKinds) {
        if (nameOf(kind) == name)
            return kind;
        known += (known.empty() ? "" : ", ") + std::string(nameOf(kind));
    }
    throw NotFoundError({.what = "There is no such kind of surface", .expected = known, .found = std::string(name)});
}

Template::Template(std::string name, std::filesystem::path folder, VertexCounts counts, Files files)
    : m_name(std::move(name)), m_folder(std::move(folder)), m_counts(counts), m_files(std::move(files)) {}

bool Template::has(SurfaceKind kind) const {
    return m_files.contains(std::string(nameOf(kind)));
}

std::vector<SurfaceKind> Template::surfaces() const {
    std::vector<SurfaceKind> kinds;
    for (const SurfaceKind kind : surfaceKinds)
        if (has(kind))
            kinds.push_back(kind);
    return kinds;
}

CoordinateSpace Template::space() const {
    const auto count = m_name.starts_with("fsaverage") ? knownVertexCount(m_name) : std::nullopt;
    if (count && m_counts == VertexCounts{*count, *count})
        return {.name = "MNI305", .isMni305 = true};
    return {.name = m_name};
}

std::optional<SurfaceKind> Template::anatomicalSurface() const {
    for (const SurfaceKind kind : {SurfaceKind::Pial, SurfaceKind::White, SurfaceKind::Midthickness})
        if (has(kind))
            return kind;
    return std::nullopt;
}

Mesh Template::readSurface(Hemisphere hemisphere, SurfaceKind kind) const {
    const auto found = m_files.find(std::string(nameOf(kind)));
    if (found == m_files.end()) {
        std::string known;
        for (const SurfaceKind other : surfaces())
            known += (known.empty() ? "" : ", ") + std::string(nameOf(other));
        throw NotFoundError({.what = "The template " + m_name + " has no " + std::string(nameOf(kind)) + " surface",
                             .file = m_folder,
                             .expected = known,
                             .advice = "choose one of these surfaces"});
    }
    if (m_counts.of(hemisphere) == 0)
        return {RowMatrix<float>(0, 3), RowMatrix<std::int32_t>(0, 3)};
    const auto& file = found->second[indexOf(hemisphere)];
    Mesh mesh = isGifti(file) ? readGiftiSurface(file) : readFreeSurferSurface(file);
    const int vertices = m_counts.of(hemisphere);
    if (mesh.vertexCount() != vertices)
        failSize(file, "The surface does not belong to the template", std::to_string(vertices) + " vertices",
                 std::to_string(mesh.vertexCount()));
    if (kind != SurfaceKind::Flat && mesh.faceCount() != 2 * vertices - 4)
        failSize(file, "The surface is not closed", std::to_string(2 * vertices - 4) + " faces",
                 std::to_string(mesh.faceCount()));
    return mesh;
}

std::optional<std::vector<float>> Template::readFolding(Hemisphere hemisphere) const {
    for (const char* role : {"sulc", "curv"}) {
        const auto found = m_files.find(role);
        if (found == m_files.end())
            continue;
        const auto& file = found->second[indexOf(hemisphere)];
        auto values = readMap(file);
        if (static_cast<int>(values.size()) != m_counts.of(hemisphere))
            failSize(file, "The map does not belong to the template",
                     std::to_string(m_counts.of(hemisphere)) + " vertices", std::to_string(values.size()));
        return values;
    }
    return std::nullopt;
}

std::optional<Parcellation> Template::readParcellation() const {
    const auto found = m_files.find("parcellation");
    if (found == m_files.end())
        return std::nullopt;
    Parcellation parcellation{"HCP-MMP1", {}};
    for (const Hemisphere hemisphere : hemispheres)
        parcellation.sides[indexOf(hemisphere)] =
            readAnnotation(found->second[indexOf(hemisphere)], m_counts.of(hemisphere));
    return parcellation;
}

} // namespace brainlike
