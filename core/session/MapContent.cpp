#include "core/session/MapContent.h"

#include "core/session/MapContentJson.h"

namespace brainlike {
namespace {

constexpr EnumNames<MapKind, 8> mapNames{{{MapKind::Score, "score"},
                                          {MapKind::BestLayer, "best-layer"},
                                          {MapKind::HalfTime, "half-time"},
                                          {MapKind::Difference, "difference"},
                                          {MapKind::TValue, "t"},
                                          {MapKind::QValue, "q"},
                                          {MapKind::Property, "property"},
                                          {MapKind::Imported, "imported"}}};
constexpr EnumNames<Significance, 3> significanceNames{
    {{Significance::Ignore, "ignore"}, {Significance::Hide, "hide"}, {Significance::Fade, "fade"}}};
constexpr EnumNames<DifferenceBase, 8> baseNames{{{DifferenceBase::FirstStep, "first-step"},
                                                  {DifferenceBase::PreviousStep, "previous-step"},
                                                  {DifferenceBase::Model, "model"},
                                                  {DifferenceBase::Layer, "layer"},
                                                  {DifferenceBase::Step, "step"},
                                                  {DifferenceBase::Subject, "subject"},
                                                  {DifferenceBase::ImageType, "image-type"},
                                                  {DifferenceBase::Size, "size"}}};

const nlohmann::json* differenceIn(const nlohmann::json& json, const std::string& place) {
    const auto found = json.find("difference");
    if (found == json.end() || found->is_null())
        return nullptr;
    if (!found->is_object())
        throw FormatError(
            {.what = "This part of a selection is an object", .place = place + "/difference", .found = found->dump()});
    return &*found;
}

} // namespace

const char* nameOf(MapKind kind) {
    return nameIn(mapNames, kind);
}

MapKind mapKindFrom(const std::string& name) {
    MapKind kind = MapKind::Score;
    readNamed({{"map", name}}, "", "map", mapNames, kind);
    return kind;
}

void addJson(nlohmann::json& json, Significance significance, const Difference& difference) {
    if (significance != Significance::Ignore)
        json["significance"] = nameIn(significanceNames, significance);
    if (difference == Difference{})
        return;
    json["difference"] = {{"base", nameIn(baseNames, difference.base)}, {"name", difference.name}};
    if (difference.base == DifferenceBase::Step)
        json["difference"]["step"] = difference.step;
}

void readKind(const nlohmann::json& json, const std::string& place, MapKind& kind) {
    readNamed(json, place, "map", mapNames, kind);
}

void readSignificance(const nlohmann::json& json, const std::string& place, Significance& significance,
                      Difference& difference) {
    readNamed(json, place, "significance", significanceNames, significance);
    if (const auto* found = differenceIn(json, place)) {
        readNamed(*found, place + "/difference", "base", baseNames, difference.base);
        readField(*found, place + "/difference", "name", difference.name);
        readField(*found, place + "/difference", "step", difference.step);
    }
}

} // namespace brainlike
