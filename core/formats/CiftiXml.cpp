#include "core/formats/CiftiXml.h"

#include "core/formats/XmlLabel.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

constexpr std::int32_t mostSurfaceVertices = 1 << 24;
constexpr std::size_t mostColumns = std::size_t(1) << 28;

std::string shortType(std::string_view type) {
    constexpr std::string_view prefix = "CIFTI_INDEX_TYPE_";
    return std::string(type.starts_with(prefix) ? type.substr(prefix.size()) : type);
}

/// Receives the elements one after the other.
class CiftiReader : public XmlReader {
public:
    explicit CiftiReader(const std::filesystem::path& file)
        : XmlReader(file, "The CIFTI file's XML is damaged or not supported") {}

    CiftiAxes parse(std::string_view xml) {
        walk(xml);
        if (!m_sawRows || !m_sawColumns)
            fail("maps along one dimension, brain models or parcels along the other", "fewer dimensions");
        if (m_axes.maps.empty() || m_axes.columns == 0)
            fail("at least one map with values", "none");
        return std::move(m_axes);
    }

private:
    [[nodiscard]] bool wantsText(std::string_view name) const override {
        return name == "MapName" || name == "Label" || name == "VertexIndices";
    }

    void startElement(std::string_view name, const XmlAttributes& attributes, std::size_t depth) override {
        if (depth == 1 && (name != "CIFTI" || !attributes["Version"].starts_with("2")))
            fail("CIFTI version 2", "<" + std::string(name) + "> version " + std::string(attributes["Version"]));
        if (name == "MatrixIndicesMap")
            startDimension(attributes);
        else if (name == "NamedMap")
            m_axes.maps.emplace_back();
        else if (name == "Label")
            startLabel(attributes);
        else if (name == "BrainModel")
            startModel(attributes);
        else if (name == "Parcel")
            startParcel(attributes);
        else if (name == "Vertices" && !m_axes.parcels.empty())
            m_axes.parcels.back().structures.emplace_back(attributes["BrainStructure"]);
    }

    void startDimension(const XmlAttributes& attributes) {
        const auto dimension = attributes["AppliesToMatrixDimension"];
        const std::string type = shortType(attributes["IndicesMapToDataType"]);
        const bool isRows = dimension == "0" && (type == "SCALARS" || type == "LABELS");
        const bool isColumns = dimension == "1" && (type == "BRAIN_MODELS" || type == "PARCELS");
        if (!isRows && !isColumns)
            fail("scalars or labels (dimension 0) of brain models or parcels (dimension 1): .dscalar.nii, "
                 ".dlabel.nii, .pscalar.nii",
                 type + " along dimension " + std::string(dimension));
        if (std::exchange(isRows ? m_sawRows : m_sawColumns, true))
            fail("each dimension once", "dimension " + std::string(dimension) + " again");
        if (isRows)
            m_axes.isLabels = type == "LABELS";
    }

    void startLabel(const XmlAttributes& attributes) {
        auto label = labelFrom(attributes);
        if (!label || m_axes.maps.empty())
            fail("a label with a key, within a map", std::string(attributes["Key"]));
        m_axes.maps.back().labels.push_back(std::move(*label));
    }

    void startModel(const XmlAttributes& attributes) {
        const auto offset = numberFrom<std::size_t>(attributes["IndexOffset"]);
        const auto count = numberFrom<std::size_t>(attributes["IndexCount"]);
        if (!offset || !count || *offset != m_axes.columns || *count > mostColumns - *offset)
            fail("brain models one after the other, with IndexOffset " + std::to_string(m_axes.columns) +
                     " and an IndexCount",
                 "IndexOffset " + std::string(attributes["IndexOffset"]) + ", IndexCount " +
                     std::string(attributes["IndexCount"]));
        m_axes.columns += *count;
        m_inSurface = attributes["ModelType"] == "CIFTI_MODEL_TYPE_SURFACE";
        if (!m_inSurface)
            return;
        const auto vertices = numberFrom<std::int32_t>(attributes["SurfaceNumberOfVertices"]);
        if (!vertices || *vertices < 1 || *vertices > mostSurfaceVertices)
            fail("a SurfaceNumberOfVertices from 1 to 16,777,216", std::string(attributes["SurfaceNumberOfVertices"]));
        m_indexCount = *count;
        m_axes.surfaces.push_back({std::string(attributes["BrainStructure"]), *vertices, *offset, {}});
    }

    void startParcel(const XmlAttributes& attributes) {
        m_axes.parcels.push_back({std::string(attributes["Name"]), {}});
        ++m_axes.columns;
    }

    void endElement(std::string_view name, std::string text) override {
        if (name == "MapName" && !m_axes.maps.empty())
            m_axes.maps.back().name = trimmed(text);
        else if (name == "Label" && !m_axes.maps.empty() && !m_axes.maps.back().labels.empty())
            m_axes.maps.back().labels.back().name = trimmed(text);
        else if (name == "VertexIndices" && m_inSurface)
            endVertices(text);
        else if (name == "BrainModel" && std::exchange(m_inSurface, false))
            endSurface();
    }

    void endVertices(std::string_view text) {
        CiftiSurface& surface = m_axes.surfaces.back();
        constexpr std::string_view blanks = " \t\r\n";
        for (auto start = text.find_first_not_of(blanks); start != std::string_view::npos;
             start = text.find_first_not_of(blanks)) {
            text.remove_prefix(start);
            const auto word = text.substr(0, text.find_first_of(blanks));
            text.remove_prefix(word.size());
            const auto vertex = numberFrom<std::int32_t>(word);
            if (!vertex || *vertex < 0 || *vertex >= surface.vertexCount)
                fail("vertices below " + std::to_string(surface.vertexCount), std::string(word));
            surface.vertices.push_back(*vertex);
        }
    }

    void endSurface() {
        if (m_axes.surfaces.back().vertices.size() != m_indexCount)
            fail(std::to_string(m_indexCount) + " vertices in " + m_axes.surfaces.back().structure,
                 std::to_string(m_axes.surfaces.back().vertices.size()));
    }

    CiftiAxes m_axes;
    std::size_t m_indexCount = 0; ///< of the surface that is being read
    bool m_sawRows = false, m_sawColumns = false, m_inSurface = false;
};

} // namespace

CiftiAxes parseCiftiXml(std::string_view xml, const std::filesystem::path& file) {
    return CiftiReader(file).parse(xml);
}

} // namespace brainlike
