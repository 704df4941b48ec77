#pragma once

#include "core/surface/Geometry.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

enum class SurfaceKind { White, Pial, Inflated, Sphere, Flat, Midthickness };

/// "white", "pial", "inflated", "sphere", "flat", "midthickness".
[[nodiscard]] std::string_view nameOf(SurfaceKind kind);
/// @throws NotFoundError naming the known kinds
[[nodiscard]] SurfaceKind surfaceKindFrom(std::string_view name);

/// A cortical template on disk, found and checked by TemplateFinder. Holds paths, not meshes: reading is explicit, so
/// that callers decide on which thread it happens.
class Template {
public:
    /// Files by role ("pial", "sulc", …), one an hemisphere.
    using Files = std::map<std::string, std::array<std::filesystem::path, 2>>;

    Template(std::string name, std::filesystem::path folder, VertexCounts counts, Files files);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] VertexCounts vertexCounts() const { return m_counts; }
    /// MNI305 for fsaverage and its coarser versions, told by name and size; else the template's own.
    [[nodiscard]] CoordinateSpace space() const;
    [[nodiscard]] bool has(SurfaceKind kind) const;
    [[nodiscard]] std::vector<SurfaceKind> surfaces() const;
    /// Where vertices lie in the head: on the pial surface, else the white one, else midway; nothing without these.
    [[nodiscard]] std::optional<SurfaceKind> anatomicalSurface() const;

    /// Reads a surface; no points of a hemisphere without vertices. A flat surface's faces leave out the cuts.
    /// @throws NotFoundError if the template has none, FormatError if the file is damaged or its size does not fit
    [[nodiscard]] Mesh readSurface(Hemisphere hemisphere, SurfaceKind kind) const;
    /// Sulcal depth, else curvature (positive = sulcus), a value a vertex; nothing if the template has neither.
    [[nodiscard]] std::optional<std::vector<float>> readFolding(Hemisphere hemisphere) const;
    /// The HCP-MMP1 parcellation found with the template (with labels of a denser fsaverage cut to the first vertices);
    /// nothing if there is none.
    [[nodiscard]] std::optional<Parcellation> readParcellation() const;

private:
    std::string m_name;
    std::filesystem::path m_folder;
    VertexCounts m_counts;
    Files m_files;
};

} // namespace brainlike
