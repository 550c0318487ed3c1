// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/help/help_library.h"

#include "widgets/actions/shortcut_help.h"
#include "widgets/help/settings_help.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace palimpsest {

namespace {

constexpr std::array kPages { "index", "firstSteps", "project", "import", "data", "pipeline", "pageMap",
    "inspector", "whatIf", "fisher", "memory", "accuracy", "execution", "compare", "front", "export", "ranks",
    "settings", "keyboard", "words", "formats" };
constexpr int kTitleWeight = 20; ///< a word in a title counts as so many in the text

QString read(const QString& language, const QString& id)
{
    for (const QString& folder : { language, QStringLiteral("en") }) {
        QFile file(QStringLiteral(":/help/%1/%2.md").arg(folder, id));
        if (file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.readAll());
    }
    throw std::logic_error("the help page " + id.toStdString() + " is not in the program");
}

QString titleOf(const QString& markdown)
{
    const QString first = markdown.section(QLatin1Char('\n'), 0, 0);
    return first.startsWith(QStringLiteral("# ")) ? first.mid(2).trimmed() : QString();
}

} // namespace

HelpLibrary::HelpLibrary(const QString& language, const ActionRegistry* actions)
{
    for (const char* name : kPages) {
        const QString id = QLatin1String(name);
        if (id == QStringLiteral("keyboard")) {
            if (actions != nullptr)
                add(id, shortcutHelp(*actions));
        } else {
            const QString text = read(language, id);
            add(id, id == QStringLiteral("settings") ? text + settingsHelp() : text);
        }
    }
}

void HelpLibrary::add(const QString& id, const QString& markdown)
{
    m_pages.push_back({ id, titleOf(markdown), markdown });
}

const HelpPage* HelpLibrary::page(const QString& id) const
{
    const auto found
        = std::find_if(m_pages.begin(), m_pages.end(), [&](const HelpPage& one) { return one.id == id; });
    return found == m_pages.end() ? nullptr : &*found;
}

std::vector<HelpLibrary::Hit> HelpLibrary::search(const QString& text) const
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<int, Hit>> found;
    for (const HelpPage& one : m_pages) {
        int weight = 0;
        Hit hit { one.id, 0 };
        const bool hasAll
            = !words.isEmpty() && std::all_of(words.begin(), words.end(), [&](const QString& word) {
                  const auto count = static_cast<int>(one.markdown.count(word, Qt::CaseInsensitive));
                  hit.count += count;
                  weight
                      += count + kTitleWeight * static_cast<int>(one.title.count(word, Qt::CaseInsensitive));
                  return count > 0;
              });
        if (hasAll)
            found.emplace_back(weight, hit);
    }
    std::stable_sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Hit> hits;
    for (const auto& [weight, hit] : found)
        hits.push_back(hit);
    return hits;
}

} // namespace palimpsest
