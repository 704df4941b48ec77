#include "core/formats/Hdf5File.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/formats/Hdf5Support.h"

#include <algorithm>

namespace brainlike {
namespace {

using hdf5::Handle;
using hdf5::Lock;
using hdf5::Place;

hid_t openedFile(const std::filesystem::path& path, unsigned mode) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw NotFoundError({.what = "There is no such file", .file = path, .advice = "check the name"});
    if (std::filesystem::is_directory(path, ignored))
        throw FileError({.what = "A folder is where an HDF5 file is needed", .file = path});
    const Lock lock;
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access.id(), 1, 1);
    const hid_t file = H5Fopen(path.c_str(), mode, access.id());
    if (file < 0) {
        const std::string why = hdf5::reason();
        throw FileError({.what = "The file cannot be opened as HDF5",
                         .file = path,
                         .expected = "a whole, readable HDF5 file",
                         .found = why,
                         .advice = "check that it is complete, that you may read it, and that no program writes it"});
    }
    return file;
}

hdf5::Extent extentOf(const Handle& dataset, const Place& place) {
    const Handle type = hdf5::require(H5Dget_type(dataset.id()), H5Tclose, place, "The dataset's type is unreadable");
    const Handle space =
        hdf5::require(H5Dget_space(dataset.id()), H5Sclose, place, "The dataset's extent is unreadable");
    return hdf5::extentOf(type.id(), space.id());
}

void checkRank(const ArrayInfo& info, std::optional<std::size_t> rank, const Place& place) {
    if (rank && info.shape.size() != *rank)
        throw FormatError({.what = "The dataset has another number of axes",
                           .file = place.file,
                           .place = place.object,
                           .expected = counted(*rank, "axis", "axes"),
                           .found = describe(info)});
}

void checkFilled(const Shape& shape, std::size_t valueCount, const Place& place) {
    if (elementCount(shape) != valueCount)
        throw ShapeError({.what = "The values do not fill the array",
                          .file = place.file,
                          .place = place.object,
                          .expected = describe(shape),
                          .found = counted(valueCount, "value")});
}

void checkBlock(const Shape& shape, const Shape& start, const Shape& count, const Place& place) {
    bool fits = start.size() == shape.size() && count.size() == shape.size();
    for (std::size_t axis = 0; fits && axis < shape.size(); ++axis)
        fits = start[axis] <= shape[axis] && count[axis] <= shape[axis] - start[axis];
    if (!fits)
        throw ShapeError({.what = "The block does not lie within the dataset",
                          .file = place.file,
                          .place = place.object,
                          .expected = "a block of " + describe(shape),
                          .found = describe(count) + " from " + describe(start)});
}

/// The file's space of a dataset with a block selected.
Handle selectedSpace(const Handle& dataset, const Shape& start, const Shape& count, const Place& place) {
    Handle space = hdf5::require(H5Dget_space(dataset.id()), H5Sclose, place, "The dataset's extent is unreadable");
    if (count.empty())
        return space;
    const std::vector<hsize_t> from(start.begin(), start.end());
    const std::vector<hsize_t> lengths(count.begin(), count.end());
    if (H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, from.data(), nullptr, lengths.data(), nullptr) < 0)
        hdf5::failReading(place);
    return space;
}

/// Without the time of its making: the same values give the same file.
Handle datasetCreation() {
    Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.id(), false);
    return creation;
}

Handle createdDataset(hid_t file, hid_t type, const Shape& shape, hid_t creation, const Place& place) {
    const Handle space = hdf5::simpleSpace(shape, place);
    const Handle links = hdf5::creatingGroups();
    const hid_t id = H5Dcreate2(file, place.object.c_str(), type, space.id(), links.id(), creation, H5P_DEFAULT);
    return hdf5::require(id, H5Dclose, place, "The dataset cannot be created");
}

/// The dataset to write to: the one that exists if it has the same shape and kind, else a new one.
Handle writableDataset(hid_t file, hid_t type, const Shape& shape, const Place& place) {
    if (!hdf5::exists(file, place.object))
        return createdDataset(file, type, shape, datasetCreation().id(), place);
    Handle dataset = hdf5::openDataset(file, place);
    const ArrayInfo info = extentOf(dataset, place).info;
    if (info.shape != shape || info.type != hdf5::elementTypeOf(type))
        throw ShapeError({.what = "A dataset of another shape or type is there already",
                          .file = place.file,
                          .place = place.object,
                          .expected = describe(ArrayInfo{hdf5::elementTypeOf(type), shape}),
                          .found = describe(info)});
    return dataset;
}

} // namespace

Hdf5File Hdf5File::openRead(const std::filesystem::path& path) {
    return {path, openedFile(path, H5F_ACC_RDONLY)};
}

Hdf5File Hdf5File::openReadWrite(const std::filesystem::path& path) {
    return {path, openedFile(path, H5F_ACC_RDWR)};
}

Hdf5File Hdf5File::create(const std::filesystem::path& path) {
    const Lock lock;
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access.id(), 1, 1);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id());
    if (file < 0) {
        const std::string why = hdf5::reason();
        throw FileError({.what = "The HDF5 file cannot be created",
                         .file = path,
                         .found = why,
                         .advice = "check that the folder exists and that you may write there"});
    }
    return {path, file};
}

Hdf5File::Hdf5File(Hdf5File&& other) noexcept
    : m_path(std::move(other.m_path)), m_file(std::exchange(other.m_file, -1)) {}

Hdf5File& Hdf5File::operator=(Hdf5File&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_file, other.m_file);
    return *this;
}

Hdf5File::~Hdf5File() {
    if (m_file < 0)
        return;
    const Lock lock;
    H5Fclose(m_file);
}

void Hdf5File::flush() {
    const Lock lock;
    if (H5Fflush(m_file, H5F_SCOPE_GLOBAL) < 0)
        hdf5::failWriting({m_path, ""});
}

void Hdf5File::close() {
    if (m_file < 0)
        return;
    const Lock lock;
    if (H5Fclose(std::exchange(m_file, -1)) < 0)
        hdf5::failWriting({m_path, ""});
}

bool Hdf5File::exists(std::string_view name) const {
    const Lock lock;
    return hdf5::exists(m_file, hdf5::absolute(name));
}

bool Hdf5File::isDataset(std::string_view name) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(name)};
    return hdf5::exists(m_file, place.object) && H5Iget_type(hdf5::openObject(m_file, place).id()) == H5I_DATASET;
}

bool Hdf5File::isGroup(std::string_view name) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(name)};
    return hdf5::exists(m_file, place.object) && H5Iget_type(hdf5::openObject(m_file, place).id()) == H5I_GROUP;
}

std::vector<std::string> Hdf5File::children(std::string_view group) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(group)};
    const Handle object = hdf5::openObject(m_file, place);
    if (H5Iget_type(object.id()) != H5I_GROUP)
        throw FormatError({.what = "The object is not a group", .file = m_path, .place = place.object});
    std::vector<std::string> names;
    const auto append = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    if (H5Literate(object.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, append, &names) < 0)
        hdf5::failReading(place);
    return names;
}

ArrayInfo Hdf5File::info(std::string_view dataset) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    return extentOf(hdf5::openDataset(m_file, place), place).info;
}

Shape Hdf5File::chunkShape(std::string_view dataset) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle opened = hdf5::openDataset(m_file, place);
    const Handle creation =
        hdf5::require(H5Dget_create_plist(opened.id()), H5Pclose, place, "The dataset's layout is unreadable");
    if (H5Pget_layout(creation.id()) != H5D_CHUNKED)
        return {};
    std::vector<hsize_t> lengths(extentOf(opened, place).info.shape.size());
    if (H5Pget_chunk(creation.id(), static_cast<int>(lengths.size()), lengths.data()) < 0)
        hdf5::failReading(place);
    return {lengths.begin(), lengths.end()};
}

void Hdf5File::createGroup(std::string_view name) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(name)};
    if (isGroup(name))
        return;
    const Handle links = hdf5::creatingGroups();
    const hid_t group = H5Gcreate2(m_file, place.object.c_str(), links.id(), H5P_DEFAULT, H5P_DEFAULT);
    (void)hdf5::require(group, H5Gclose, place, "The group cannot be created");
}

template <typename Scalar>
NumericArray<Scalar> Hdf5File::read(std::string_view dataset, std::optional<std::size_t> rank) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const ArrayInfo stored = info(dataset);
    checkRank(stored, rank, place);
    return {stored.shape, readBlock<Scalar>(dataset, Shape(stored.shape.size(), 0), stored.shape)};
}

template <typename Scalar>
std::vector<Scalar> Hdf5File::readBlock(std::string_view dataset, const Shape& start, const Shape& count) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle opened = hdf5::openDataset(m_file, place);
    const ArrayInfo stored = extentOf(opened, place).info;
    constexpr ElementType wanted = brainlike::elementTypeOf<Scalar>();
    hdf5::checkReadable(stored.type, wanted, place);
    checkBlock(stored.shape, start, count, place);
    hdf5::checkMemory({stored.type, count}, sizeof(Scalar), place);
    std::vector<Scalar> values(elementCount(count));
    if (values.empty())
        return values;
    const Handle fileSpace = selectedSpace(opened, start, count, place);
    const Handle memorySpace = hdf5::simpleSpace(count, place);
    if (H5Dread(opened.id(), hdf5::memoryType(wanted), memorySpace.id(), fileSpace.id(), H5P_DEFAULT, values.data()) <
        0)
        hdf5::failReading(place);
    return values;
}

template <typename Scalar>
void Hdf5File::write(std::string_view dataset, const Shape& shape, std::span<const Scalar> values) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    checkFilled(shape, values.size(), place);
    const hid_t type = hdf5::memoryType(brainlike::elementTypeOf<Scalar>());
    const Handle opened = writableDataset(m_file, type, shape, place);
    if (!values.empty() && H5Dwrite(opened.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        hdf5::failWriting(place);
}

template <typename Scalar>
void Hdf5File::createChunked(std::string_view dataset, const Shape& shape, const Shape& chunk, Scalar fill) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    bool fits = !shape.empty() && chunk.size() == shape.size();
    for (std::size_t axis = 0; fits && axis < shape.size(); ++axis)
        fits = chunk[axis] >= 1 && chunk[axis] <= std::max<std::size_t>(shape[axis], 1);
    if (!fits || exists(dataset))
        throw ShapeError({.what = fits ? "The dataset exists already" : "The chunks do not fit the dataset",
                          .file = m_path,
                          .place = place.object,
                          .expected = fits ? "a new name" : "chunks within " + describe(shape),
                          .found = describe(chunk)});
    const hid_t type = hdf5::memoryType(brainlike::elementTypeOf<Scalar>());
    const Handle creation = datasetCreation();
    const std::vector<hsize_t> lengths(chunk.begin(), chunk.end());
    if (H5Pset_chunk(creation.id(), static_cast<int>(lengths.size()), lengths.data()) < 0 ||
        H5Pset_fill_value(creation.id(), type, &fill) < 0)
        hdf5::failWriting(place);
    (void)createdDataset(m_file, type, shape, creation.id(), place);
}

template <typename Scalar>
void Hdf5File::writeBlock(std::string_view dataset, const Shape& start, const Shape& count,
                          std::span<const Scalar> values) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle opened = hdf5::openDataset(m_file, place);
    const ArrayInfo stored = extentOf(opened, place).info;
    constexpr ElementType given = brainlike::elementTypeOf<Scalar>();
    hdf5::checkReadable(given, stored.type, place);
    checkBlock(stored.shape, start, count, place);
    checkFilled(count, values.size(), place);
    if (values.empty())
        return;
    const Handle fileSpace = selectedSpace(opened, start, count, place);
    const Handle memorySpace = hdf5::simpleSpace(count, place);
    const hid_t type = hdf5::memoryType(given);
    if (H5Dwrite(opened.id(), type, memorySpace.id(), fileSpace.id(), H5P_DEFAULT, values.data()) < 0)
        hdf5::failWriting(place);
}

std::string Hdf5File::readString(std::string_view dataset) const {
    auto texts = readStrings(dataset);
    if (texts.size() != 1)
        throw FormatError({.what = "The dataset is not a single text",
                           .file = m_path,
                           .place = hdf5::absolute(dataset),
                           .expected = "one text",
                           .found = std::to_string(texts.size()) + " texts"});
    return std::move(texts.front());
}

std::vector<std::string> Hdf5File::readStrings(std::string_view dataset) const {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle opened = hdf5::openDataset(m_file, place);
    const Handle type = hdf5::require(H5Dget_type(opened.id()), H5Tclose, place, "The dataset's type is unreadable");
    const auto readInto = [&opened](hid_t memory, void* buffer) {
        return H5Dread(opened.id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer);
    };
    return hdf5::readTexts(extentOf(opened, place), type.id(), place, readInto);
}

void Hdf5File::writeString(std::string_view dataset, std::string_view text) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle type = hdf5::stringType();
    const std::string copy = hdf5::checkedText(text, place);
    const char* pointer = copy.c_str();
    const Handle opened = writableDataset(m_file, type.id(), {}, place);
    if (H5Dwrite(opened.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer) < 0)
        hdf5::failWriting(place);
}

void Hdf5File::writeStrings(std::string_view dataset, std::span<const std::string> texts) {
    const Lock lock;
    const Place place{m_path, hdf5::absolute(dataset)};
    const Handle type = hdf5::stringType();
    const auto pointers = hdf5::textPointers(texts, place);
    const Handle opened = writableDataset(m_file, type.id(), {texts.size()}, place);
    if (!texts.empty() && H5Dwrite(opened.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) < 0)
        hdf5::failWriting(place);
}

#define BRAINLIKE_INSTANTIATE(Scalar)                                                                                  \
    template NumericArray<Scalar> Hdf5File::read(std::string_view, std::optional<std::size_t>) const;                  \
    template std::vector<Scalar> Hdf5File::readBlock(std::string_view, const Shape&, const Shape&) const;              \
    template void Hdf5File::write(std::string_view, const Shape&, std::span<const Scalar>);                            \
    template void Hdf5File::createChunked(std::string_view, const Shape&, const Shape&, Scalar);                       \
    template void Hdf5File::writeBlock(std::string_view, const Shape&, const Shape&, std::span<const Scalar>);
BRAINLIKE_INSTANTIATE(float)
BRAINLIKE_INSTANTIATE(double)
BRAINLIKE_INSTANTIATE(std::uint8_t)
BRAINLIKE_INSTANTIATE(std::int16_t)
BRAINLIKE_INSTANTIATE(std::int32_t)
BRAINLIKE_INSTANTIATE(std::int64_t)
#undef BRAINLIKE_INSTANTIATE

} // namespace brainlike
