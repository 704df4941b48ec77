#include "core/formats/NpyHeader.h"

#include "core/base/Error.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>

namespace brainlike {
namespace {

constexpr std::string_view magic("\x93NUMPY", 6);
constexpr std::size_t longestHeader = 1 << 20;
constexpr std::size_t highestRank = 32; // NumPy's own limit

/// Reads the Python dictionary of the header: descr, fortran_order, shape, in any order.
class HeaderParser {
public:
    HeaderParser(const std::filesystem::path& file, std::string_view text, std::size_t offset)
        : m_file(file), m_text(text), m_offset(offset) {}

    NpyHeader parse() {
        expect('{');
        while (!accept('}')) {
            readEntry();
            if (!accept(',') && peek() != '}')
                fail("a comma or }");
        }
        if (m_text.find_first_not_of(" \n", m_position) != std::string_view::npos)
            fail("nothing but blanks after }");
        if (!m_hasType || !m_hasOrder || !m_hasShape)
            fail("descr, fortran_order and shape");
        return m_header;
    }

private:
    [[noreturn]] void fail(const std::string& expected) const {
        throw FormatError({.what = "The header of the NPY file is damaged",
                           .file = m_file,
                           .place = "byte " + std::to_string(m_offset + m_position),
                           .expected = expected,
                           .found = std::string(m_text.substr(m_position, 20)),
                           .advice = "write the array again with numpy.save"});
    }

    char peek() {
        while (m_position < m_text.size() && (m_text[m_position] == ' ' || m_text[m_position] == '\n'))
            ++m_position;
        return m_position < m_text.size() ? m_text[m_position] : '\0';
    }

    bool accept(char wanted) {
        if (peek() != wanted)
            return false;
        ++m_position;
        return true;
    }

    void expect(char wanted) {
        if (!accept(wanted))
            fail(std::string(1, wanted));
    }

    std::string_view quoted() {
        const char quote = peek();
        const auto end = m_text.find(quote, m_position + 1);
        if ((quote != '\'' && quote != '"') || end == std::string_view::npos)
            fail("a quoted word");
        const auto word = m_text.substr(m_position + 1, end - m_position - 1);
        m_position = end + 1;
        return word;
    }

    bool truthValue() {
        (void)peek();
        for (const bool value : {true, false}) {
            const std::string_view word = value ? "True" : "False";
            if (m_text.substr(m_position, word.size()) == word) {
                m_position += word.size();
                return value;
            }
        }
        fail("True or False");
    }

    Shape shape() {
        Shape lengths;
        expect('(');
        while (!accept(')')) {
            (void)peek();
            std::size_t length = 0;
            const char* begin = m_text.data() + m_position;
            const auto result = std::from_chars(begin, m_text.data() + m_text.size(), length);
            if (result.ec != std::errc() || lengths.size() == highestRank)
                fail("at most 32 lengths below 2^64");
            m_position += static_cast<std::size_t>(result.ptr - begin);
            accept('L'); // Python 2
            lengths.push_back(length);
            if (!accept(',') && peek() != ')')
                fail("a comma or )");
        }
        return lengths;
    }

    void readEntry() {
        const auto key = quoted();
        expect(':');
        if (key == "descr")
            readType();
        else if (key == "fortran_order") {
            m_header.isFortranOrder = truthValue();
            m_hasOrder = true;
        } else if (key == "shape") {
            m_header.info.shape = shape();
            m_hasShape = true;
        } else
            fail("descr, fortran_order or shape");
    }

    void readType();

    const std::filesystem::path& m_file;
    std::string_view m_text;
    std::size_t m_offset;
    std::size_t m_position = 0;
    NpyHeader m_header;
    bool m_hasType = false, m_hasOrder = false, m_hasShape = false;
};

std::optional<ElementType> numberType(char kind, std::size_t size) {
    for (int index = 0; index <= static_cast<int>(ElementType::Bool); ++index) {
        const auto type = static_cast<ElementType>(index);
        const auto name = nameOf(type);
        const char itsKind = name.front() == 'b' ? 'b' : name.front(); // float → f, int → i, uint → u
        if (itsKind == kind && sizeOf(type) == size)
            return type;
    }
    return std::nullopt;
}

void HeaderParser::readType() {
    if (peek() == '[')
        throw FormatError({.what = "The NPY file holds records, not a plain array",
                           .file = m_file,
                           .expected = "numbers or texts",
                           .advice = "save one field of the array: numpy.save(name, array['field'])"});
    std::string_view word = quoted();
    const std::string whole(word);
    if (!word.empty() && std::string_view("<>|=").find(word.front()) != std::string_view::npos) {
        m_header.isBigEndian = word.front() == '>';
        word.remove_prefix(1);
    }
    const char kind = word.empty() ? '\0' : word.front();
    std::size_t size = 0;
    const char* end = word.data() + word.size();
    const bool isWhole = !word.empty() && std::from_chars(word.data() + 1, end, size).ptr == end;
    const auto type = isWhole ? numberType(kind, size) : std::nullopt;
    const bool isText = isWhole && (kind == 'U' || kind == 'S') && size <= longestHeader;
    if (!type && !isText)
        throw FormatError({.what = "The NPY file holds values of a type that is not supported",
                           .file = m_file,
                           .expected = "float16, float32, float64, integers, truth values or texts",
                           .found = "descr " + whole,
                           .advice = "save the array as float32: numpy.save(name, array.astype('float32'))"});
    m_header.isUnicode = kind == 'U';
    m_header.itemSize = m_header.isUnicode ? size * 4 : size;
    m_header.info.type = type.value_or(ElementType::String);
    m_hasType = true;
}

[[noreturn]] void failTruncated(const std::filesystem::path& path, std::size_t needed, std::size_t length) {
    throw FormatError({.what = "The NPY file is truncated",
                       .file = path,
                       .place = "byte " + std::to_string(length),
                       .expected = "at least " + std::to_string(needed) + " bytes",
                       .found = std::to_string(length) + " bytes",
                       .advice = "copy the file again"});
}

/// Sets the number of values, and checks it against the bytes there are, before anybody allocates.
void checkLength(NpyHeader& header, const std::filesystem::path& path, std::size_t fileLength) {
    const std::size_t dataLength = fileLength - header.dataOffset;
    const std::size_t limit = header.itemSize == 0 ? dataLength : dataLength / header.itemSize;
    std::size_t count = 1;
    bool fits = true;
    for (const std::size_t length : header.info.shape)
        count = length == 0 ? 0 : count;
    for (const std::size_t length : header.info.shape) {
        fits = fits && (count == 0 || count <= limit / length);
        count *= fits ? length : 1;
    }
    if (!fits || count * header.itemSize != dataLength)
        throw FormatError({.what = "The NPY file is not as long as its header says",
                           .file = path,
                           .place = "byte " + std::to_string(fileLength),
                           .expected = describe(header.info) + " of " + std::to_string(header.itemSize) + " bytes each",
                           .found = std::to_string(dataLength) + " bytes of values",
                           .advice = "the file was cut or is still being written: copy or write it again"});
    header.itemCount = count;
}

std::size_t littleEndian(std::string_view bytes) {
    std::size_t value = 0;
    for (std::size_t index = bytes.size(); index > 0; --index)
        value = value << 8 | static_cast<unsigned char>(bytes[index - 1]);
    return value;
}

std::string readBytes(std::ifstream& stream, std::size_t count, const std::filesystem::path& path, std::size_t length) {
    const auto position = static_cast<std::size_t>(stream.tellg());
    if (count > length - position)
        failTruncated(path, position + count, length);
    std::string bytes(count, '\0');
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(count)))
        throw FileError({.what = "The file cannot be read", .file = path});
    return bytes;
}

} // namespace

NpyHeader readNpyHeader(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw NotFoundError({.what = "There is no such file", .file = path, .advice = "check the name"});
    std::ifstream stream(path, std::ios::binary);
    const auto length = std::filesystem::file_size(path, ignored);
    if (!stream || !std::filesystem::is_regular_file(path, ignored))
        throw FileError({.what = "The file cannot be opened", .file = path, .advice = "check that you may read it"});
    const std::string start = readBytes(stream, std::min<std::size_t>(length, 8), path, length);
    if (start.substr(0, magic.size()) != magic.substr(0, start.size()))
        throw FormatError({.what = "The file is not an NPY file",
                           .file = path,
                           .place = "byte 0",
                           .expected = "\\x93NUMPY",
                           .advice = "write the array with numpy.save"});
    if (start.size() < 8)
        failTruncated(path, 10, length);
    if (start[6] < 1 || start[6] > 3)
        throw FormatError({.what = "The NPY file has an unknown version",
                           .file = path,
                           .place = "byte 6",
                           .expected = "version 1, 2 or 3",
                           .found = std::to_string(start[6])});
    const std::size_t headerLength = littleEndian(readBytes(stream, start[6] == 1 ? 2 : 4, path, length));
    if (headerLength > longestHeader)
        throw FormatError({.what = "The header of the NPY file is damaged",
                           .file = path,
                           .place = "byte 8",
                           .expected = "a header of at most 1 MiB",
                           .found = std::to_string(headerLength) + " bytes"});
    const auto offset = static_cast<std::size_t>(stream.tellg());
    const std::string text = readBytes(stream, headerLength, path, length);
    NpyHeader header = HeaderParser(path, text, offset).parse();
    header.dataOffset = offset + headerLength;
    checkLength(header, path, length);
    return header;
}

std::string npyHeaderBytes(const ArrayInfo& info) {
    const char kind = nameOf(info.type).front();
    std::string text = "{'descr': '";
    text += sizeOf(info.type) == 1 ? '|' : '<';
    text += kind + std::to_string(sizeOf(info.type)) + "', 'fortran_order': False, 'shape': (";
    for (std::size_t axis = 0; axis < info.shape.size(); ++axis)
        text += (axis == 0 ? "" : ", ") + std::to_string(info.shape[axis]);
    text += info.shape.size() == 1 ? ",), }" : "), }";
    constexpr std::size_t prefix = 10;
    constexpr std::size_t alignment = 64;
    text.append(alignment - 1 - (prefix + text.size()) % alignment, ' ');
    text += '\n';
    std::string bytes(magic);
    bytes += {'\x01', '\x00', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
    return bytes + text;
}

} // namespace brainlike
