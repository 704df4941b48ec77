// Times the cortex at 1600 × 1200 pixels: brainlike_bench_cortex TEMPLATE_FOLDER. One JSON object on stdout, ms.

#include "core/surface/Geodesic.h"
#include "core/templates/TemplateFinder.h"
#include "views/scene/CortexLines.h"
#include "views/scene/CortexMap.h"
#include "views/scene/OffscreenRenderer.h"
#include "views/scene/SoftwareRenderer.h"
#include "views/scene/VisibleLines.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

using namespace brainlike;

namespace {

constexpr int width = 1600;
constexpr int height = 1200;
constexpr int rounds = 9;

double millisecondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Median over rounds; `work` is told which round it is.
double medianOf(const std::function<void(int)>& work) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round)
        times.push_back(millisecondsOf([&] { work(round); }));
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

std::vector<float> waves(const CortexGeometry& geometry, int phase) {
    std::vector<float> values;
    for (const Hemisphere hemisphere : hemispheres) {
        const auto& points = geometry.side(hemisphere).mesh.points;
        for (Eigen::Index i = 0; i < points.rows(); ++i)
            values.push_back(0.5F + 0.5F * std::sin(0.1F * points(i, 1) + 0.3F * static_cast<float>(phase)));
    }
    return values;
}

class Bench {
public:
    explicit Bench(const char* folder) {
        JobContext context;
        const Template source = TemplateFinder().find(folder);
        m_times["read_pial"] = millisecondsOf([&] { m_pial = loadCortexGeometry(source, SurfaceKind::Pial, context); });
        m_inflated = loadCortexGeometry(source, SurfaceKind::Inflated, context);
        for (int phase = 0; phase < rounds; ++phase)
            m_maps.push_back(waves(*m_inflated, phase));
        m_scene.setGeometry(m_inflated);
        m_scene.view().setSize(width, height, {});
        m_scene.setOutlinesVisible(false);
    }

    nlohmann::json run() {
        m_times["vertices"] = m_inflated->counts.total();
        const ColorScale scale = scoreScale({0, 1}, 0);
        m_times["colors"] = medianOf([&](int round) { (void)scoreOverlay(m_maps[std::size_t(round)], scale); });
        for (const int sampling : {1, 2}) {
            SoftwareRenderer renderer;
            showMap(0);
            m_times["first_frame_" + std::to_string(sampling)] =
                millisecondsOf([&] { renderer.draw(m_scene, width, height, sampling); });
            m_times["map_and_frame_" + std::to_string(sampling)] = medianOf([&](int round) {
                showMap(round);
                renderer.draw(m_scene, width, height, sampling);
            });
            m_times["turned_frame_" + std::to_string(sampling)] = medianOf([&](int) {
                m_scene.view().rotate(m_scene.view().panels().front().anchor, 10, 3);
                renderer.draw(m_scene, width, height, sampling);
            });
            m_scene.view().resetCamera();
        }
        pick();
        point();
        m_times["blend"] = medianOf([&](int round) { m_blend = blendedGeometry(*m_pial, *m_inflated, 0.1 * round); });
        m_times["blend_and_frame"] = medianOf([&](int round) {
            m_scene.setGeometry(blendedGeometry(*m_pial, *m_inflated, 0.1 * round));
            m_software.draw(m_scene, width, height, 1);
        });
        return m_times;
    }

private:
    void showMap(int round) {
        m_scene.setOverlay(scoreOverlay(m_maps[static_cast<std::size_t>(round)], scoreScale({0, 1}, 0)));
    }
    void pick() {
        int hits = 0;
        const auto all = millisecondsOf([&] {
            for (int i = 0; i < 1000; ++i)
                hits += m_scene.view().pick({(37.0 * i) - width * std::floor(37.0 * i / width), 1.2 * i}) ? 1 : 0;
        });
        m_times["pick"] = all / 1000;
        m_times["pick_hits_of_1000"] = hits;
    }

    /// What the GUI thread does as the pointer moves: the outline of the area below, or of what the brush would take.
    void point() {
        const CortexView& view = m_scene.view();
        const auto places = [&] {
            std::vector<VertexId> seen;
            for (int i = 0; seen.size() < rounds; ++i)
                if (const auto vertex = view.pick({100.0 + 37 * (i % 38), 100 + 1.5 * i}))
                    seen.push_back(*vertex);
            return seen;
        }();
        const auto drawn = [&](const SurfaceLines& lines) {
            for (const Hemisphere hemisphere : hemispheres) {
                const CortexSide& side = m_inflated->side(hemisphere);
                (void)visibleLines(view, hemisphere,
                                   placesOf(lines.points[indexOf(hemisphere)], side.mesh, side.normals, outlineLift),
                                   {}, 4);
            }
        };
        if (m_inflated->parcellation)
            m_times["outline_of_area"] = medianOf([&](int round) {
                const VertexId place = places[static_cast<std::size_t>(round)];
                if (const Area* area = m_inflated->parcellation->areaOf(place))
                    drawn(areaBorders(*m_inflated, *m_inflated->parcellation, std::array{area->name}));
            });
        const CortexSide& left = m_inflated->side(Hemisphere::Left);
        std::optional<GeodesicSearch> search;
        m_times["brush_search"] = millisecondsOf([&] { search.emplace(left.head, left.mesh.faces); });
        m_times["outline_of_brush"] = medianOf([&](int round) {
            Roi disc{.name = {}, .color = {}, .vertices = {}};
            for (const ReachedVertex& reached : search->within(places[static_cast<std::size_t>(round)].index, 10))
                disc.vertices[0].push_back(reached.vertex);
            std::sort(disc.vertices[0].begin(), disc.vertices[0].end());
            drawn(roiBorders(*m_inflated, disc));
        });
    }

    std::shared_ptr<const CortexGeometry> m_pial, m_inflated, m_blend;
    std::vector<std::vector<float>> m_maps;
    CortexScene m_scene;
    SoftwareRenderer m_software;
    nlohmann::json m_times;
};

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: %s TEMPLATE_FOLDER\n", arguments[0]);
        return 2;
    }
    try {
        std::printf("%s\n", Bench(arguments[1]).run().dump(1).c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
