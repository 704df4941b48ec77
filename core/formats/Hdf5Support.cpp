#include "core/formats/Hdf5Support.h"

#include "core/base/Error.h"

#include <algorithm>

namespace brainlike::hdf5 {
namespace {

std::recursive_mutex& processMutex() {
    static std::recursive_mutex mutex;
    return mutex;
}

herr_t keepFirstReason(unsigned depth, const H5E_error2_t* error, void* text) {
    if (depth == 0 && error->desc != nullptr)
        *static_cast<std::string*>(text) = error->desc;
    return 0;
}

herr_t appendName(hid_t, const char* name, const H5L_info_t*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

std::string childList(hid_t file, const std::string& group) {
    std::vector<std::string> names;
    const Handle opened(H5Gopen2(file, group.c_str(), H5P_DEFAULT), H5Gclose);
    if (opened.isValid())
        H5Literate(opened.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, appendName, &names);
    if (names.empty())
        return "nothing in " + group;
    std::string text = group + " holds ";
    const std::size_t shown = std::min<std::size_t>(names.size(), 12);
    for (std::size_t index = 0; index < shown; ++index)
        text += (index == 0 ? "" : ", ") + names[index];
    return shown < names.size() ? text + ", …" : text;
}

/// The deepest group on the way to `name` that exists.
std::string nearestGroup(hid_t file, std::string name) {
    while (name.size() > 1) {
        const auto slash = name.rfind('/');
        name = slash == 0 ? "/" : name.substr(0, slash);
        if (exists(file, name))
            break;
    }
    return name;
}

ElementType integerType(hid_t type) {
    const bool isSigned = H5Tget_sign(type) == H5T_SGN_2;
    switch (H5Tget_size(type)) {
    case 1:
        return isSigned ? ElementType::Int8 : ElementType::UInt8;
    case 2:
        return isSigned ? ElementType::Int16 : ElementType::UInt16;
    case 4:
        return isSigned ? ElementType::Int32 : ElementType::UInt32;
    case 8:
        return isSigned ? ElementType::Int64 : ElementType::UInt64;
    default:
        return ElementType::Other;
    }
}

bool isUnsigned(ElementType type) {
    return type >= ElementType::UInt8 && type <= ElementType::Bool;
}

bool holds(ElementType wanted, ElementType stored) {
    if (isFloating(wanted))
        return isFloating(stored) || isInteger(stored);
    if (!isInteger(stored))
        return false;
    if (isUnsigned(wanted) == isUnsigned(stored))
        return sizeOf(stored) <= sizeOf(wanted);
    return isUnsigned(stored) && sizeOf(stored) < sizeOf(wanted);
}

} // namespace

Lock::Lock() : m_lock(processMutex()) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string reason() {
    std::string text;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepFirstReason, &text);
    return text;
}

void failReading(const Place& place) {
    const std::string why = reason();
    throw FileError({.what = "The values cannot be read",
                     .file = place.file,
                     .place = place.object,
                     .found = why,
                     .advice = "the file may be damaged: make or copy it again"});
}

void failWriting(const Place& place) {
    const std::string why = reason();
    throw FileError({.what = "The values cannot be written",
                     .file = place.file,
                     .place = place.object,
                     .found = why,
                     .advice = "check the disk's space and permissions"});
}

Handle require(hid_t id, Handle::Close close, const Place& place, const char* what) {
    if (id < 0) {
        const std::string why = reason();
        throw FileError({.what = what, .file = place.file, .place = place.object, .found = why});
    }
    return {id, close};
}

std::string absolute(std::string_view name) {
    std::string path;
    while (!name.empty()) {
        const auto slash = name.find('/');
        const auto part = name.substr(0, slash);
        if (!part.empty())
            path.append("/").append(part);
        name = slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
    }
    return path.empty() ? "/" : path;
}

bool exists(hid_t file, const std::string& name) {
    if (name == "/")
        return true;
    for (auto end = name.find('/', 1);; end = name.find('/', end + 1)) {
        const std::string part = name.substr(0, end);
        if (H5Lexists(file, part.c_str(), H5P_DEFAULT) <= 0 || H5Oexists_by_name(file, part.c_str(), H5P_DEFAULT) <= 0)
            return false;
        if (end == std::string::npos)
            return true;
    }
}

Handle openObject(hid_t file, const Place& place) {
    if (!exists(file, place.object))
        throw NotFoundError({.what = "The file has no such dataset or group",
                             .file = place.file,
                             .place = place.object,
                             .found = childList(file, nearestGroup(file, place.object))});
    return require(H5Oopen(file, place.object.c_str(), H5P_DEFAULT), H5Oclose, place, "The object cannot be opened");
}

Handle openDataset(hid_t file, const Place& place) {
    Handle object = openObject(file, place);
    if (H5Iget_type(object.id()) != H5I_DATASET)
        throw FormatError({.what = "The object is not a dataset",
                           .file = place.file,
                           .place = place.object,
                           .expected = "a dataset",
                           .found = childList(file, place.object)});
    return object;
}

ElementType elementTypeOf(hid_t type) {
    switch (H5Tget_class(type)) {
    case H5T_STRING:
        return ElementType::String;
    case H5T_INTEGER:
        return integerType(type);
    case H5T_FLOAT:
        switch (H5Tget_size(type)) {
        case 2:
            return ElementType::Float16;
        case 4:
            return ElementType::Float32;
        case 8:
            return ElementType::Float64;
        default:
            return ElementType::Other;
        }
    default:
        return ElementType::Other;
    }
}

hid_t memoryType(ElementType type) {
    switch (type) {
    case ElementType::Float32:
        return H5T_NATIVE_FLOAT;
    case ElementType::Float64:
        return H5T_NATIVE_DOUBLE;
    case ElementType::UInt8:
        return H5T_NATIVE_UINT8;
    case ElementType::Int16:
        return H5T_NATIVE_INT16;
    case ElementType::Int32:
        return H5T_NATIVE_INT32;
    default:
        return H5T_NATIVE_INT64;
    }
}

Extent extentOf(hid_t type, hid_t space) {
    Extent extent;
    extent.info.type = elementTypeOf(type);
    extent.isVariableString = extent.info.type == ElementType::String && H5Tis_variable_str(type) > 0;
    const int rank = H5Sget_simple_extent_ndims(space);
    if (H5Sget_simple_extent_type(space) == H5S_NULL)
        extent.info.shape = {0};
    else if (rank > 0) {
        std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
        H5Sget_simple_extent_dims(space, lengths.data(), nullptr);
        extent.info.shape.assign(lengths.begin(), lengths.end());
    }
    return extent;
}

void checkReadable(ElementType stored, ElementType wanted, const Place& place) {
    if (!holds(wanted, stored))
        throw FormatError({.what = "The values have another type",
                           .file = place.file,
                           .place = place.object,
                           .expected = std::string(isFloating(wanted) ? "numbers" : nameOf(wanted)),
                           .found = std::string(nameOf(stored))});
}

void checkMemory(const ArrayInfo& info, std::size_t valueSize, const Place& place) {
    const std::size_t limit = physicalMemory() / valueSize;
    std::size_t count = 1;
    for (const std::size_t length : info.shape) {
        if (length != 0 && count > limit / length)
            throw FileError({.what = "The array is larger than this computer's memory",
                             .file = place.file,
                             .place = place.object,
                             .expected = "at most " + std::to_string(limit) + " values",
                             .found = describe(info),
                             .advice = "check the file; read a part of it, or use a computer with more memory"});
        count *= length;
    }
}

Handle simpleSpace(const Shape& shape, const Place& place) {
    if (shape.empty())
        return require(H5Screate(H5S_SCALAR), H5Sclose, place, "The array's extent cannot be made");
    const std::vector<hsize_t> lengths(shape.begin(), shape.end());
    return require(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), H5Sclose, place,
                   "The array's extent cannot be made");
}

Handle creatingGroups() {
    Handle list(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
    H5Pset_create_intermediate_group(list.id(), 1);
    H5Pset_char_encoding(list.id(), H5T_CSET_UTF8);
    return list;
}

Handle stringType() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.id(), H5T_VARIABLE);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    return type;
}

} // namespace brainlike::hdf5
