#include "core/formats/GiftiParser.h"

#include "core/base/Error.h"
#include "core/formats/GiftiData.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <expat.h>
#include <memory>
#include <optional>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t deepestNesting = 32;
constexpr std::size_t longestAxis = std::size_t(1) << 31;

class Attributes {
public:
    explicit Attributes(const XML_Char** pairs) : m_pairs(pairs) {}
    [[nodiscard]] std::string_view operator[](std::string_view name) const {
        for (const XML_Char** pair = m_pairs; pair[0] != nullptr; pair += 2)
            if (name == pair[0])
                return pair[1];
        return {};
    }

private:
    const XML_Char** m_pairs;
};

template <typename Number>
std::optional<Number> numberFrom(std::string_view text) {
    Number value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = result.ec == std::errc() && result.ptr == text.data() + text.size();
    return isWhole ? std::optional(value) : std::nullopt;
}

std::uint8_t channelFrom(std::string_view text, float absent) {
    const float value = numberFrom<float>(text).value_or(absent);
    return static_cast<std::uint8_t>(std::lround(std::clamp(std::isfinite(value) ? value : absent, 0.0F, 1.0F) * 255));
}

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

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// Receives the elements one after the other. Exceptions must not cross expat: they are kept until it has returned.
class Parser {
public:
    explicit Parser(const std::filesystem::path& file) : m_file(file), m_parser(XML_ParserCreate(nullptr)) {
        XML_SetUserData(m_parser.get(), this);
        XML_SetElementHandler(m_parser.get(), onStart, onEnd);
        XML_SetCharacterDataHandler(m_parser.get(), onText);
        XML_SetEntityDeclHandler(m_parser.get(), onEntity);
    }

    GiftiImage parse(std::string_view xml) {
        constexpr std::size_t step = std::size_t(1) << 20;
        XML_Status status = XML_STATUS_OK;
        for (std::size_t start = 0; status == XML_STATUS_OK; start += step) {
            const auto part = xml.substr(std::min(start, xml.size()), step);
            const bool isLast = start + step >= xml.size();
            status = XML_Parse(m_parser.get(), part.data(), static_cast<int>(part.size()), isLast ? 1 : 0);
            if (isLast)
                break;
        }
        if (m_failure)
            std::rethrow_exception(m_failure);
        if (status != XML_STATUS_OK)
            fail("well-formed XML", XML_ErrorString(XML_GetErrorCode(m_parser.get())));
        if (!m_sawRoot)
            fail("a GIFTI file", "other XML");
        if (m_announced && *m_announced != m_image.arrays.size())
            fail(std::to_string(*m_announced) + " arrays, as announced", std::to_string(m_image.arrays.size()));
        return std::move(m_image);
    }

private:
    using Free = decltype([](XML_Parser parser) { XML_ParserFree(parser); });

    [[nodiscard]] std::string place() const {
        std::string text = "line " + std::to_string(XML_GetCurrentLineNumber(m_parser.get()));
        return m_inArray ? text + ", array " + std::to_string(m_image.arrays.size()) : text;
    }

    [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
        throw FormatError({.what = "The GIFTI file is damaged or not supported",
                           .file = m_file,
                           .place = place(),
                           .expected = expected,
                           .found = found,
                           .advice = "get or make the file again"});
    }

    template <typename Action>
    void guarded(const Action& action) {
        if (m_failure)
            return;
        try {
            action();
        } catch (...) {
            m_failure = std::current_exception();
            XML_StopParser(m_parser.get(), XML_FALSE);
        }
    }

    static Parser& self(void* data) { return *static_cast<Parser*>(data); }
    static void onStart(void* data, const XML_Char* name, const XML_Char** pairs) {
        self(data).guarded([&] { self(data).start(name, Attributes(pairs)); });
    }
    static void onEnd(void* data, const XML_Char* name) {
        self(data).guarded([&] { self(data).end(name); });
    }
    static void onText(void* data, const XML_Char* text, int length) {
        self(data).guarded([&] {
            if (self(data).m_keepsText)
                self(data).m_text.append(text, static_cast<std::size_t>(length));
        });
    }
    static void onEntity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                         const XML_Char*, const XML_Char*) {
        self(data).guarded([&] { self(data).fail("XML without entities of its own", "a declaration of one"); });
    }

    void start(std::string_view name, const Attributes& attributes) {
        if (++m_depth > deepestNesting)
            fail("at most 32 nested elements", "more");
        if (m_depth == 1 && name != "GIFTI")
            fail("a GIFTI file", "<" + std::string(name) + ">");
        m_text.clear();
        m_keepsText = name == "Data" || name == "Name" || name == "Value" || name == "Label";
        if (m_depth == 1) {
            m_sawRoot = true;
            m_announced = numberFrom<std::size_t>(attributes["NumberOfDataArrays"]);
        } else if (name == "DataArray")
            startArray(attributes);
        else if (name == "Label")
            startLabel(attributes);
    }

    void startLabel(const Attributes& attributes) {
        const auto key = numberFrom<std::int32_t>(attributes[attributes["Key"].empty() ? "Index" : "Key"]);
        if (!key)
            fail("a label with a key", std::string(attributes["Key"]));
        GiftiLabel label;
        label.key = *key;
        label.color = {channelFrom(attributes["Red"], 0), channelFrom(attributes["Green"], 0),
                       channelFrom(attributes["Blue"], 0), channelFrom(attributes["Alpha"], 1)};
        m_image.labels.push_back(label);
    }

    void startArray(const Attributes& attributes) {
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

    void readEncoding(const Attributes& attributes) {
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

    Shape shapeFrom(const Attributes& attributes) {
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

    void end(std::string_view name) {
        --m_depth;
        m_keepsText = false;
        if (name == "Name")
            m_metadataName = trimmed(m_text);
        else if (name == "Value" && m_inArray && m_metadataName == "Name")
            m_array.name = trimmed(m_text);
        else if (name == "Label" && !m_image.labels.empty())
            m_image.labels.back().name = trimmed(m_text);
        else if (name == "Data" && m_inArray)
            endData();
        else if (name == "DataArray")
            endArray();
    }

    void endData() {
        if (std::exchange(m_hasData, true))
            fail("one Data element an array", "a second one");
        m_array.bytes = decodeGiftiData(m_text, m_array.info, m_encoding, m_file, place());
        m_text = {};
    }

    void endArray() {
        if (!m_hasData)
            fail("an array with data", "none");
        m_inArray = false;
        m_image.arrays.push_back(std::move(m_array));
    }

    const std::filesystem::path& m_file;
    std::unique_ptr<XML_ParserStruct, Free> m_parser;
    std::exception_ptr m_failure;
    GiftiImage m_image;
    GiftiArray m_array;
    GiftiEncoding m_encoding = GiftiEncoding::Text;
    std::optional<std::size_t> m_announced;
    std::string m_text, m_metadataName;
    std::size_t m_depth = 0;
    bool m_sawRoot = false, m_keepsText = false, m_inArray = false, m_hasData = false;
};

} // namespace

GiftiImage parseGifti(std::string_view xml, const std::filesystem::path& file) {
    return Parser(file).parse(xml);
}

} // namespace brainlike
