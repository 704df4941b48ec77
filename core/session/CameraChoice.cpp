#include "core/session/CameraChoice.h"

#include "core/session/JsonFields.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

/// No preset has more panels.
constexpr std::size_t mostCameras = 16;
/// Nobody moves a brain further out of sight, mm.
constexpr double largestShift = 2000;

double rounded(double number, double digits) {
    return std::round(number * digits) / digits + 0.0; // no −0
}

template <std::size_t Size>
double lengthOf(const std::array<double, Size>& numbers) {
    double sum = 0;
    for (const double number : numbers)
        sum += number * number;
    return std::sqrt(sum);
}

/// The same turn, one long, in digits that stay as they are when it is done again.
std::array<double, 4> plainTurn(std::array<double, 4> turn) {
    constexpr double digits = 1e6;
    const double length = lengthOf(turn);
    const auto first = std::ranges::find_if(turn, [](double number) { return std::abs(number) > 1 / digits; });
    const double scale =
        (first != turn.end() && *first < 0 ? -1 : 1) / (std::abs(length - 1) < 2 / digits ? 1 : length);
    for (double& number : turn)
        number = rounded(number * scale, digits);
    return turn;
}

CameraChoice plain(const CameraChoice& camera) {
    return {.turn = plainTurn(camera.turn),
            .zoom = rounded(camera.zoom, 1e4),
            .shift = {rounded(camera.shift[0], 1e3), rounded(camera.shift[1], 1e3)}};
}

[[noreturn]] void refuse(const std::string& place, const char* expected, const nlohmann::json& found) {
    throw FormatError(
        {.what = "A camera cannot stand so", .place = place, .expected = expected, .found = found.dump()});
}

CameraChoice cameraFromJson(const nlohmann::json& json, const std::string& place) {
    if (!json.is_object())
        refuse(place, R"(an object such as {"turn": [0.92, 0, 0.38, 0], "zoom": 2, "shift": [3, -1]})", json);
    CameraChoice camera;
    readField(json, place, "turn", camera.turn);
    readField(json, place, "zoom", camera.zoom);
    readField(json, place, "shift", camera.shift);
    const double length = lengthOf(camera.turn);
    if (!(std::isfinite(length) && length > 1e-6))
        refuse(place + "/turn", "a quaternion w, x, y, z that is not 0", json.at("turn"));
    if (!(camera.zoom >= smallestZoom && camera.zoom <= largestZoom))
        refuse(place + "/zoom", "a number from 0.5 to 20", json.at("zoom"));
    if (!(lengthOf(camera.shift) <= largestShift))
        refuse(place + "/shift", "millimetres right and down, at most 2000 away", json.at("shift"));
    return plain(camera);
}

} // namespace

std::vector<CameraChoice> compactCameras(std::vector<CameraChoice> cameras) {
    std::ranges::transform(cameras, cameras.begin(), plain);
    const bool areAlike = std::ranges::adjacent_find(cameras, std::not_equal_to()) == cameras.end();
    if (areAlike && !cameras.empty())
        cameras.resize(cameras.front() == CameraChoice{} ? 0 : 1);
    return cameras;
}

nlohmann::json toJson(const std::vector<CameraChoice>& cameras) {
    nlohmann::json list = nlohmann::json::array();
    for (const CameraChoice& camera : cameras) {
        nlohmann::json json = nlohmann::json::object();
        if (camera.turn != CameraChoice{}.turn)
            json["turn"] = camera.turn;
        if (camera.zoom != 1)
            json["zoom"] = camera.zoom;
        if (camera.shift != CameraChoice{}.shift)
            json["shift"] = camera.shift;
        list.push_back(std::move(json));
    }
    return list;
}

std::vector<CameraChoice> camerasFromJson(const nlohmann::json& json, const std::string& place) {
    if (json.is_object())
        return compactCameras({cameraFromJson(json, place)});
    if (!json.is_array() || json.size() > mostCameras)
        refuse(place, "a list of cameras, one a panel, or one for all", json);
    std::vector<CameraChoice> cameras;
    for (std::size_t i = 0; i < json.size(); ++i)
        cameras.push_back(cameraFromJson(json[i], place + "/" + std::to_string(i)));
    return compactCameras(std::move(cameras));
}

} // namespace brainlike
