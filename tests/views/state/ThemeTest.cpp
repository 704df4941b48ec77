#include "views/state/Theme.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

namespace {

/// Relative luminance and contrast ratio as in WCAG 2.
double luminance(const QColor& color) {
    const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}
double contrast(const QColor& first, const QColor& second) {
    const double a = luminance(first), b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsThePalette() {
        QVERIFY(!Theme::of(Theme::lightPalette()).dark);
        QVERIFY(Theme::of(Theme::darkPalette()).dark);
    }

    void textAndCurvesAreSeen() {
        for (const QPalette& palette : {Theme::lightPalette(), Theme::darkPalette()}) {
            const Theme theme = Theme::of(palette);
            QVERIFY(contrast(theme.text, theme.panel) > 7);
            QVERIFY(contrast(theme.mutedText, theme.panel) > 4.5);
            QVERIFY(contrast(theme.mutedText, theme.window) > 4.5);
            for (const QColor& curve : {theme.encoding, theme.spatial, theme.temporal, theme.accent})
                QVERIFY2(contrast(curve, theme.panel) > 3, qPrintable(curve.name()));
        }
    }
};

QTEST_GUILESS_MAIN(ThemeTest)
#include "ThemeTest.moc"
