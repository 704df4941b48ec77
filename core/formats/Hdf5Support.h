#pragma once

// For the Hdf5*.cpp files alone: keeps hdf5.h out of every other file.

#include "core/formats/ArrayInfo.h"

#include <filesystem>
#include <functional>
#include <hdf5.h>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace brainlike::hdf5 {

/// The library's turn: held during every call of it in this process. Keeps the library from printing.
class Lock {
public:
    Lock();

private:
    std::scoped_lock<std::recursive_mutex> m_lock;
};

/// An open id, closed by the function that belongs to it.
class Handle {
public:
    using Close = herr_t (*)(hid_t);
    Handle(hid_t id, Close close) : m_id(id), m_close(close) {}
    Handle(Handle&& other) noexcept : m_id(std::exchange(other.m_id, -1)), m_close(other.m_close) {}
    Handle& operator=(Handle&&) = delete;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (m_id >= 0)
            m_close(m_id);
    }
    [[nodiscard]] hid_t id() const { return m_id; }
    [[nodiscard]] bool isValid() const { return m_id >= 0; }

private:
    hid_t m_id;
    Close m_close;
};

/// Where an operation takes place, for messages: the file, and a dataset or "object, attribute name".
struct Place {
    const std::filesystem::path& file;
    std::string object;
};

/// Type, rank and extent of a dataset or attribute.
struct Extent {
    ArrayInfo info;
    bool isVariableString = false;
};

/// The library's own reason for the failure just met, or "".
[[nodiscard]] std::string reason();
[[noreturn]] void failReading(const Place& place);
[[noreturn]] void failWriting(const Place& place);
/// @throws FileError with the library's reason if `id` is no id
[[nodiscard]] Handle require(hid_t id, Handle::Close close, const Place& place, const char* what);

/// "/a/b" for "a/b", "/a/b/" and so on.
[[nodiscard]] std::string absolute(std::string_view name);
/// Whether every part of the path exists.
[[nodiscard]] bool exists(hid_t file, const std::string& name);
/// @throws NotFoundError listing what the nearest group holds
[[nodiscard]] Handle openObject(hid_t file, const Place& place);
/// @throws NotFoundError, FormatError if it is a group
[[nodiscard]] Handle openDataset(hid_t file, const Place& place);

[[nodiscard]] ElementType elementTypeOf(hid_t type);
/// The library's type in memory for float32, float64, uint8, int16, int32, int64.
[[nodiscard]] hid_t memoryType(ElementType type);
[[nodiscard]] Extent extentOf(hid_t type, hid_t space);
/// @throws FormatError unless numbers of type `stored` can be read as `wanted` without loss of whole numbers
void checkReadable(ElementType stored, ElementType wanted, const Place& place);
/// @throws FileError if the values would not fit into this computer's memory
void checkMemory(const ArrayInfo& info, std::size_t valueSize, const Place& place);

[[nodiscard]] Handle simpleSpace(const Shape& shape, const Place& place);
/// A property list that creates the groups on the way.
[[nodiscard]] Handle creatingGroups();
/// Variable-length UTF-8.
[[nodiscard]] Handle stringType();
/// The text, as C needs it. @throws ValueError if it holds a zero byte, which the format cannot keep
[[nodiscard]] std::string checkedText(std::string_view text, const Place& place);
[[nodiscard]] std::vector<const char*> textPointers(std::span<const std::string> texts, const Place& place);
/// Texts of variable or fixed length.
/// @param readInto  reads the dataset or attribute as a type into a buffer
[[nodiscard]] std::vector<std::string> readTexts(const Extent& extent, hid_t fileType, const Place& place,
                                                 const std::function<herr_t(hid_t, void*)>& readInto);

} // namespace brainlike::hdf5
