// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"

#include <QString>
#include <QUndoCommand>

#include <memory>

namespace palimpsest {

class RecipeDocument;

/// One step of a RecipeDocument: the recipe before and after it. Steps share their recipes with their neighbours.
class RecipeStep : public QUndoCommand {
public:
    /// @param path  the setting that the step changes, "tasks[0].weight"; empty: the step never merges, and `text` names it
    RecipeStep(RecipeDocument& document, std::shared_ptr<const Recipe> after, const QString& path,
        const QString& text, int generation);

    void redo() override;
    void undo() override;
    [[nodiscard]] int id() const override;
    /// Takes in a later step that changes the same setting in the same generation. A step that changes nothing any more is
    /// obsolete.
    bool mergeWith(const QUndoCommand* other) override;

private:
    void describe();

    RecipeDocument& m_document;
    std::shared_ptr<const Recipe> m_before;
    std::shared_ptr<const Recipe> m_after;
    QString m_path;
    int m_generation;
};

} // namespace palimpsest
