#include "core/formats/GiftiParser.h"

#include "core/formats/GiftiData.h"
#include "core/formats/XmlLabel.h"

#include <optional>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t longestAxis = std::size_t(1) << 31;

std::optional<ElementType> typeFrom(std::string_view name) {
    constexpr std::string_view prefix = "NIFTI_TYPE_";
    if (!name.starts_with(prefix))
        return std::nullopt;
    std::string lower;
    for (const char character : name.substr(prefix.size()))
        lower += character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
    for (int index = static_cast<int>(ElementType::Float32); index < static_cast<int>(ElementType::Bool); ++index)
        if (nameOf(static_cast<ElementType>(index)) == lower)
            return static_cast<ElementType>(index);
    return std::nullopt;
}

/// Receives the elements one after the other.
class GiftiReader : public XmlReader {
public:
    explicit GiftiReader(const std::filesystem::path& file)
        : XmlReader(file, "The GIFTI file is damaged or not supported"), m_file(file) {}

    GiftiImage parse(std::string_view xml) {
        walk(xml);
        if (!m_sawRoot)
            fail("a GIFTI file", "other XML");
        if (m_announced && *m_announced != m_image.arrays.size())
            fail(std::to_string(*m_announced) + " arrays, as announced", std::to_string(m_image.arrays.size()));
        return std::move(m_image);
    }

private:
    [[nodiscard]] std::string place() const override {
        const std::string text = XmlReader::place();
        return m_inArray ? text + ", array " + std::to_string(m_image.arrays.size()) : text;
    }

    [[nodiscard]] bool wantsText(std::string_view name) const override {
        return name == "Data" || name == "Name" || name == "Value" || name == "Label";
    }

    void startElement(std::string_view name, const XmlAttributes& attributes, std::size_t depth) override {
        if (depth == 1 && name != "GIFTI")
            fail("a GIFTI file", "<" + std::string(name) + ">");
        if (depth == 1) {
            m_sawRoot = true;
            m_announced = numberFrom<std::size_t>(attributes["NumberOfDataArrays"]);
        } else if (name == "DataArray")
            startArray(attributes);
        else if (name == "Label")
            startLabel(attributes);
    }

    void startLabel(const XmlAttributes& attributes) {
        auto label = labelFrom(attributes);
        if (!label)
            fail("a label with a key", std::string(attributes["Key"]));
        m_image.labels.push_back(std::move(*label));
    }

    void startArray(const XmlAttributes& attributes) {
        if (m_inArray)
            fail("one array after the other", "an array within an array");
        m_inArray = true;
        m_hasData = false;
        m_array = {};
        m_array.intent = attributes["Intent"];
        const auto type = typeFrom(attributes["DataType"]);
        if (!type)
            fail("numbers: NIFTI_TYPE_FLOAT32, NIFTI_TYPE_INT32, …", std::string(attributes["DataType"]));
        m_array.info = {*type, shapeFrom(attributes)};
        m_array.isFortranOrder = attributes["ArrayIndexingOrder"] == "ColumnMajorOrder";
        readEncoding(attributes);
    }

    void readEncoding(const XmlAttributes& attributes) {
        const auto encoding = attributes["Encoding"];
        if (encoding == "ASCII")
            m_encoding = GiftiEncoding::Text;
        else if (encoding == "Base64Binary")
            m_encoding = GiftiEncoding::Base64;
        else if (encoding == "GZipBase64Binary")
            m_encoding = GiftiEncoding::PackedBase64;
        else
            fail("data within the file (ASCII, Base64Binary, GZipBase64Binary)", std::string(encoding));
        const auto endian = attributes["Endian"];
        if (m_encoding != GiftiEncoding::Text && endian != "LittleEndian" && endian != "BigEndian")
            fail("LittleEndian or BigEndian", std::string(endian));
        m_array.isBigEndian = m_encoding != GiftiEncoding::Text && endian == "BigEndian";
    }

    Shape shapeFrom(const XmlAttributes& attributes) {
        const auto rank = numberFrom<std::size_t>(attributes["Dimensionality"]);
        if (!rank || *rank < 1 || *rank > 6)
            fail("1 to 6 dimensions", std::string(attributes["Dimensionality"]));
        Shape shape;
        std::size_t count = 1;
        for (std::size_t axis = 0; axis < *rank; ++axis) {
            const auto text = attributes["Dim" + std::to_string(axis)];
            const auto length = numberFrom<std::size_t>(text);
            if (!length || *length >= longestAxis || count * *length >= longestAxis)
                fail("dimensions of fewer than 2^31 values together", std::string(text));
            count *= *length;
            shape.push_back(*length);
        }
        return shape;
    }

    void endElement(std::string_view name, std::string text) override {
        if (name == "Name")
            m_metadataName = trimmed(text);
        else if (name == "Value")
            endValue(text);
        else if (name == "Label" && !m_image.labels.empty())
            m_image.labels.back().name = trimmed(text);
        else if (name == "Data" && m_inArray)
            endData(text);
        else if (name == "DataArray")
            endArray();
    }

    void endValue(std::string_view text) {
        if (m_metadataName == "AnatomicalStructurePrimary" && m_image.structure.empty())
            m_image.structure = trimmed(text);
        else if (m_metadataName == "Name" && m_inArray)
            m_array.name = trimmed(text);
    }

    void endData(std::string_view text) {
        if (std::exchange(m_hasData, true))
            fail("one Data element an array", "a second one");
        m_array.bytes = decodeGiftiData(text, m_array.info, m_encoding, m_file, place());
    }

    void endArray() {
        if (!m_hasData)
            fail("an array with data", "none");
        m_inArray = false;
        m_image.arrays.push_back(std::move(m_array));
    }

    const std::filesystem::path& m_file;
    GiftiImage m_image;
    GiftiArray m_array;
    GiftiEncoding m_encoding = GiftiEncoding::Text;
    std::optional<std::size_t> m_announced;
    std::string m_metadataName;
    bool m_sawRoot = false, m_inArray = false, m_hasData = false;
};

} // namespace

GiftiImage parseGifti(std::string_view xml, const std::filesystem::path& file) {
    return GiftiReader(file).parse(xml);
}

} // namespace brainlike
