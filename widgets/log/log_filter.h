// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/log/log_model.h"

#include <QSortFilterProxyModel>

namespace palimpsest {

/// Entries of a LogModel that contain a text, in any case, and are of a level or above it.
class LogFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit LogFilter(QObject* parent = nullptr);
    void setText(const QString& text);
    void setLevel(LogLevel level);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    LogLevel m_level = LogLevel::Info;
};

} // namespace palimpsest
