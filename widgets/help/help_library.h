// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace palimpsest {

class ActionRegistry;

struct HelpPage {
    QString id; ///< "pageMap": of a view's page the view's own id
    QString title; ///< its first heading
    QString markdown;
};

/// All help pages in one language: those of resources/help, and those that are made of what the program knows of itself (all
/// settings, all shortcuts). A page that a language lacks is English.
class HelpLibrary {
public:
    /// @param language  "en", "de"
    /// @param actions   nullptr: the page of shortcuts is left out
    explicit HelpLibrary(const QString& language, const ActionRegistry* actions = nullptr);

    [[nodiscard]] const std::vector<HelpPage>& pages() const
    {
        return m_pages;
    } ///< in the order of the contents
    [[nodiscard]] const HelpPage* page(const QString& id) const; ///< nullptr where there is none

    struct Hit {
        QString page; ///< id
        int count = 0; ///< occurrences of all words together
    };
    /// Pages in which every word of `text` occurs, the one with most occurrences in its title or text first.
    [[nodiscard]] std::vector<Hit> search(const QString& text) const;

private:
    void add(const QString& id, const QString& markdown);

    std::vector<HelpPage> m_pages;
};

} // namespace palimpsest
