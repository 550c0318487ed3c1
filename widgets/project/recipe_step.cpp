// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/recipe_step.h"

#include "core/project/recipe.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/setting_text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <utility>

namespace palimpsest {

namespace {

constexpr int kStepId = 0x50414C49; ///< apart from the ids of other commands on a shared stack

QString shown(const Json& recipe, const QString& path)
{
    const Json* value = findSetting(recipe, path);
    return value != nullptr ? valueText(*value) : QString();
}

} // namespace

RecipeStep::RecipeStep(RecipeDocument& document, std::shared_ptr<const Recipe> after, const QString& path,
    const QString& text, int generation)
    : QUndoCommand(text)
    , m_document(document)
    , m_before(document.m_recipe)
    , m_after(std::move(after))
    , m_path(path)
    , m_generation(generation)
{
    if (!path.isEmpty())
        describe();
}

void RecipeStep::redo()
{
    m_document.show(m_after);
}

void RecipeStep::undo()
{
    m_document.show(m_before);
}

int RecipeStep::id() const
{
    return m_path.isEmpty() ? -1 : kStepId;
}

bool RecipeStep::mergeWith(const QUndoCommand* other)
{
    const auto* const later = dynamic_cast<const RecipeStep*>(other);
    if (later == nullptr || &later->m_document != &m_document || later->m_path != m_path
        || later->m_generation != m_generation)
        return false;
    m_after = later->m_after;
    describe();
    setObsolete(*m_before == *m_after);
    return true;
}

void RecipeStep::describe()
{
    const Json before = toJson(*m_before);
    const Json after = toJson(*m_after);
    const QString label = settingLabel(m_path);
    const QString from = shown(before, m_path);
    const QString to = shown(after, m_path);
    const Json* const task = findSetting(before, m_path.section(QLatin1Char('.'), 0, 0));
    if (m_path.startsWith(QStringLiteral("tasks[")) && task != nullptr)
        setText(QCoreApplication::translate("RecipeStep", "%1: %2 %3 → %4")
                    .arg(QString::fromStdString(task->at("name").get<std::string>()), label, from, to));
    else
        setText(QCoreApplication::translate("RecipeStep", "%1 %2 → %3").arg(label, from, to));
}

} // namespace palimpsest
