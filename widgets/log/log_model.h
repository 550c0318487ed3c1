// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QTimer>

#include <deque>
#include <vector>

namespace palimpsest {

enum class LogLevel { Info, Warning, Error };

[[nodiscard]] QString logLevelText(LogLevel level); ///< "warning"

struct LogEntry {
    QDateTime time; ///< of the newest of equal ones
    LogLevel level = LogLevel::Info;
    QString text;
    int count = 1; ///< how often it came, one after the other
};

/// What the window's log holds: the newest 10,000 entries. Entries are shown in batches, ten times a second, so that a
/// talkative job costs the window nothing; an entry equal to the one before only raises its count.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, LevelColumn, TextColumn, ColumnCount };
    enum Role { LevelRole = Qt::UserRole }; ///< int of LogLevel
    static constexpr int kMaxEntries = 10'000;

    explicit LogModel(QObject* parent = nullptr);

    void add(LogLevel level, const QString& text);
    /// Shows what waits; for those who look at once.
    void flush();
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::deque<LogEntry> m_entries;
    std::vector<LogEntry> m_waiting;
    QTimer m_timer;
};

} // namespace palimpsest
