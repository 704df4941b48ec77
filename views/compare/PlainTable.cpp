#include "views/compare/PlainTable.h"

#include <QHeaderView>
#include <QStyle>

#include <algorithm>

namespace brainlike {

QTableWidget* plainTable(const char* objectName, const QString& accessibleName, const QStringList& columns,
                         QWidget* parent) {
    auto* table = new QTableWidget(0, static_cast<int>(columns.size()), parent);
    table->setObjectName(objectName);
    table->setAccessibleName(accessibleName);
    table->setHorizontalHeaderLabels(columns);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setHighlightSections(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    return table;
}

QLabel* plainWords(const char* objectName, QWidget* parent) {
    auto* words = new QLabel(parent);
    words->setObjectName(objectName);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return words;
}

QScrollArea* scrolled(QWidget* page) {
    auto* area = new QScrollArea(page->parentWidget());
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

QBoxLayout* besidePlot(QWidget* page, QLayout* tables, QWidget* plot) {
    auto* layout = new QBoxLayout(QBoxLayout::TopToBottom, page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(tables);
    layout->addWidget(plot, 1);
    return layout;
}

void setRow(QTableWidget& table, int row, const QStringList& texts) {
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(texts[column]);
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        table.setItem(row, column, item);
    }
}

void fitHeight(QTableWidget& table) {
    int height = table.horizontalHeader()->sizeHint().height() + 2;
    for (int row = 0; row < std::min(table.rowCount(), 8); ++row)
        height += table.rowHeight(row);
    table.setFixedHeight(height + table.style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

} // namespace brainlike
