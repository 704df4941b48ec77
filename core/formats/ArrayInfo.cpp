#include "core/formats/ArrayInfo.h"

#include "core/base/Error.h"

#include <array>
#include <limits>
#include <unistd.h>

namespace brainlike {
namespace {

struct TypeFacts {
    std::string_view name;
    std::size_t size;
};

// In the order of ElementType.
constexpr std::array<TypeFacts, 14> typeFacts{{{"float16", 2},
                                               {"float32", 4},
                                               {"float64", 8},
                                               {"int8", 1},
                                               {"int16", 2},
                                               {"int32", 4},
                                               {"int64", 8},
                                               {"uint8", 1},
                                               {"uint16", 2},
                                               {"uint32", 4},
                                               {"uint64", 8},
                                               {"bool", 1},
                                               {"string", 0},
                                               {"another type", 0}}};

} // namespace

std::string_view nameOf(ElementType type) {
    return typeFacts[static_cast<std::size_t>(type)].name;
}

std::size_t sizeOf(ElementType type) {
    return typeFacts[static_cast<std::size_t>(type)].size;
}

bool isFloating(ElementType type) {
    return type == ElementType::Float16 || type == ElementType::Float32 || type == ElementType::Float64;
}

bool isInteger(ElementType type) {
    return sizeOf(type) != 0 && !isFloating(type);
}

std::string describe(const Shape& shape) {
    if (shape.empty())
        return "scalar";
    std::string text = "[";
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        text += (axis == 0 ? "" : " × ") + std::to_string(shape[axis]);
    return text + "]";
}

std::string describe(const ArrayInfo& info) {
    return std::string(nameOf(info.type)) + " " + describe(info.shape);
}

std::size_t elementCount(const Shape& shape) {
    constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    std::size_t count = 1;
    for (const std::size_t length : shape) {
        if (length != 0 && count > limit / length)
            throw ShapeError({.what = "The array has more elements than can be counted", .found = describe(shape)});
        count *= length;
    }
    return count;
}

std::size_t physicalMemory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageSize = ::sysconf(_SC_PAGESIZE);
    if (pages <= 0 || pageSize <= 0)
        return std::numeric_limits<std::size_t>::max();
    return static_cast<std::size_t>(pages) * static_cast<std::size_t>(pageSize);
}

} // namespace brainlike
