#pragma once

#include "views/state/Theme.h"
#include "views/training/TrainingCurves.h"

#include <QWidget>

#include <vector>

namespace brainlike {

/// One line above the track: left the three scores with their colours, values at the selected checkpoint and
/// half-times; right the checkpoint in words. Leaves details out, least important first, where there is no room.
class TrainingLegend : public QWidget {
    Q_OBJECT
public:
    explicit TrainingLegend(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setCurves(const TrainingCurves& curves);
    void setCheckpoint(int checkpoint);
    /// The checkpoint in words, as far as there is room for it.
    [[nodiscard]] QString checkpointText() const;
    /// The scores in words, as far as there is room for them.
    [[nodiscard]] QString scoresText() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Piece {
        QString text;
        QColor color;
        bool bold = false;
        bool swatch = false; ///< a dash of the curve's colour before the text
        double gapBefore = 0;
    };
    struct Line {
        std::vector<Piece> left, right;
    };
    [[nodiscard]] std::vector<Piece> scorePieces(bool values, bool halfTimes) const;
    [[nodiscard]] std::vector<Piece> stepPieces(qsizetype parts) const;
    [[nodiscard]] Line fittingLine() const;
    [[nodiscard]] double widthOf(const std::vector<Piece>& pieces) const;
    void draw(QPainter& painter, const std::vector<Piece>& pieces, double x) const;

    Theme m_theme;
    TrainingCurves m_curves;
    int m_checkpoint = -1;
};

} // namespace brainlike
