#include "core/study/EncodeUnit.h"

#include <algorithm>
#include <deque>
#include <string_view>
#include <utility>

namespace brainlike {
namespace {

const StudyModel& modelOf(const Study& study, int model) {
    return study.models.at(static_cast<std::size_t>(model));
}

std::string escaped(std::string_view id) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : id) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            result += c;
        else
            result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return result;
}

void appendLayers(std::vector<UnitGroup>& groups, const Study& study, int model, int checkpoint) {
    for (int layer = 0; layer < static_cast<int>(modelOf(study, model).layers.size()); ++layer)
        groups.push_back({model, checkpoint, layer});
}

} // namespace

UnitNumbers::UnitNumbers(const Study& study) : m_recordings(study.recordings.size()) {
    for (const auto& model : study.models) {
        m_models.push_back({m_count, model.layers.size()});
        m_count += model.checkpoints.size() * model.layers.size() * m_recordings;
    }
}

std::size_t UnitNumbers::of(const EncodeUnit& unit) const {
    const auto& model = m_models.at(static_cast<std::size_t>(unit.model));
    const auto row = static_cast<std::size_t>(unit.checkpoint) * model.layers + static_cast<std::size_t>(unit.layer);
    return model.first + row * m_recordings + static_cast<std::size_t>(unit.recording);
}

std::vector<int> checkpointOrder(int count) {
    std::vector<int> order;
    if (count > 0)
        order.push_back(count - 1);
    if (count > 1)
        order.push_back(0);
    std::deque<std::pair<int, int>> gaps{{0, count - 1}};
    while (!gaps.empty()) {
        const auto [first, last] = gaps.front();
        gaps.pop_front();
        if (last - first < 2)
            continue;
        const int middle = first + (last - first) / 2;
        order.push_back(middle);
        gaps.emplace_back(first, middle);
        gaps.emplace_back(middle, last);
    }
    return order;
}

std::vector<UnitGroup> workOrder(const Study& study) {
    std::vector<std::vector<int>> orders;
    std::size_t longest = 0;
    for (const auto& model : study.models) {
        orders.push_back(checkpointOrder(static_cast<int>(model.checkpoints.size())));
        longest = std::max(longest, orders.back().size());
    }
    std::vector<UnitGroup> groups;
    for (std::size_t rank = 0; rank < longest; ++rank)
        for (std::size_t model = 0; model < orders.size(); ++model)
            if (rank < orders[model].size())
                appendLayers(groups, study, static_cast<int>(model), orders[model][rank]);
    return groups;
}

std::string describe(const Study& study, const EncodeUnit& unit) {
    const auto& model = modelOf(study, unit.model);
    return "model " + model.id + ", step " +
           std::to_string(model.checkpoints.at(static_cast<std::size_t>(unit.checkpoint)).step) + ", layer " +
           model.layers.at(static_cast<std::size_t>(unit.layer)).name + ", recording " +
           study.recordings.at(static_cast<std::size_t>(unit.recording)).id;
}

std::string partName(const Study& study, const EncodeUnit& unit) {
    const auto& model = modelOf(study, unit.model);
    return escaped(model.id) + '.' +
           std::to_string(model.checkpoints.at(static_cast<std::size_t>(unit.checkpoint)).step) + '.' +
           escaped(model.layers.at(static_cast<std::size_t>(unit.layer)).name) + '.' +
           escaped(study.recordings.at(static_cast<std::size_t>(unit.recording)).id) + ".part";
}

std::vector<int> recordingsOf(const Study& study, RecordingKind kind) {
    std::vector<int> indices;
    for (std::size_t i = 0; i < study.recordings.size(); ++i)
        if (study.recordings[i].kind == kind)
            indices.push_back(static_cast<int>(i));
    return indices;
}

} // namespace brainlike
