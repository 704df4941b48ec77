#include "views/scene/VisibleLines.h"

#include "views/scene/SurfaceHit.h"

#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace brainlike {
namespace {

using Polyline = std::vector<Eigen::Vector3d>;

/// How much of the surface may lie in front of a line that counts as seen, mm: lines lie just above it, but facets
/// beside a line may stand higher.
constexpr double hiddenDepth = 0.4;

/// Joins lines that share their ends to chains, from branch to branch.
class LineChains {
public:
    /// @param lines  every two rows one line
    explicit LineChains(const RowMatrix<float>& lines) {
        for (Eigen::Index line = 0; line + 1 < lines.rows(); line += 2) {
            const std::array<int, 2> ends{pointOf(lines.row(line)), pointOf(lines.row(line + 1))};
            for (const int end : ends)
                m_linesAt[static_cast<std::size_t>(end)].push_back(static_cast<int>(m_lines.size()));
            m_lines.push_back(ends);
        }
        m_isDone.resize(m_lines.size(), false);
    }

    [[nodiscard]] std::vector<Polyline> chains() {
        std::vector<Polyline> chains;
        for (const bool areBranches : {true, false}) // what then is left are loops
            for (std::size_t point = 0; point < m_points.size(); ++point)
                if (!areBranches || m_linesAt[point].size() != 2)
                    while (const auto line = openLineAt(static_cast<int>(point)))
                        chains.push_back(chainFrom(static_cast<int>(point), *line));
        return chains;
    }

private:
    int pointOf(const Eigen::RowVector3f& place) {
        const auto [found, isNew] =
            m_numbers.try_emplace({place.x(), place.y(), place.z()}, static_cast<int>(m_points.size()));
        if (isNew) {
            m_points.push_back(place.transpose().cast<double>());
            m_linesAt.emplace_back();
        }
        return found->second;
    }

    [[nodiscard]] std::optional<int> openLineAt(int point) const {
        for (const int line : m_linesAt[static_cast<std::size_t>(point)])
            if (!m_isDone[static_cast<std::size_t>(line)])
                return line;
        return std::nullopt;
    }

    Polyline chainFrom(int point, int line) {
        Polyline chain{m_points[static_cast<std::size_t>(point)]};
        for (std::optional<int> next = line; next;) {
            const auto& ends = m_lines[static_cast<std::size_t>(*next)];
            m_isDone[static_cast<std::size_t>(*next)] = true;
            point = ends[0] == point ? ends[1] : ends[0];
            chain.push_back(m_points[static_cast<std::size_t>(point)]);
            next = m_linesAt[static_cast<std::size_t>(point)].size() == 2 ? openLineAt(point) : std::nullopt;
        }
        return chain;
    }

    std::map<std::array<float, 3>, int> m_numbers;
    std::vector<Eigen::Vector3d> m_points;
    std::vector<std::vector<int>> m_linesAt; ///< a point
    std::vector<std::array<int, 2>> m_lines;
    std::vector<bool> m_isDone;
};

/// One hemisphere's outlines as one panel shows them.
class PanelOutlines {
public:
    PanelOutlines(const CortexView& view, const PanelView& panel, Hemisphere hemisphere, double spacing)
        : m_view(view), m_panel(panel), m_hemisphere(hemisphere), m_spacing(spacing) {}

    void add(const Polyline& chain, std::vector<std::vector<PixelPoint>>& seen) const {
        bool isDrawing = false, isSeen = false;
        std::optional<PixelPoint> tested;
        for (std::size_t point = 1; point < chain.size(); ++point) {
            const Eigen::Vector3d middle = 0.5 * (chain[point - 1] + chain[point]);
            const PixelPoint at = m_panel.project(middle, m_hemisphere);
            if (!tested || std::hypot(at.x - tested->x, at.y - tested->y) >= m_spacing) {
                isSeen = isVisible(middle);
                tested = at;
            }
            if (isSeen && !isDrawing)
                seen.push_back({m_panel.project(chain[point - 1], m_hemisphere)});
            if (isSeen)
                seen.back().push_back(m_panel.project(chain[point], m_hemisphere));
            isDrawing = isSeen;
        }
    }

private:
    [[nodiscard]] bool isVisible(const Eigen::Vector3d& point) const {
        const PixelPoint at = m_panel.project(point, m_hemisphere);
        if (!m_panel.viewport.contains(at))
            return false;
        const double height = (m_panel.axes * (point + m_panel.offsetOf(m_hemisphere) - m_panel.centre)).z();
        for (const Hemisphere other : hemispheres) {
            if (!m_panel.spec.shows(other))
                continue;
            const auto hit = frontmost(m_panel, m_view.geometry()->side(other), other, at);
            if (hit && hit->height > height + hiddenDepth)
                return false;
        }
        return true;
    }

    const CortexView& m_view;
    const PanelView& m_panel;
    Hemisphere m_hemisphere;
    double m_spacing;
};

} // namespace

std::vector<std::vector<PixelPoint>> visibleLines(const CortexView& view, Hemisphere hemisphere,
                                                  const RowMatrix<float>& lines, std::optional<int> part,
                                                  double spacing) {
    std::vector<std::vector<PixelPoint>> seen;
    if (!view.geometry() || lines.rows() == 0)
        return seen;
    const auto chains = LineChains(lines).chains();
    for (const PanelView& panel : view.panels()) {
        if (!panel.spec.shows(hemisphere) || (part && panel.spec.part != *part))
            continue;
        const PanelOutlines outlines(view, panel, hemisphere, spacing);
        for (const Polyline& chain : chains)
            outlines.add(chain, seen);
    }
    return seen;
}

} // namespace brainlike
