#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/formats/Hdf5File.h"
#include "core/formats/Hdf5Support.h"

namespace brainlike {
namespace {

using hdf5::Handle;
using hdf5::Lock;
using hdf5::Place;

struct OpenAttribute {
    Handle object;
    Handle attribute;
    Handle type;
    hdf5::Extent extent;
    Place place;
};

Place attributePlace(const std::filesystem::path& file, std::string_view object, std::string_view name) {
    return {file, hdf5::absolute(object) + ", attribute " + std::string(name)};
}

OpenAttribute openAttribute(hid_t file, const std::filesystem::path& path, std::string_view objectName,
                            std::string_view name) {
    Handle object = hdf5::openObject(file, {path, hdf5::absolute(objectName)});
    const Place place = attributePlace(path, objectName, name);
    if (H5Aexists(object.id(), std::string(name).c_str()) <= 0)
        throw NotFoundError({.what = "The attribute is missing", .file = path, .place = place.object});
    Handle attribute = hdf5::require(H5Aopen(object.id(), std::string(name).c_str(), H5P_DEFAULT), H5Aclose, place,
                                     "The attribute cannot be opened");
    Handle type = hdf5::require(H5Aget_type(attribute.id()), H5Tclose, place, "The attribute's type is unreadable");
    const Handle space =
        hdf5::require(H5Aget_space(attribute.id()), H5Sclose, place, "The attribute's extent is unreadable");
    const auto extent = hdf5::extentOf(type.id(), space.id());
    return {std::move(object), std::move(attribute), std::move(type), extent, place};
}

/// A new attribute in place of what had its name, filled with `values`.
void writeAttributeOfType(hid_t file, const std::filesystem::path& path, std::string_view objectName,
                          std::string_view name, hid_t type, const Shape& shape, const void* values) {
    const Handle object = hdf5::openObject(file, {path, hdf5::absolute(objectName)});
    const Place place = attributePlace(path, objectName, name);
    const std::string text(name);
    if (H5Aexists(object.id(), text.c_str()) > 0 && H5Adelete(object.id(), text.c_str()) < 0)
        hdf5::failWriting(place);
    const Handle space = hdf5::simpleSpace(shape, place);
    const hid_t id = H5Acreate2(object.id(), text.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT);
    const Handle attribute = hdf5::require(id, H5Aclose, place, "The attribute cannot be created");
    if (elementCount(shape) != 0 && H5Awrite(attribute.id(), type, values) < 0)
        hdf5::failWriting(place);
}

template <typename Value>
Value only(std::vector<Value> values, const Place& place) {
    if (values.size() != 1)
        throw FormatError({.what = "The attribute is not a single value",
                           .file = place.file,
                           .place = place.object,
                           .expected = "one value",
                           .found = counted(values.size(), "value")});
    return std::move(values.front());
}

} // namespace

bool Hdf5File::hasAttribute(std::string_view object, std::string_view name) const {
    const Lock lock;
    const Handle opened = hdf5::openObject(m_file, {m_path, hdf5::absolute(object)});
    return H5Aexists(opened.id(), std::string(name).c_str()) > 0;
}

std::vector<std::string> Hdf5File::attributeNames(std::string_view object) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(object)};
    const Handle opened = hdf5::openObject(m_file, place);
    std::vector<std::string> names;
    const auto append = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    if (H5Aiterate2(opened.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, append, &names) < 0)
        hdf5::failReading(place);
    return names;
}

template <typename Scalar>
std::vector<Scalar> Hdf5File::readAttributeArray(std::string_view object, std::string_view name) const {
    const Lock lock;
    const OpenAttribute opened = openAttribute(m_file, m_path, object, name);
    constexpr ElementType wanted = brainlike::elementTypeOf<Scalar>();
    hdf5::checkReadable(opened.extent.info.type, wanted, opened.place);
    hdf5::checkMemory(opened.extent.info, sizeof(Scalar), opened.place);
    std::vector<Scalar> values(elementCount(opened.extent.info.shape));
    if (!values.empty() && H5Aread(opened.attribute.id(), hdf5::memoryType(wanted), values.data()) < 0)
        hdf5::failReading(opened.place);
    return values;
}

template <typename Scalar>
Scalar Hdf5File::readAttribute(std::string_view object, std::string_view name) const {
    return only(readAttributeArray<Scalar>(object, name), attributePlace(m_path, object, name));
}

std::vector<std::string> Hdf5File::readStringsAttribute(std::string_view object, std::string_view name) const {
    const Lock lock;
    const OpenAttribute opened = openAttribute(m_file, m_path, object, name);
    const auto readInto = [&opened](hid_t memory, void* buffer) {
        return H5Aread(opened.attribute.id(), memory, buffer);
    };
    return hdf5::readTexts(opened.extent, opened.type.id(), opened.place, readInto);
}

std::string Hdf5File::readStringAttribute(std::string_view object, std::string_view name) const {
    return only(readStringsAttribute(object, name), attributePlace(m_path, object, name));
}

template <typename Scalar>
void Hdf5File::writeAttribute(std::string_view object, std::string_view name, Scalar value) {
    const Lock lock;
    const hid_t type = hdf5::memoryType(brainlike::elementTypeOf<Scalar>());
    writeAttributeOfType(m_file, m_path, object, name, type, {}, &value);
}

template <typename Scalar>
void Hdf5File::writeAttributeArray(std::string_view object, std::string_view name, std::span<const Scalar> values) {
    const Lock lock;
    const hid_t type = hdf5::memoryType(brainlike::elementTypeOf<Scalar>());
    writeAttributeOfType(m_file, m_path, object, name, type, {values.size()}, values.data());
}

void Hdf5File::writeStringAttribute(std::string_view object, std::string_view name, std::string_view text) {
    const Lock lock;
    const std::string copy = hdf5::checkedText(text, attributePlace(m_path, object, name));
    const char* pointer = copy.c_str();
    writeAttributeOfType(m_file, m_path, object, name, hdf5::stringType().id(), {}, &pointer);
}

void Hdf5File::writeStringsAttribute(std::string_view object, std::string_view name,
                                     std::span<const std::string> texts) {
    const Lock lock;
    const auto pointers = hdf5::textPointers(texts, attributePlace(m_path, object, name));
    writeAttributeOfType(m_file, m_path, object, name, hdf5::stringType().id(), {texts.size()}, pointers.data());
}

#define BRAINLIKE_INSTANTIATE(Scalar)                                                                                  \
    template Scalar Hdf5File::readAttribute(std::string_view, std::string_view) const;                                 \
    template std::vector<Scalar> Hdf5File::readAttributeArray(std::string_view, std::string_view) const;               \
    template void Hdf5File::writeAttribute(std::string_view, std::string_view, Scalar);                                \
    template void Hdf5File::writeAttributeArray(std::string_view, std::string_view, std::span<const Scalar>);
BRAINLIKE_INSTANTIATE(float)
BRAINLIKE_INSTANTIATE(double)
BRAINLIKE_INSTANTIATE(std::uint8_t)
BRAINLIKE_INSTANTIATE(std::int16_t)
BRAINLIKE_INSTANTIATE(std::int32_t)
BRAINLIKE_INSTANTIATE(std::int64_t)
#undef BRAINLIKE_INSTANTIATE

} // namespace brainlike
