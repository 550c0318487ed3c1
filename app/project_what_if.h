// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace palimpsest {

class Session;
class WhatIfController;
class WhatIfPanel;

/// Keeps the what-if panel, and who answers it, at the open project: its recipe after every edit, its stages, its results.
class ProjectWhatIf : public QObject {
    Q_OBJECT
public:
    /// Both outlive this object.
    ProjectWhatIf(Session& session, WhatIfPanel& panel, QObject* parent);

private:
    void showProject();
    void follow();

    Session& m_session;
    WhatIfPanel& m_panel;
    WhatIfController* m_controller;
};

} // namespace palimpsest
