// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/recipe_document.h"

#include "widgets/project/recipe_step.h"
#include "widgets/project/setting_text.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUndoStack>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace palimpsest {

namespace {

constexpr int kUndoLimit = 1000; ///< steps; each holds a recipe of a few kilobytes

/// "tasks.fashion.weight" -> "tasks[0].weight": one path for one setting.
QString indexedPath(const Recipe& recipe, const QString& path)
{
    const QStringList parts = path.split(QLatin1Char('.'));
    if (parts.size() < 3 || parts[0] != QStringLiteral("tasks"))
        return path;
    for (std::size_t i = 0; i < recipe.tasks.size(); ++i)
        if (recipe.tasks[i].name == parts[1].toStdString())
            return QStringLiteral("tasks[%1].%2").arg(i).arg(parts.mid(2).join(QLatin1Char('.')));
    return path;
}

/// The sentence beside a field: without the place, unless it is another setting that is in the way.
QString problemText(const Error& error, const QString& path)
{
    QString where = QString::fromStdString(error.where);
    for (const char* prefix : { "--set: ", "--set " })
        if (where.startsWith(QLatin1String(prefix)))
            where.remove(0, static_cast<qsizetype>(std::char_traits<char>::length(prefix)));
    const QString message = QString::fromStdString(error.message);
    const bool isHere = where.isEmpty() || where == QStringLiteral("--set") || where.startsWith(path);
    return isHere ? sentence(message) : sentence(QStringLiteral("%1: %2").arg(where, message));
}

Result<Recipe> checked(const Recipe& recipe)
{
    return parseRecipe(toJson(recipe), {}, NoTasks::Allow);
}

} // namespace

RecipeDocument::RecipeDocument(QObject* parent)
    : QObject(parent)
    , m_recipe(std::make_shared<const Recipe>())
    , m_ownStack(std::make_unique<QUndoStack>())
    , m_stack(m_ownStack.get())
{
    m_stack->setUndoLimit(kUndoLimit);
    connect(m_stack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT dirtyChanged(!clean); });
}

RecipeDocument::RecipeDocument(QUndoStack& stack, QObject* parent)
    : QObject(parent)
    , m_recipe(std::make_shared<const Recipe>())
    , m_stack(&stack)
{
    connect(m_stack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT dirtyChanged(!clean); });
}

RecipeDocument::~RecipeDocument()
{
    disconnect(m_stack, nullptr, this, nullptr);
    m_stack->clear(); // its steps name this document
}

void RecipeDocument::load(Recipe recipe, bool isSaved)
{
    m_recipe = std::make_shared<const Recipe>(std::move(recipe));
    m_stack->clear();
    if (isSaved)
        m_stack->setClean();
    else
        m_stack->resetClean();
    finishEdit();
    Q_EMIT recipeChanged();
    Q_EMIT loaded();
}

void RecipeDocument::replace(Recipe recipe, const QString& text)
{
    if (recipe != *m_recipe)
        push(std::move(recipe), {}, text);
}

bool RecipeDocument::isDirty() const
{
    return !m_stack->isClean();
}

void RecipeDocument::setClean()
{
    m_stack->setClean();
    finishEdit();
}

void RecipeDocument::setSaved(const std::shared_ptr<const Recipe>& saved)
{
    if (*saved == *m_recipe)
        setClean();
    else
        m_stack->resetClean(); // the step that was saved is not known any more: undoing to it is dirty too
}

void RecipeDocument::setReadOnly(const QString& reason)
{
    if (reason == m_readOnlyReason)
        return;
    m_readOnlyReason = reason;
    Q_EMIT readOnlyChanged();
}

Status RecipeDocument::refuseReadOnly() const
{
    if (m_readOnlyReason.isEmpty())
        return success();
    return Error { ErrorKind::Locked, m_readOnlyReason.toStdString(), {} };
}

Result<Recipe> RecipeDocument::edited(const SettingEdit& edit) const
{
    return applyOverride(
        *m_recipe, indexedPath(*m_recipe, edit.path).toStdString() + "=" + edit.value.toStdString());
}

Status RecipeDocument::set(const QString& path, const QString& value)
{
    PALIMPSEST_CHECK(refuseReadOnly());
    PALIMPSEST_TRY(Recipe recipe, edited({ path, value }));
    if (recipe != *m_recipe)
        push(std::move(recipe), indexedPath(*m_recipe, path), {});
    return success();
}

QString RecipeDocument::edit(const QString& path, const QString& value)
{
    const Status status = set(path, value);
    return status ? QString() : problemText(status.error(), indexedPath(*m_recipe, path));
}

Status RecipeDocument::set(const QList<SettingEdit>& edits, const QString& text)
{
    PALIMPSEST_CHECK(refuseReadOnly());
    Recipe recipe = *m_recipe;
    QList<SettingEdit> left = edits;
    // Some settings allow a value only after another one has changed: what is refused now is tried again after the others.
    while (!left.isEmpty()) {
        QList<SettingEdit> refused;
        std::optional<Error> problem;
        for (const SettingEdit& edit : left) {
            Result<Recipe> next
                = applyOverride(recipe, edit.path.toStdString() + "=" + edit.value.toStdString());
            if (next) {
                recipe = std::move(next).value();
            } else {
                problem = next.error();
                refused.append(edit);
            }
        }
        if (refused.size() == left.size())
            return *problem;
        left = refused;
    }
    replace(std::move(recipe), text);
    return success();
}

Status RecipeDocument::reset(const QString& path)
{
    const std::string wanted = schemaPath(indexedPath(*m_recipe, path)).toStdString();
    for (const SettingInfo& info : recipeSettings())
        if (info.path == wanted && !info.required)
            return set(path, QString::fromStdString(info.defaultJson));
    return badInput("\"" + wanted + "\" has no default");
}

QString RecipeDocument::check(const QString& path, const QString& value) const
{
    const Result<Recipe> recipe = edited({ path, value });
    return recipe ? QString() : problemText(recipe.error(), indexedPath(*m_recipe, path));
}

Status RecipeDocument::pushTasks(std::vector<TaskSettings> tasks, const QString& text)
{
    PALIMPSEST_CHECK(refuseReadOnly());
    Recipe recipe = *m_recipe;
    recipe.tasks = std::move(tasks);
    PALIMPSEST_TRY(recipe, checked(recipe));
    replace(std::move(recipe), text);
    return success();
}

QString RecipeDocument::checkTask(const TaskSettings& task) const
{
    Recipe recipe = *m_recipe;
    recipe.tasks.push_back(task);
    const Result<Recipe> result = checked(recipe);
    return result ? QString()
                  : problemText(result.error(), QStringLiteral("tasks[%1]").arg(m_recipe->tasks.size()));
}

Status RecipeDocument::addTask(const TaskSettings& task, int at)
{
    std::vector<TaskSettings> tasks = m_recipe->tasks;
    const auto size = static_cast<int>(tasks.size());
    tasks.insert(tasks.begin() + (at < 0 || at > size ? size : at), task);
    return pushTasks(std::move(tasks), tr("Add task %1").arg(QString::fromStdString(task.name)));
}

Result<int> RecipeDocument::duplicateTask(int index)
{
    TaskSettings copy = m_recipe->tasks.at(static_cast<std::size_t>(index));
    const QString name = QString::fromStdString(copy.name);
    copy.name = freeTaskName(name).toStdString();
    std::vector<TaskSettings> tasks = m_recipe->tasks;
    tasks.insert(tasks.begin() + index + 1, std::move(copy));
    PALIMPSEST_CHECK(pushTasks(std::move(tasks), tr("Duplicate task %1").arg(name)));
    return index + 1;
}

Status RecipeDocument::removeTask(int index)
{
    std::vector<TaskSettings> tasks = m_recipe->tasks;
    const QString name = QString::fromStdString(tasks.at(static_cast<std::size_t>(index)).name);
    tasks.erase(tasks.begin() + index);
    return pushTasks(std::move(tasks), tr("Remove task %1").arg(name));
}

Status RecipeDocument::moveTask(int from, int to)
{
    std::vector<TaskSettings> tasks = m_recipe->tasks;
    TaskSettings task = tasks.at(static_cast<std::size_t>(from));
    static_cast<void>(tasks.at(static_cast<std::size_t>(to)));
    const QString name = QString::fromStdString(task.name);
    tasks.erase(tasks.begin() + from);
    tasks.insert(tasks.begin() + to, std::move(task));
    return pushTasks(std::move(tasks), tr("Move task %1").arg(name));
}

Status RecipeDocument::setTask(int index, const TaskSettings& task)
{
    std::vector<TaskSettings> tasks = m_recipe->tasks;
    const QString name = QString::fromStdString(tasks.at(static_cast<std::size_t>(index)).name);
    tasks[static_cast<std::size_t>(index)] = task;
    return pushTasks(std::move(tasks), tr("Edit task %1").arg(name));
}

QString RecipeDocument::freeTaskName(const QString& wanted) const
{
    constexpr qsizetype kLongest = 64; ///< of a name in project.json
    const auto isTaken = [this](const QString& name) {
        return std::any_of(m_recipe->tasks.begin(), m_recipe->tasks.end(),
            [&](const TaskSettings& task) { return task.name == name.toStdString(); });
    };
    static const QRegularExpression number(QStringLiteral("-\\d+$"));
    QString base;
    for (const QChar c : (isTaken(wanted) ? QString(wanted).remove(number) : wanted).left(kLongest)) {
        const bool isAllowed = c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'-');
        base += isAllowed ? c : QChar(u'-');
    }
    if (base.isEmpty())
        base = QStringLiteral("task");
    QString name = base;
    for (int next = 2; isTaken(name); ++next) {
        const QString suffix = QStringLiteral("-%1").arg(next);
        name = base.left(kLongest - suffix.size()) + suffix;
    }
    return name;
}

void RecipeDocument::show(std::shared_ptr<const Recipe> recipe)
{
    m_recipe = std::move(recipe);
    Q_EMIT recipeChanged();
}

void RecipeDocument::push(Recipe recipe, const QString& path, const QString& text)
{
    m_stack->push(
        new RecipeStep(*this, std::make_shared<const Recipe>(std::move(recipe)), path, text, m_generation));
}

} // namespace palimpsest
