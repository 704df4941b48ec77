#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace brainlike {

/// Lengths along each axis, slowest first; empty for a scalar.
using Shape = std::vector<std::size_t>;

enum class ElementType {
    Float16,
    Float32,
    Float64,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Bool,
    String,
    Other
};

/// What is known of an array without reading its values.
struct ArrayInfo {
    ElementType type = ElementType::Other;
    Shape shape;
};

/// An array of any rank, values in C order (last axis fastest).
template <typename Scalar>
struct NumericArray {
    Shape shape;
    std::vector<Scalar> values;
};

/// "float32", "int64", "string", …
[[nodiscard]] std::string_view nameOf(ElementType type);
[[nodiscard]] bool isFloating(ElementType type);
/// Whole numbers, truth values among them.
[[nodiscard]] bool isInteger(ElementType type);
/// Bytes of one value; 0 for strings and others.
[[nodiscard]] std::size_t sizeOf(ElementType type);

/// "[81 × 696]"; "scalar" for an empty shape.
[[nodiscard]] std::string describe(const Shape& shape);
/// "float32 [81 × 696]".
[[nodiscard]] std::string describe(const ArrayInfo& info);

/// Product of the lengths, 1 for an empty shape.
/// @throws ShapeError if it does not fit into 63 bits
[[nodiscard]] std::size_t elementCount(const Shape& shape);

/// Bytes of memory this computer has. Readers refuse arrays that are larger, before they allocate.
[[nodiscard]] std::size_t physicalMemory();

/// The element type of a C++ type.
template <typename Scalar>
[[nodiscard]] constexpr ElementType elementTypeOf() {
    if constexpr (std::is_same_v<Scalar, float>)
        return ElementType::Float32;
    else if constexpr (std::is_same_v<Scalar, double>)
        return ElementType::Float64;
    else if constexpr (std::is_same_v<Scalar, std::uint8_t>)
        return ElementType::UInt8;
    else if constexpr (std::is_same_v<Scalar, std::int16_t>)
        return ElementType::Int16;
    else if constexpr (std::is_same_v<Scalar, std::int32_t>)
        return ElementType::Int32;
    else {
        static_assert(std::is_same_v<Scalar, std::int64_t>, "no element type for this C++ type");
        return ElementType::Int64;
    }
}

} // namespace brainlike
