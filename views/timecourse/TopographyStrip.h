#pragma once

#include "core/color/ColorScale.h"
#include "views/plots/Lasso.h"
#include "views/state/Theme.h"
#include "views/timecourse/CourseReader.h"

#include <QImage>
#include <QPainterPath>
#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace brainlike {

/// Values of every sensor at a time, or their mean over a window.
struct HeadValues {
    QString caption; ///< "233 ms", "80–130 ms"
    std::vector<float> values;
    bool isDifference = false; ///< A − B, in its own colours
    friend bool operator==(const HeadValues&, const HeadValues&) = default;
};

/// A sensor of one of the heads; −1: none.
struct HeadSensor {
    int head = -1;
    int sensor = -1;
    friend bool operator==(const HeadSensor&, const HeadSensor&) = default;
};

/// Heads in as many rows as make them largest, seen from above, each with the scores of the sensors at a time:
/// interpolated inside the sensors' hull, with lines of equal score, in one scale. Clicking a sensor chooses it (with
/// Ctrl or Shift: one more), drawing around sensors chooses those, clicking beside them none.
class TopographyStrip : public QWidget {
    Q_OBJECT
public:
    explicit TopographyStrip(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param map  null: a message stands in its place
    void setMap(std::shared_ptr<const SensorMap> map);
    void setHeads(std::vector<HeadValues> heads);
    void setScale(const ColorScale& scale);
    /// Colours of the heads of differences.
    void setDifferenceScale(const ColorScale& scale);
    /// @param sensors  ascending
    void setChosen(const std::vector<int>& sensors);
    /// Words instead of heads; empty: none.
    void setMessage(const QString& message);

    [[nodiscard]] const std::vector<HeadValues>& heads() const { return m_heads; }
    [[nodiscard]] const QString& message() const { return m_message; }
    /// Where a head is drawn.
    [[nodiscard]] QRectF headRect(int head) const;
    /// How many heads have room, from the first on.
    [[nodiscard]] int shownCount() const;
    /// The sensor at most a few pixels away.
    [[nodiscard]] HeadSensor sensorAt(QPointF position) const;
    /// Where a sensor is drawn; nothing where it has no place.
    [[nodiscard]] std::optional<QPointF> placeOf(const HeadSensor& sensor) const;
    [[nodiscard]] QSize sizeHint() const override { return {320, 150}; }

Q_SIGNALS:
    void sensorHovered(int head, int sensor);
    void sensorsChosen(const std::vector<int>& sensors);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// A head's picture: colours of the grid, and its lines of equal score in the head's unit circle.
    struct Picture {
        std::vector<float> values; ///< it is of
        bool isDifference = false;
        QImage colors;
        std::vector<ContourPiece> contours;
    };

    void forgetPictures();
    void forgetBars();
    void makePictures();
    [[nodiscard]] Picture pictureOf(const HeadValues& head) const;
    void paintBars(QPainter& painter);
    void drawBars(QPainter& painter) const;
    void paintHead(QPainter& painter, int head) const;
    /// What is the same on every head: outline, and all sensors but the one that is pointed at.
    [[nodiscard]] QPixmap overlay() const;
    void paintSensor(QPainter& painter, const HeadSensor& sensor, bool isHovered) const;
    struct Places {
        int columns = 1, rows = 1;
        double size = 0; ///< of a head, px
    };
    [[nodiscard]] Places placesFor(int count) const;
    [[nodiscard]] QRectF captionRect(int head, double advance) const;
    [[nodiscard]] const ColorScale& scaleOf(const HeadValues& head) const;
    /// The scales that heads are in.
    [[nodiscard]] std::vector<ColorScale> scales() const;
    [[nodiscard]] double barWidth() const;
    [[nodiscard]] QPointF toWidget(int head, const SensorPlace& place) const;
    [[nodiscard]] QPainterPath hullPath(int head) const;
    [[nodiscard]] std::vector<int> inLasso() const;

    Theme m_theme;
    std::shared_ptr<const SensorMap> m_map;
    std::vector<HeadValues> m_heads;
    std::vector<Picture> m_pictures;
    mutable QPixmap m_overlay; ///< of all heads; null: to be drawn
    mutable double m_overlaySize = 0;
    QPixmap m_bars; ///< colour bars; null: to be drawn
    bool m_areStale = true;
    mutable std::optional<std::pair<int, double>> m_barWidth; ///< at a height
    std::optional<ColorScale> m_scale, m_differenceScale;
    std::vector<int> m_chosen;
    QString m_message;
    HeadSensor m_hovered;
    Lasso m_lasso;
};

} // namespace brainlike
