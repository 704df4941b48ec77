#include "app/window/PanelStacks.h"

#include "app/window/PanelDock.h"

#include <QLabel>
#include <QMainWindow>
#include <QTabBar>
#include <QtTest>

#include <memory>

using namespace brainlike;

namespace {

/// A window with panels that ask for as much as the real ones do.
struct Stacked {
    Stacked() {
        window.setCentralWidget(new QLabel("cortex"));
        window.centralWidget()->setMinimumSize(320, 240);
        window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
        for (const char* name : {"time", "maps"})
            upper << dock(name, Qt::RightDockWidgetArea);
        for (const char* name : {"layers", "halfTimes", "areas"})
            lower << dock(name, Qt::RightDockWidgetArea);
        window.tabifyDockWidget(upper[0], upper[1]);
        window.tabifyDockWidget(lower[0], lower[1]);
        window.tabifyDockWidget(lower[1], lower[2]);
        bar = dock("bar", Qt::BottomDockWidgetArea);
        bar->setTitleBarWidget(new QWidget(bar));
        stacks = std::make_unique<PanelStacks>(window, PanelStacks::Docks{upper, lower, bar});
    }
    PanelDock* dock(const char* name, Qt::DockWidgetArea area) {
        auto* panel = new QLabel(name);
        panel->setObjectName(name);
        panel->setMinimumSize(260, area == Qt::RightDockWidgetArea ? 300 : 160);
        auto* made =
            new PanelDock(name, panel, &window,
                          area == Qt::BottomDockWidgetArea ? PanelDock::WhenLow::Keep : PanelDock::WhenLow::Scroll);
        window.addDockWidget(area, made);
        return made;
    }
    void show(int width, int height) {
        window.resize(width, height);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        stacks->arrange(460, 270);
    }
    QRect placeOf(const QWidget* widget) const { return {widget->mapTo(&window, QPoint(0, 0)), widget->size()}; }
    /// Panels that are seen, and tab bars: none lies over another one or out of the window.
    void verifyApart() const {
        QList<QRect> places{placeOf(window.centralWidget()), placeOf(bar)};
        for (const QDockWidget* dock : upper + lower)
            if (dock->isVisible() && !dock->visibleRegion().isEmpty())
                places << placeOf(dock);
        for (const auto* tabs : window.findChildren<QTabBar*>(Qt::FindDirectChildrenOnly))
            if (tabs->isVisible()) {
                places << placeOf(tabs);
                QVERIFY(tabs->height() >= tabs->sizeHint().height());
            }
        for (qsizetype at = 0; at < places.size(); ++at) {
            QVERIFY2(window.rect().contains(places[at]),
                     qPrintable(QString("%1 at %2").arg(at).arg(places[at].bottom())));
            for (qsizetype other = 0; other < at; ++other)
                QVERIFY2(!places[at].intersects(places[other]), qPrintable(QString("%1 and %2").arg(at).arg(other)));
        }
    }
    bool isStacked() const { return window.tabifiedDockWidgets(upper[0]).contains(lower[0]); }

    QMainWindow window;
    QList<QDockWidget*> upper, lower;
    PanelDock* bar;
    std::unique_ptr<PanelStacks> stacks;
};

} // namespace

class PanelStacksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void panelsFitIntoLowWindows_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1480 x 960") << 1480 << 960;
        QTest::newRow("1280 x 800") << 1280 << 800;
        QTest::newRow("1280 x 760") << 1280 << 760;
        QTest::newRow("1024 x 680") << 1024 << 680;
    }
    void panelsFitIntoLowWindows() {
        QFETCH(int, width);
        QFETCH(int, height);
        Stacked shown;
        shown.show(width, height);
        QVERIFY2(shown.window.minimumSizeHint().height() <= 640,
                 qPrintable(QString::number(shown.window.minimumSizeHint().height())));
        QCOMPARE(shown.window.size(), QSize(width, height));
        QTRY_COMPARE(shown.isStacked(), height < 840);
        QTRY_VERIFY(shown.upper[0]->isVisible());
        QCoreApplication::processEvents();
        shown.verifyApart();
    }

    void theBarIsLowerInLowWindows() {
        Stacked high, low;
        high.show(1480, 960);
        low.show(1280, 700);
        QTRY_COMPARE(high.bar->height(), 270);
        QTRY_VERIFY(low.bar->height() < 190);
    }

    void stacksFollowTheWindow() {
        Stacked shown;
        shown.show(1480, 960);
        QTRY_COMPARE(shown.stacks->isSingle(), std::optional(false));
        QVERIFY(!shown.isStacked());
        shown.lower[1]->raise();
        shown.lower[2]->hide();
        shown.window.resize(1280, 760);
        QTRY_COMPARE(shown.stacks->isSingle(), std::optional(true));
        QVERIFY(shown.isStacked());
        QVERIFY(shown.lower[2]->isHidden()); // what was closed stays closed
        shown.window.resize(1480, 960);
        QTRY_COMPARE(shown.stacks->isSingle(), std::optional(false));
        QVERIFY(!shown.isStacked());
        QVERIFY(shown.window.tabifiedDockWidgets(shown.lower[0]).contains(shown.lower[1]));
        QVERIFY(shown.lower[2]->isHidden());
        QTRY_VERIFY(!shown.upper[0]->visibleRegion().isEmpty());
        QTRY_VERIFY(shown.placeOf(shown.lower[0]).top() > shown.placeOf(shown.upper[0]).top());
        shown.verifyApart();
    }

    void whatWasTakenElsewhereStaysThere() {
        Stacked shown;
        shown.show(1480, 960);
        shown.lower[1]->setFloating(true);
        shown.window.addDockWidget(Qt::LeftDockWidgetArea, shown.lower[2]);
        shown.window.resize(1280, 760);
        QTRY_VERIFY(shown.isStacked());
        QVERIFY(shown.lower[1]->isFloating());
        QCOMPARE(shown.window.dockWidgetArea(shown.lower[2]), Qt::LeftDockWidgetArea);
    }
};

QTEST_MAIN(PanelStacksTest)
#include "PanelStacksTest.moc"
