#include "views/scene/MapStack.h"

#include <benchmark/benchmark.h>
#include <cmath>

namespace {

using namespace brainlike;

constexpr std::size_t vertices = 2 * 163842; ///< of fsaverage

CortexMap mapOf(MapKind kind) {
    CortexMap map{.kind = kind};
    for (std::size_t i = 0; i < vertices; ++i) {
        const auto place = static_cast<float>(i);
        map.values.push_back(0.25F + 0.3F * std::sin(0.013F * place));
        map.q.push_back(std::exp(-8 * std::abs(map.values.back())));
        map.finalScores.push_back(map.values.back());
        map.states.push_back(map.values.back() > 0 ? HalfTimeState::Reached : HalfTimeState::None);
        map.layers.push_back(static_cast<std::int16_t>(i % 24));
        map.margins.push_back(0.01F);
        map.marginNoise.push_back(i % 3 == 0 ? 0.02F : 0.005F);
        if (kind == MapKind::HalfTime)
            map.values.back() = std::pow(10.0F, 4 + 3 * std::sin(0.013F * place));
    }
    map.layerNames.resize(24, "layer");
    return map;
}

/// From values to the colours of all vertices: kind of map, significance.
void colors(benchmark::State& state) {
    const auto kind = static_cast<MapKind>(state.range(0));
    const CortexMap map = mapOf(kind);
    Selection selection;
    selection.map = kind;
    selection.significance = static_cast<Significance>(state.range(1));
    const bool isSigned = kind == MapKind::Difference;
    const ColorRange own = kind == MapKind::HalfTime ? ColorRange{1e3, 1e7}
                           : isSigned                ? ColorRange{-0.5, 0.5}
                                                     : ColorRange{0, 0.5};
    const MapBasis basis{.scores = {0, 0.5}, .own = own, .userMap = {}};
    state.SetLabel(nameOf(kind));
    for (auto _ : state)
        benchmark::DoNotOptimize(overlayOf(map, mapColors(map, selection, basis)));
}

/// A stack of three: score, t with a threshold at half its opacity, best layers that q hides; kinds of the two upper
/// ones as given.
void stackColors(benchmark::State& state) {
    Selection selection;
    selection.map = MapKind::Score;
    std::vector<StackReading> readings;
    const auto add = [&](int id, MapKind kind, const ColorRange& own) {
        readings.push_back({id, std::make_shared<const CortexMap>(mapOf(kind)), MapBasis{{0, 0.5}, own, {}}});
    };
    add(firstMapId, MapKind::Score, {0, 0.5});
    for (const int id : {1, 2}) {
        StackedMap map;
        map.id = id;
        map.kind = static_cast<MapKind>(state.range(id - 1));
        map.placement.opacity = id == 1 ? 0.5 : 1;
        map.threshold = 0.2;
        selection.stack.push_back(map);
        add(id, map.kind, {-0.5, 0.5});
    }
    state.SetLabel(std::string("score, ") + nameOf(selection.stack[0].kind) + ", " + nameOf(selection.stack[1].kind));
    for (auto _ : state)
        benchmark::DoNotOptimize(stackOverlay(coloredMaps(selection, readings)));
}

BENCHMARK(stackColors)
    ->Args({static_cast<int>(MapKind::TValue), static_cast<int>(MapKind::Difference)})
    ->Args({static_cast<int>(MapKind::TValue), static_cast<int>(MapKind::BestLayer)})
    ->Unit(benchmark::kMillisecond);

BENCHMARK(colors)
    ->ArgsProduct({{static_cast<int>(MapKind::Score), static_cast<int>(MapKind::BestLayer),
                    static_cast<int>(MapKind::HalfTime), static_cast<int>(MapKind::Difference)},
                   {static_cast<int>(Significance::Ignore), static_cast<int>(Significance::Hide)}})
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
