#pragma once

#include <cstddef>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace brainlike {

/// Attributes of an XML element, valid while it starts.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : m_pairs(pairs) {}
    /// The value; empty if there is no such attribute.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

private:
    const char** m_pairs;
};

/// Walks through XML with expat; a derived class makes something of the elements and may throw. Entities of the file's
/// own and deep nesting are refused.
class XmlReader {
public:
    /// @param file  for messages
    /// @param what  first sentence of messages: "The CIFTI file is damaged or not supported"
    XmlReader(std::filesystem::path file, std::string what);
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;
    virtual ~XmlReader();

protected:
    /// @throws FormatError naming the line, and whatever the derived class throws
    void walk(std::string_view xml);
    /// @throws FormatError at the current place
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const;
    /// "line 12".
    [[nodiscard]] virtual std::string place() const;

    /// @param depth  1 for the outermost element
    virtual void startElement(std::string_view name, const XmlAttributes& attributes, std::size_t depth) = 0;
    /// @param text  of the element, if it was asked for and has no elements within
    virtual void endElement(std::string_view name, std::string text) = 0;
    /// Whether the text of such elements is wanted.
    [[nodiscard]] virtual bool wantsText(std::string_view name) const = 0;

private:
    struct Calls;
    struct Free {
        void operator()(XML_ParserStruct* parser) const;
    };

    void start(std::string_view name, const XmlAttributes& attributes);
    void end(std::string_view name);

    std::filesystem::path m_file;
    std::string m_what;
    std::unique_ptr<XML_ParserStruct, Free> m_parser;
    std::exception_ptr m_failure; ///< exceptions must not cross expat: kept until it has returned
    std::string m_text;
    std::size_t m_depth = 0;
    bool m_keepsText = false;
};

/// Without blanks at both ends.
[[nodiscard]] std::string trimmed(std::string_view text);

} // namespace brainlike
