#pragma once

#include <QComboBox>
#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;

namespace brainlike {

/// Boxes of choices beside each other, in as many rows as it takes to read every entry of theirs.
class WrappingChoices : public QWidget {
    Q_OBJECT
public:
    /// @param boxes  each with its name, which is also its tip
    WrappingChoices(const std::vector<std::pair<QComboBox*, QString>>& boxes, QWidget* parent);

    /// Boxes beside each other now.
    [[nodiscard]] int columns() const { return m_columns; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    [[nodiscard]] int columnsThatFit(const std::vector<QComboBox*>& shown) const;

    std::vector<QComboBox*> m_boxes;
    QGridLayout* m_grid;
    int m_columns = 0;
    std::vector<QComboBox*> m_arranged; ///< those that are in the grid
};

} // namespace brainlike
