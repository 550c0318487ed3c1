// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"

#include <QString>
#include <QWidget>

class QLineEdit;

namespace palimpsest {

/// Name of a file or folder, typed, dropped or chosen. Names of what lies in the base folder are relative to it.
class PathField : public QWidget {
    Q_OBJECT
public:
    explicit PathField(PathKind kind, QWidget* parent = nullptr);

    void setBaseFolder(const QString& folder) { m_base = folder; }
    void setPath(const QString& path); ///< emits nothing
    [[nodiscard]] QString path() const;
    /// Takes what was chosen or dropped: as edited, with the base folder taken off.
    void choose(const QString& file);
    [[nodiscard]] QLineEdit* line() const { return m_line; }

Q_SIGNALS:
    void edited();
    void finished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void browse(bool folder);

    PathKind m_kind;
    QString m_base;
    QLineEdit* m_line;
};

} // namespace palimpsest
