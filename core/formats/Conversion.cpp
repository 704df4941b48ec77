#include "core/formats/Conversion.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

/// A float of 2 bytes: never exposed, converted when read.
struct Half {
    std::uint16_t bits;
};

float widen(Half half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half.bits & 0x8000U) << 16;
    const std::uint32_t exponent = (half.bits >> 10) & 0x1FU;
    const std::uint32_t fraction = half.bits & 0x3FFU;
    if (exponent == 0) {
        const float value = static_cast<float>(fraction) * 0x1p-24F;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t wide = exponent == 0x1F ? 0xFFU : exponent + 112;
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

template <typename Stored>
Stored loaded(const char* bytes, bool isBigEndian) {
    std::array<char, sizeof(Stored)> copy{};
    std::memcpy(copy.data(), bytes, sizeof(Stored));
    if (isBigEndian)
        std::reverse(copy.begin(), copy.end());
    return std::bit_cast<Stored>(copy);
}

/// Converts values; the index of the first that does not fit, or `count`.
template <typename Stored, typename Scalar>
std::size_t convertValues(const char* bytes, std::size_t count, bool isBigEndian, Scalar* target) {
    for (std::size_t index = 0; index < count; ++index) {
        const auto value = loaded<Stored>(bytes + index * sizeof(Stored), isBigEndian);
        if constexpr (std::is_same_v<Stored, Half>)
            target[index] = static_cast<Scalar>(widen(value));
        else {
            if constexpr (std::is_integral_v<Scalar> && std::is_integral_v<Stored>)
                if (!std::in_range<Scalar>(value))
                    return index;
            target[index] = static_cast<Scalar>(value);
        }
    }
    return count;
}

} // namespace

template <typename Scalar>
std::size_t convertNumbers(ElementType type, const char* bytes, std::size_t count, bool isBigEndian, Scalar* target) {
    switch (type) {
    case ElementType::Float16:
        return convertValues<Half>(bytes, count, isBigEndian, target);
    case ElementType::Float32:
        return convertValues<float>(bytes, count, isBigEndian, target);
    case ElementType::Float64:
        return convertValues<double>(bytes, count, isBigEndian, target);
    case ElementType::Int8:
        return convertValues<std::int8_t>(bytes, count, isBigEndian, target);
    case ElementType::Int16:
        return convertValues<std::int16_t>(bytes, count, isBigEndian, target);
    case ElementType::Int32:
        return convertValues<std::int32_t>(bytes, count, isBigEndian, target);
    case ElementType::Int64:
        return convertValues<std::int64_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt16:
        return convertValues<std::uint16_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt32:
        return convertValues<std::uint32_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt64:
        return convertValues<std::uint64_t>(bytes, count, isBigEndian, target);
    default:
        return convertValues<std::uint8_t>(bytes, count, isBigEndian, target);
    }
}

template <typename Scalar>
void reorderFromFortran(const Shape& shape, std::size_t count, Scalar* values) {
    const std::vector<Scalar> source(values, values + count);
    std::vector<std::size_t> strides(shape.size(), 1);
    for (std::size_t axis = 1; axis < shape.size(); ++axis)
        strides[axis] = strides[axis - 1] * shape[axis - 1];
    std::vector<std::size_t> position(shape.size(), 0);
    std::size_t from = 0;
    for (std::size_t to = 0; to < count; ++to) {
        values[to] = source[from];
        for (std::size_t axis = shape.size(); axis > 0; --axis) {
            from += strides[axis - 1];
            if (++position[axis - 1] < shape[axis - 1])
                break;
            from -= strides[axis - 1] * shape[axis - 1];
            position[axis - 1] = 0;
        }
    }
}

#define BRAINLIKE_INSTANTIATE(Scalar)                                                                                  \
    template std::size_t convertNumbers(ElementType, const char*, std::size_t, bool, Scalar*);                         \
    template void reorderFromFortran(const Shape&, std::size_t, Scalar*);
BRAINLIKE_INSTANTIATE(float)
BRAINLIKE_INSTANTIATE(double)
BRAINLIKE_INSTANTIATE(std::uint8_t)
BRAINLIKE_INSTANTIATE(std::int16_t)
BRAINLIKE_INSTANTIATE(std::int32_t)
BRAINLIKE_INSTANTIATE(std::int64_t)
#undef BRAINLIKE_INSTANTIATE

} // namespace brainlike
