#include "core/simulate/PlantedAreas.h"

#include <array>
#include <map>
#include <sstream>
#include <string>

namespace brainlike {
namespace {

struct Group {
    double amplitude;
    std::string_view areas;
};

constexpr std::array groups{
    Group{0.52, "V1"},
    Group{0.51, "V2"},
    Group{0.49, "V3 V4"},
    Group{0.46, "V3A V8 LO1 LO2 PIT"},
    Group{0.42, "V3B V3CD V4t V6 V7 LO3 FFC VVC MT"},
    Group{0.36, "MST VMV1 VMV2 VMV3 FST IPS1 PH V6A ProS DVT"},
    Group{0.26, "TE2p PHT IP0 TPOJ3 PGp VIP PHA1 PHA2 PHA3 POS1"},
    Group{0.18, "LIPv MIP IP1 TPOJ2 TE1p TE2a POS2 LIPd AIP 7PL 7PC"},
    Group{0.23, "44 45 IFSa IFSp IFJa IFJp 46 p9-46v"},
    Group{0.18, "FEF PEF 6r 6a 8C 8Av a9-46v 47l p47r 55b"},
    Group{0.11, "7Pm 7Am IP2 PGi PGs PFm TF TE1m TE1a PeEc H RSC"},
};
constexpr double elsewhere = 0.06;

std::map<std::string, double, std::less<>> makeTable() {
    std::map<std::string, double, std::less<>> table;
    for (const Group& group : groups) {
        std::istringstream names{std::string(group.areas)};
        for (std::string name; names >> name;)
            table[name] = group.amplitude;
    }
    return table;
}

} // namespace

double plantedAmplitude(std::string_view area) {
    static const auto table = makeTable();
    const auto found = table.find(area);
    return found == table.end() ? elsewhere : found->second;
}

} // namespace brainlike
