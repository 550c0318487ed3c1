// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_map_page.h"
#include "widgets/view/selection.h"

#include <QWidget>

namespace palimpsest {

/// A page map by itself: PageMapPage with a selection of its own, for a window that shows nothing else of a run.
class PageMapPanel : public QWidget {
    Q_OBJECT
public:
    explicit PageMapPanel(QWidget* parent = nullptr);
    void setPageMap(const std::shared_ptr<const PageMap>& map);

private:
    Selection m_selection;
    PageMapPage* m_page;
};

} // namespace palimpsest
