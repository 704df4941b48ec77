#pragma once

#include <stdexcept>
#include <string>

namespace brainlike {

/// What is known of a failure. Empty fields are left out of the message.
struct ErrorDetails {
    std::string what;     ///< one sentence: what failed
    std::string file;     ///< path of the file concerned
    std::string place;    ///< dataset, row and column (from 0), byte, or JSON pointer
    std::string expected; ///< what was needed there
    std::string found;    ///< what was there
    std::string advice;   ///< what the user can do next
};

/// Base of every failure that a user can meet. Thrown in core, caught in main and where jobs end.
class Error : public std::runtime_error {
public:
    explicit Error(ErrorDetails details);
    [[nodiscard]] const ErrorDetails& details() const noexcept { return m_details; }

private:
    ErrorDetails m_details;
};

/// A file's content is not what its format requires.
class FormatError : public Error {
    using Error::Error;
};
/// Arrays whose shapes do not fit each other or the operation.
class ShapeError : public Error {
    using Error::Error;
};
/// A value outside of what the operation allows (a λ of 0, a NaN in the features).
class ValueError : public Error {
    using Error::Error;
};
/// A file, template, dataset or name that is not there.
class NotFoundError : public Error {
    using Error::Error;
};
/// The system refused to read or write.
class FileError : public Error {
    using Error::Error;
};
/// The command line alone is wrong (exit status 2).
class UsageError : public Error {
    using Error::Error;
};
/// The user cancelled (exit status 130).
class CancelledError : public Error {
public:
    CancelledError() : Error({.what = "Cancelled"}) {}
};

/// The message as shown to people: what, where, expected, found, what to do; one line each.
[[nodiscard]] std::string messageOf(const ErrorDetails& details);

} // namespace brainlike
