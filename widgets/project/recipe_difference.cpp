// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/recipe_difference.h"

#include "core/project/recipe.h"
#include "widgets/project/setting_text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace palimpsest {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RecipeDifference)
};

/// Both have the same keys: they come from the same description.
void compare(
    const Json& before, const Json& after, const QString& path, const QString& prefix, QStringList& lines)
{
    if (before == after)
        return;
    if (!before.is_object()) {
        lines << prefix + Text::tr("%1 %2 → %3").arg(settingLabel(path), valueText(before), valueText(after));
        return;
    }
    for (const auto& item : before.items()) {
        const QString key = QString::fromStdString(item.key());
        if (path.isEmpty() && key == QStringLiteral("tasks"))
            continue;
        compare(item.value(), after.at(item.key()), path.isEmpty() ? key : path + QLatin1Char('.') + key,
            prefix, lines);
    }
}

std::map<std::string, const Json*> tasksByName(const Json& recipe)
{
    std::map<std::string, const Json*> tasks;
    for (const Json& task : recipe.at("tasks"))
        tasks[task.at("name").get<std::string>()] = &task;
    return tasks;
}

/// Names of the tasks that both have, in the order of one of them.
std::vector<std::string> commonOrder(const Json& recipe, const std::map<std::string, const Json*>& other)
{
    std::vector<std::string> names;
    for (const Json& task : recipe.at("tasks"))
        if (const auto name = task.at("name").get<std::string>(); other.contains(name))
            names.push_back(name);
    return names;
}

} // namespace

QStringList recipeDifferences(const Recipe& before, const Recipe& after)
{
    const Json old = toJson(before);
    const Json now = toJson(after);
    QStringList lines;
    compare(old, now, {}, {}, lines);
    const auto oldTasks = tasksByName(old);
    const auto newTasks = tasksByName(now);
    for (const auto& [name, task] : oldTasks) {
        const QString shown = QString::fromStdString(name);
        if (const auto found = newTasks.find(name); found != newTasks.end())
            compare(*task, *found->second, QStringLiteral("task"), shown + QStringLiteral(": "), lines);
        else
            lines << Text::tr("Task %1 is gone").arg(shown);
    }
    for (const auto& [name, task] : newTasks)
        if (!oldTasks.contains(name))
            lines << Text::tr("Task %1 is new").arg(QString::fromStdString(name));
    if (commonOrder(old, newTasks) != commonOrder(now, oldTasks))
        lines << Text::tr("The tasks are in another order");
    return lines;
}

} // namespace palimpsest
