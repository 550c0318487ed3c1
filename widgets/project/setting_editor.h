// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/project/recipe.h"

#include <QString>
#include <QWidget>

#include <functional>

namespace palimpsest {

/// The control of one setting: it shows a value, and tells what the user makes of it. It knows no document and checks nothing.
class SettingEditor : public QWidget {
    Q_OBJECT
public:
    /// The editor for the setting's type: numbers, choices, switches, lists, texts, files. nullptr: there is none for it.
    [[nodiscard]] static SettingEditor* create(const SettingInfo& info, QWidget* parent = nullptr);

    using QWidget::QWidget;

    virtual void showValue(const Json& value) = 0; ///< emits nothing
    [[nodiscard]] virtual QString json() const = 0; ///< what stands there now, as JSON text
    [[nodiscard]] virtual QWidget* field() = 0; ///< the part that takes the focus
    /// Folder that file names are relative to.
    virtual void setBaseFolder(const QString& /*folder*/) { }
    /// Which values (JSON text) steps of a number may lead to.
    virtual void setAllowed(std::function<bool(const QString&)> /*isAllowed*/) { }

Q_SIGNALS:
    void edited(const QString& json); ///< at every key or click
    void finished(); ///< the field was left, or Enter pressed
};

} // namespace palimpsest
