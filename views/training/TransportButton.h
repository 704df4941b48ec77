#pragma once

#include "views/state/Theme.h"

#include <QAbstractButton>

namespace brainlike {

/// A flat button that draws its own sign in the theme's colours: play, pause, loop, bounce, or its text (the speed).
class TransportButton : public QAbstractButton {
    Q_OBJECT
public:
    enum class Sign { Play, Pause, Loop, Bounce, Text };

    TransportButton(Sign sign, int diameter, QWidget* parent = nullptr);
    void setSign(Sign sign);
    void setTheme(const Theme& theme);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void drawGround(QPainter& painter) const;
    void drawSign(QPainter& painter) const;

    Sign m_sign;
    int m_diameter;
    Theme m_theme;
};

} // namespace brainlike
