#pragma once

#include <QColor>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace brainlike {

/// Parts of a title with "·" between them, the first one in bold, over as many lines as they need. A part stays on one
/// line where it fits on one. Other parts that take as many lines cost no new layout.
class PanelTitle : public QWidget {
public:
    explicit PanelTitle(QWidget* parent = nullptr);

    void setParts(const QStringList& parts);
    /// Colour of the parts after the first.
    void setMutedColor(const QColor& color);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// Words of one part that stand on one line.
    struct Run {
        QString text;
        bool isFirstPart = false;
        int line = 0;
        int left = 0;
    };

    [[nodiscard]] std::vector<Run> runs(int width) const;
    [[nodiscard]] QFont fontOf(bool isFirstPart) const;

    QStringList m_parts;
    QColor m_muted;
};

} // namespace brainlike
