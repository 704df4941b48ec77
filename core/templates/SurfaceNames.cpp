#include "core/templates/SurfaceNames.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// Files looked at below one folder before the rest is left alone: folders of templates are small.
constexpr int mostEntries = 50'000;

using Words = std::vector<std::string>;

/// Parts of a name between dots, lines and hyphens, in small letters.
Words wordsOf(std::string_view name) {
    Words words(1);
    for (const char c : name) {
        if (c == '.' || c == '_' || c == '-')
            words.emplace_back();
        else
            words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::optional<Hemisphere> sideOf(const std::string& word) {
    if (word == "l" || word == "lh" || word == "left")
        return Hemisphere::Left;
    if (word == "r" || word == "rh" || word == "right")
        return Hemisphere::Right;
    return std::nullopt;
}

bool isDensity(const std::string& word) {
    return word.size() > 1 && word.back() == 'k' &&
           std::all_of(word.begin(), word.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
}

/// The template that is named first: spheres brought to another one name that later.
std::string familyOf(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "fslr" || (words[i] == "fs" && i + 1 < words.size() && words[i + 1] == "lr"))
            return "fsLR";
        if (words[i] == "fsaverage")
            return "fsaverage";
    }
    return {};
}

std::string roleOf(const Words& words, bool isShape) {
    if (isShape)
        return std::ranges::find(words, "sulc") != words.end() ? "sulc" : "";
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const char* role : {"white", "pial", "midthickness", "inflated", "sphere", "flat"})
            if (words[i] == role)
                return i > 0 && words[i - 1] == "very" ? "" : role;
    return {};
}

/// A file of a pair, as found.
struct Candidate {
    SurfaceName name;
    fs::path file;
};

/// Its name without the hemisphere, in its folder.
std::string pairKey(const Candidate& candidate) {
    std::string key;
    bool isSideSeen = false;
    for (const std::string& word : wordsOf(candidate.file.filename().string())) {
        const bool isSide = !isSideSeen && sideOf(word);
        isSideSeen = isSideSeen || isSide;
        key += isSide ? "*." : word + '.';
    }
    return (candidate.file.parent_path() / key).string();
}

bool fits(const SurfaceName& name, const WantedSurfaces& wanted) {
    const auto agrees = [](const std::string& told, const std::string& asked) {
        return asked.empty() || told.empty() || told == asked;
    };
    return agrees(name.family, wanted.family) && agrees(name.density, wanted.density) &&
           (wanted.family.empty() || !name.family.empty());
}

void collect(const fs::path& folder, const WantedSurfaces& wanted, int depth, std::vector<Candidate>& found) {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    int seen = 0;
    for (const fs::recursive_directory_iterator end; !error && entry != end && seen < mostEntries;
         entry.increment(error), ++seen) {
        if (std::error_code ignored; entry->is_directory(ignored)) {
            if (entry.depth() >= depth)
                entry.disable_recursion_pending();
            continue;
        }
        auto name = surfaceNameFrom(entry->path().filename().string());
        if (name && fits(*name, wanted))
            found.push_back({std::move(*name), entry->path()});
    }
}

/// Surfaces that belong together: of one folder, template and density.
using Group =
    std::map<std::string, std::pair<std::tuple<bool, std::size_t, std::string>, Template::Files::mapped_type>>;

void keepBest(Group& group, const Candidate& candidate, Template::Files::mapped_type pair) {
    const std::string name = candidate.file.filename().string();
    const std::tuple order{candidate.name.isDeformed, name.size(), name};
    const auto found = group.find(candidate.name.role);
    if (found == group.end() || order < found->second.first)
        group.insert_or_assign(candidate.name.role, std::pair{order, std::move(pair)});
}

std::size_t surfacesIn(const Group& group) {
    return group.size() - group.count("sulc");
}

} // namespace

std::optional<SurfaceName> surfaceNameFrom(std::string_view fileName) {
    if (fileName.ends_with(".gz"))
        fileName.remove_suffix(3);
    const bool isShape = fileName.ends_with(".shape.gii");
    if (!isShape && !fileName.ends_with(".surf.gii"))
        return std::nullopt;
    const Words words = wordsOf(fileName);
    SurfaceName name{.role = roleOf(words, isShape), .family = familyOf(words)};
    const auto side = std::ranges::find_if(words, [](const std::string& word) { return sideOf(word).has_value(); });
    if (name.role.empty() || side == words.end())
        return std::nullopt;
    name.side = *sideOf(*side);
    if (const auto density = std::ranges::find_if(words, isDensity); density != words.end())
        name.density = *density;
    name.isDeformed = std::ranges::any_of(words, [](const std::string& word) {
        return word == "space" || word == "deformed" || word == "reg" || word == "rot";
    });
    return name;
}

std::optional<WantedSurfaces> wantedSurfaces(std::string_view templateName) {
    std::string plain;
    for (const std::string& word : wordsOf(templateName))
        plain += word;
    if (plain == "fslr" || plain == "fslr32k")
        return WantedSurfaces{"fsLR", "32k"};
    for (const auto& [name, density] : {std::pair{"fsaverage", "164k"}, std::pair{"fsaverage6", "41k"},
                                        std::pair{"fsaverage5", "10k"}, std::pair{"fsaverage4", "3k"}})
        if (templateName == name)
            return WantedSurfaces{"fsaverage", density};
    return std::nullopt;
}

Template::Files namedSurfaces(const fs::path& folder, const WantedSurfaces& wanted, int depth) {
    std::vector<Candidate> found;
    collect(folder, wanted, depth, found);
    std::map<std::string, Candidate> lefts;
    for (const Candidate& candidate : found)
        if (candidate.name.side == Hemisphere::Left)
            lefts.emplace(pairKey(candidate), candidate);
    std::map<std::tuple<fs::path, std::string, std::string>, Group> groups;
    for (const Candidate& right : found)
        if (const auto left = lefts.find(pairKey(right)); right.name.side == Hemisphere::Right && left != lefts.end())
            keepBest(groups[{right.file.parent_path(), right.name.family, right.name.density}], right,
                     {left->second.file, right.file});
    const Group* best = nullptr;
    std::pair<std::size_t, bool> most{0, false};
    for (const auto& [where, group] : groups)
        // Of several densities the one that maps come in.
        if (const std::pair rank{surfacesIn(group), std::get<2>(where) == "32k"}; rank.first > 0 && rank > most) {
            most = rank;
            best = &group;
        }
    Template::Files files;
    if (best != nullptr)
        for (const auto& [role, choice] : *best)
            files.emplace(role, choice.second);
    return files;
}

} // namespace brainlike
