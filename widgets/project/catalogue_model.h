// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/catalogue.h"

#include <QAbstractTableModel>

#include <vector>

namespace palimpsest {

/// The data sets that the program knows by name: title, licence, size of what would be fetched, and whether they are here.
class CatalogueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TitleColumn, StateColumn, SizeColumn, LicenceColumn, ColumnCount };
    enum class Presence { Unknown, Present, Missing };

    explicit CatalogueModel(std::vector<CatalogueEntry> entries, QObject* parent = nullptr);
    void setPresence(int row, Presence presence);
    [[nodiscard]] Presence presence(int row) const { return m_presence.at(static_cast<std::size_t>(row)); }
    [[nodiscard]] const CatalogueEntry& entry(int row) const
    {
        return m_entries.at(static_cast<std::size_t>(row));
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString stateText(std::size_t row) const;

    std::vector<CatalogueEntry> m_entries;
    std::vector<Presence> m_presence;
};

} // namespace palimpsest
