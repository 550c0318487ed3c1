// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/help/help_library.h"

#include <QWidget>

class QLineEdit;
class QListWidget;

namespace palimpsest {

class HelpText;

/// The help window: contents and search at the left, a page at the right, back and forward.
class HelpBrowser : public QWidget {
    Q_OBJECT
public:
    explicit HelpBrowser(HelpLibrary library, QWidget* parent = nullptr);

    /// Shows a page, and the window; the first page where there is none of that id.
    void showPage(const QString& id);
    [[nodiscard]] QString pageId() const;

private:
    void search(const QString& text);
    void showContents();
    void markCurrent();

    HelpLibrary m_library;
    HelpText* m_text;
    QLineEdit* m_search;
    QListWidget* m_list;
};

} // namespace palimpsest
