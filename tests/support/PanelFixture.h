#pragma once

#include "tests/support/FakeScores.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWidget>

#include <memory>
#include <utility>

namespace brainlike::test {

/// What a panel needs, in the order that lets it go safely: runner, scores, selection, and fake scores behind them.
struct PanelFixture {
    explicit PanelFixture(FakeScoresOptions options = {}) : source(std::make_shared<FakeScores>(std::move(options))) {
        Selection first;
        first.model = "model-1";
        first.step = 200000;
        selection.apply(first);
    }
    /// Gives the scores to the panels.
    void open() { scores.setSource(source); }

    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    std::shared_ptr<FakeScores> source;
};

/// Moves the pointer over a widget without a button: a window under Xvfb gets no such events from QTest::mouseMove when
/// the pointer is there already.
inline void hover(QWidget& widget, QPointF position) {
    QMouseEvent event(QEvent::MouseMove, position, widget.mapToGlobal(position), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

/// Moves the pointer with the left button held.
inline void drag(QWidget& widget, QPointF position) {
    QMouseEvent event(QEvent::MouseMove, position, widget.mapToGlobal(position), Qt::NoButton, Qt::LeftButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

/// Draws a lasso around some places, a corner beyond each side of the box that they need.
inline void lasso(QWidget& widget, QRectF box) {
    const QRectF around = box.adjusted(-6, -6, 6, 6);
    QTest::mousePress(&widget, Qt::LeftButton, {}, around.topLeft().toPoint());
    for (const QPointF corner : {around.topRight(), around.bottomRight(), around.bottomLeft(), around.topLeft()})
        drag(widget, corner);
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, around.topLeft().toPoint());
}

} // namespace brainlike::test
