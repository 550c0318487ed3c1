// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace palimpsest {

class HelpLibrary;

/// Shows one page of a library, with links between pages ("words.md#pool"), tables that can be read, and pictures no wider than
/// the window. Links that lead elsewhere are not followed.
class HelpText : public QTextBrowser {
    Q_OBJECT
public:
    /// `library` outlives it.
    explicit HelpText(const HelpLibrary& library, QWidget* parent = nullptr);

    void showPage(const QString& id);
    [[nodiscard]] QString pageId() const; ///< of what is shown
    /// Marks the next occurrence of a word, from the top where there is none further down.
    void findNext(const QString& word);

    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void doSetSource(const QUrl& url, QTextDocument::ResourceType type) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void styleDocument();
    void fitPictures();
    void scrollTo(const QString& heading);

    const HelpLibrary& m_library;
};

/// "The pool: slots" -> "the-pool-slots": what links to a heading name.
[[nodiscard]] QString headingAnchor(const QString& heading);

} // namespace palimpsest
