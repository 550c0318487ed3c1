// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QAbstractItemModel;

namespace palimpsest {

/// A read-only table as all views use it: whole rows, sorting kept fast for many rows, Ctrl+C copies the selection (or all where
/// nothing is selected) as tab-separated text with its headers.
class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget* parent = nullptr);
    /// Makes the columns as wide as their headers and first rows need.
    void fitColumns();
    [[nodiscard]] QString selectionAsText() const;
    void copySelection();

Q_SIGNALS:
    /// The user wants the table as a file. Offered in the context menu where someone listens.
    void saveRequested();

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace palimpsest
