#include "core/base/Error.h"

#include <utility>

namespace brainlike {

std::string messageOf(const ErrorDetails& details) {
    std::string message = details.what;
    const auto add = [&message](const char* label, const std::string& text) {
        if (!text.empty())
            message += std::string("\n  ") + label + text;
    };
    add("file: ", details.file);
    add("where: ", details.place);
    add("expected: ", details.expected);
    add("found: ", details.found);
    add("what to do: ", details.advice);
    return message;
}

Error::Error(ErrorDetails details) : std::runtime_error(messageOf(details)), m_details(std::move(details)) {}

} // namespace brainlike
