#include "core/base/Error.h"
#include "core/formats/Hdf5Support.h"

#include <algorithm>

namespace brainlike::hdf5 {
namespace {

/// Closes over the texts the library allocated for a read.
class VariableTexts {
public:
    VariableTexts(std::size_t count, hid_t type) : m_pointers(count, nullptr), m_type(type) {}
    VariableTexts(const VariableTexts&) = delete;
    VariableTexts& operator=(const VariableTexts&) = delete;
    ~VariableTexts() {
        const hsize_t count = m_pointers.size();
        const Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose);
        H5Dvlen_reclaim(m_type, space.id(), H5P_DEFAULT, m_pointers.data());
    }
    [[nodiscard]] std::vector<char*>& pointers() { return m_pointers; }

private:
    std::vector<char*> m_pointers;
    hid_t m_type;
};

std::vector<std::string> readVariable(std::size_t count, hid_t fileType, const Place& place,
                                      const std::function<herr_t(hid_t, void*)>& readInto) {
    const Handle type = stringType();
    H5Tset_cset(type.id(), H5Tget_cset(fileType));
    VariableTexts read(count, type.id());
    if (readInto(type.id(), read.pointers().data()) < 0)
        failReading(place);
    std::vector<std::string> texts(count);
    for (std::size_t index = 0; index < count; ++index)
        if (const char* text = read.pointers()[index])
            texts[index] = text;
    return texts;
}

std::vector<std::string> readFixed(std::size_t count, hid_t fileType, const Place& place,
                                   const std::function<herr_t(hid_t, void*)>& readInto) {
    const std::size_t length = H5Tget_size(fileType);
    std::vector<char> bytes(count * length);
    if (readInto(fileType, bytes.data()) < 0)
        failReading(place);
    const bool isSpacePadded = H5Tget_strpad(fileType) == H5T_STR_SPACEPAD;
    std::vector<std::string> texts(count);
    for (std::size_t index = 0; index < count; ++index) {
        const std::string_view field(bytes.data() + index * length, length);
        std::string_view text = field.substr(0, std::min(field.find('\0'), length));
        if (isSpacePadded)
            text = text.substr(0, text.find_last_not_of(' ') + 1);
        texts[index] = text;
    }
    return texts;
}

} // namespace

std::string checkedText(std::string_view text, const Place& place) {
    if (text.find('\0') != std::string_view::npos)
        throw ValueError(
            {.what = "A text with a zero byte cannot be stored", .file = place.file, .place = place.object});
    return std::string(text);
}

std::vector<const char*> textPointers(std::span<const std::string> texts, const Place& place) {
    std::vector<const char*> pointers;
    pointers.reserve(texts.size());
    for (const std::string& text : texts) {
        (void)checkedText(text, place);
        pointers.push_back(text.c_str());
    }
    return pointers;
}

std::vector<std::string> readTexts(const Extent& extent, hid_t fileType, const Place& place,
                                   const std::function<herr_t(hid_t, void*)>& readInto) {
    if (extent.info.type != ElementType::String)
        throw FormatError({.what = "The values have another type",
                           .file = place.file,
                           .place = place.object,
                           .expected = "text",
                           .found = describe(extent.info)});
    checkMemory(extent.info, extent.isVariableString ? sizeof(char*) : H5Tget_size(fileType), place);
    const std::size_t count = elementCount(extent.info.shape);
    if (count == 0)
        return {};
    return extent.isVariableString ? readVariable(count, fileType, place, readInto)
                                   : readFixed(count, fileType, place, readInto);
}

} // namespace brainlike::hdf5
