#include "views/state/CortexAnnotations.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>

using namespace brainlike;

namespace {

/// How far apart the lightest and the darkest pixel of a box are.
int contrastIn(const QImage& image, const QRect& box) {
    int lowest = 255, highest = 0;
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x) {
            lowest = std::min(lowest, image.pixelColor(x, y).lightness());
            highest = std::max(highest, image.pixelColor(x, y).lightness());
        }
    return highest - lowest;
}

} // namespace

class CortexAnnotationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Labels, letters of directions and the scale lie on the brain where it is enlarged.
    void canBeReadOnAnyColour() {
        CortexAnnotations annotations;
        annotations.labels = {{QRectF(20, 10, 160, 20), "Left · lateral"}};
        annotations.orientations = {
            {QPointF(60, 90), {{QPointF(1, 0), 'A'}, {QPointF(0, -1), 'S'}, {QPointF(-1, 0), 'P'}}}};
        annotations.scales = {{QPointF(110, 170), 60, "50 mm"}};
        for (const bool isDark : {false, true}) {
            const Theme theme = Theme::of(isDark ? Theme::darkPalette() : Theme::lightPalette());
            QImage image(200, 200, QImage::Format_RGB32);
            image.fill(theme.mutedText); // the worst that can lie below
            QPainter painter(&image);
            paintCortexAnnotations(painter, annotations, QApplication::font(), theme);
            painter.end();
            for (const QRect box : {QRect(40, 10, 120, 20), QRect(75, 82, 18, 16), QRect(52, 60, 16, 18),
                                    QRect(110, 166, 60, 8), QRect(110, 150, 60, 16)})
                QVERIFY2(contrastIn(image, box) > 60, qPrintable(QStringLiteral("%1, %2").arg(box.x()).arg(box.y())));
        }
    }
};

QTEST_MAIN(CortexAnnotationsTest)
#include "CortexAnnotationsTest.moc"
