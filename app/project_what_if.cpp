// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_what_if.h"

#include "app/session.h"
#include "app/what_if_controller.h"
#include "widgets/whatif/what_if_panel.h"

namespace palimpsest {

ProjectWhatIf::ProjectWhatIf(Session& session, WhatIfPanel& panel, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_panel(panel)
    , m_controller(new WhatIfController(panel, this))
{
    RecipeDocument& document = session.document();
    connect(&document, &RecipeDocument::readOnlyChanged, this,
        [this] { m_panel.setReadOnly(m_session.document().readOnlyReason()); });
    connect(&document, &RecipeDocument::recipeChanged, this, &ProjectWhatIf::follow);
    connect(&session, &Session::statesChanged, this, &ProjectWhatIf::follow);
    connect(&session, &Session::resultsChanged, this,
        [this] { m_panel.setResults(m_session.results().results); });
    connect(&session, &Session::projectChanged, this, &ProjectWhatIf::showProject);
}

void ProjectWhatIf::showProject()
{
    m_panel.setResults(nullptr);
    m_panel.setReadOnly(m_session.document().readOnlyReason());
    if (m_session.hasProject()) {
        follow();
    } else {
        m_panel.setRecipe(std::nullopt);
        m_controller->closeProject();
    }
}

void ProjectWhatIf::follow()
{
    if (!m_session.hasProject())
        return;
    m_panel.setRecipe(m_session.document().recipe());
    // States that are of an older recipe would say that its networks are there.
    const bool isKnown = m_session.states().recipe == m_session.document().shared();
    m_controller->setProject(m_session.folder(), m_session.document().shared(),
        isKnown ? m_session.states().stages : std::vector<StageStatus>());
}

} // namespace palimpsest
