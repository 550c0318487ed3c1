// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/pipeline.h"
#include "core/project/settings.h"
#include "widgets/whatif/what_if_values.h"
#include "widgets/worker/newest_task.h"

#include <QObject>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

class WhatIf;
class WhatIfPanel;
struct WhatIfRequest;

/// Answers a what-if panel from a project, on threads of its own: first the bytes, then within about a second a cost, and where that is an
/// estimate, after some more seconds the exact one. The newest choice wins: what runs for an older one is stopped and never
/// shown. Networks, weights and Fisher information are read once, and again when one of them has changed.
class WhatIfController : public QObject {
    Q_OBJECT
public:
    /// `panel` outlives the controller.
    explicit WhatIfController(WhatIfPanel& panel, QObject* parent = nullptr);
    ~WhatIfController() override;

    /// After every edit of the recipe, and whenever the states of its stages have been read. Cheap where nothing that matters has
    /// changed.
    /// @param stages  of the recipe; empty where they are not known
    void setProject(const std::filesystem::path& folder, const std::shared_ptr<const Recipe>& recipe,
        const std::vector<StageStatus>& stages);
    void closeProject();
    [[nodiscard]] bool isBusy() const
    {
        return m_loading.isBusy() || m_answering.isBusy() || m_fitting.isBusy();
    }

private:
    void load();
    void answer(const WhatIfChoice& choice);
    void answerSize(const WhatIfChoice& choice, std::int64_t bytes);
    void answerCost(const WhatIfRequest& request, const WhatIfPrediction& known, double workLimit);

    WhatIfPanel& m_panel;
    std::filesystem::path m_folder;
    std::shared_ptr<const Recipe> m_recipe;
    // Of what m_whatIf was loaded from.
    std::string m_tasksKey;
    std::string m_stagesKey;
    std::shared_ptr<const WhatIf> m_whatIf; ///< nullptr: being loaded, or it cannot be
    QString m_problem; ///< why it cannot
    std::optional<std::int64_t> m_waitingSize; ///< asked for while it was being loaded
    NewestTask m_loading;
    NewestTask m_answering;
    NewestTask m_fitting;
};

} // namespace palimpsest
