#include "core/formats/XmlReader.h"

#include "core/base/Error.h"

#include <algorithm>
#include <expat.h>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t deepestElement = 32;
constexpr std::size_t bytesAtOnce = std::size_t(1) << 20;

} // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (const char** pair = m_pairs; pair[0] != nullptr; pair += 2)
        if (name == pair[0])
            return pair[1];
    return {};
}

void XmlReader::Free::operator()(XML_ParserStruct* parser) const {
    XML_ParserFree(parser);
}

/// What expat calls.
struct XmlReader::Calls {
    template <typename Action>
    static void guarded(void* data, const Action& action) {
        auto& reader = *static_cast<XmlReader*>(data);
        if (reader.m_failure)
            return;
        try {
            action(reader);
        } catch (...) {
            reader.m_failure = std::current_exception();
            XML_StopParser(reader.m_parser.get(), XML_FALSE);
        }
    }
    static void onStart(void* data, const XML_Char* name, const XML_Char** pairs) {
        guarded(data, [&](XmlReader& reader) { reader.start(name, XmlAttributes(pairs)); });
    }
    static void onEnd(void* data, const XML_Char* name) {
        guarded(data, [&](XmlReader& reader) { reader.end(name); });
    }
    static void onText(void* data, const XML_Char* text, int length) {
        guarded(data, [&](XmlReader& reader) {
            if (reader.m_keepsText)
                reader.m_text.append(text, static_cast<std::size_t>(length));
        });
    }
    static void onEntity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                         const XML_Char*, const XML_Char*) {
        guarded(data,
                [](XmlReader& reader) { reader.fail("XML without entities of its own", "a declaration of one"); });
    }
};

XmlReader::XmlReader(std::filesystem::path file, std::string what)
    : m_file(std::move(file)), m_what(std::move(what)), m_parser(XML_ParserCreate(nullptr)) {
    XML_SetUserData(m_parser.get(), this);
    XML_SetElementHandler(m_parser.get(), Calls::onStart, Calls::onEnd);
    XML_SetCharacterDataHandler(m_parser.get(), Calls::onText);
    XML_SetEntityDeclHandler(m_parser.get(), Calls::onEntity);
}

XmlReader::~XmlReader() = default;

void XmlReader::walk(std::string_view xml) {
    XML_Status status = XML_STATUS_OK;
    for (bool isLast = false; status == XML_STATUS_OK && !isLast;) {
        const auto part = xml.substr(0, bytesAtOnce);
        xml.remove_prefix(part.size());
        isLast = xml.empty();
        status = XML_Parse(m_parser.get(), part.data(), static_cast<int>(part.size()), isLast ? 1 : 0);
    }
    if (m_failure)
        std::rethrow_exception(m_failure);
    if (status != XML_STATUS_OK)
        fail("well-formed XML", XML_ErrorString(XML_GetErrorCode(m_parser.get())));
}

std::string XmlReader::place() const {
    return "line " + std::to_string(XML_GetCurrentLineNumber(m_parser.get()));
}

void XmlReader::fail(const std::string& expected, const std::string& found) const {
    throw FormatError({.what = m_what,
                       .file = m_file,
                       .place = place(),
                       .expected = expected,
                       .found = found,
                       .advice = "get or make the file again"});
}

void XmlReader::start(std::string_view name, const XmlAttributes& attributes) {
    if (++m_depth > deepestElement)
        fail("at most 32 nested elements", "more");
    m_text.clear();
    m_keepsText = wantsText(name);
    startElement(name, attributes, m_depth);
}

void XmlReader::end(std::string_view name) {
    --m_depth;
    const bool keptText = std::exchange(m_keepsText, false);
    endElement(name, keptText ? std::exchange(m_text, {}) : std::string());
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

} // namespace brainlike
