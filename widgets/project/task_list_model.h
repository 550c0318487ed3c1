// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace palimpsest {

class RecipeDocument;

/// The tasks of a recipe in their order, each with its colour. Renaming a row and dropping it elsewhere are edits of the
/// document.
class TaskListModel : public QAbstractListModel {
    Q_OBJECT
public:
    /// `document` outlives the model.
    explicit TaskListModel(RecipeDocument& document, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    // Dragging a row to another place.
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) override;

Q_SIGNALS:
    void refused(const QString& problem); ///< a name that was typed, as a sentence
    /// A row was dropped; the selection goes there.
    void moved(int row);

private:
    void update();

    RecipeDocument& m_document;
    QStringList m_names; ///< as the views know them
};

} // namespace palimpsest
