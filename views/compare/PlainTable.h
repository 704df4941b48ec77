#pragma once

#include <QBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStringList>
#include <QTableWidget>

namespace brainlike {

/// A table to read and choose rows of, its columns as wide as their texts.
[[nodiscard]] QTableWidget* plainTable(const char* objectName, const QString& accessibleName,
                                       const QStringList& columns, QWidget* parent);

/// Words that wrap and can be copied.
[[nodiscard]] QLabel* plainWords(const char* objectName, QWidget* parent);

/// Least height of a plot below a table.
inline constexpr int plotHeight = 150;

/// A page that scrolls down where there is no room for all of it.
[[nodiscard]] QScrollArea* scrolled(QWidget* page);

/// A page of tables and words with a plot beside or below them, as the layout's direction says.
[[nodiscard]] QBoxLayout* besidePlot(QWidget* page, QLayout* tables, QWidget* plot);

/// The first text at the left, numbers at the right.
void setRow(QTableWidget& table, int row, const QStringList& texts);

/// As high as its rows (eight at most), so that what lies below gets the rest.
void fitHeight(QTableWidget& table);

} // namespace brainlike
