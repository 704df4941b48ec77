#include "core/session/RegionChoice.h"

#include "core/session/JsonFields.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr EnumNames<OutlineSet, 3> outlineSetNames{
    {{OutlineSet::Areas, "areas"}, {OutlineSet::ChosenAreas, "chosen-areas"}, {OutlineSet::Rois, "rois"}}};

} // namespace

bool RegionChoice::isChosen(const std::string& area) const {
    return std::find(areas.begin(), areas.end(), area) != areas.end();
}

void toggleArea(RegionChoice& regions, const std::string& area) {
    if (std::erase(regions.areas, area) == 0)
        regions.areas.push_back(area);
}

void addJson(nlohmann::json& json, const RegionChoice& regions) {
    if (regions.outlined != OutlineSet::Areas)
        json["outlined"] = nameIn(outlineSetNames, regions.outlined);
    if (!regions.parcellation.empty())
        json["parcellation"] = regions.parcellation;
    if (!regions.areas.empty())
        json["areas"] = regions.areas;
    if (!regions.rois.empty())
        json["rois"] = toJson(*regions.rois);
    if (!regions.roi.empty())
        json["roi"] = regions.roi;
    for (const auto& [key, value] : {std::pair{"isolated", regions.isolated},
                                     {"area_names", regions.areaNames},
                                     {"significance_contour", regions.significanceContour},
                                     {"threshold_contour", regions.thresholdContour}})
        if (value)
            json[key] = true;
}

RegionChoice regionChoiceFromJson(const nlohmann::json& json, const std::string& place) {
    RegionChoice regions;
    readNamed(json, place, "outlined", outlineSetNames, regions.outlined);
    readField(json, place, "parcellation", regions.parcellation);
    readField(json, place, "areas", regions.areas);
    if (const auto rois = json.find("rois"); rois != json.end() && !rois->is_null())
        regions.rois = SharedRois(roiSetFromJson(*rois, place + "/rois"));
    readField(json, place, "roi", regions.roi);
    readField(json, place, "isolated", regions.isolated);
    readField(json, place, "area_names", regions.areaNames);
    readField(json, place, "significance_contour", regions.significanceContour);
    readField(json, place, "threshold_contour", regions.thresholdContour);
    return regions;
}

} // namespace brainlike
