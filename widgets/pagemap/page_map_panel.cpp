// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_panel.h"

#include <QVBoxLayout>

namespace palimpsest {

PageMapPanel::PageMapPanel(QWidget* parent)
    : QWidget(parent)
    , m_page(new PageMapPage(m_selection, this))
{
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_page);
}

void PageMapPanel::setPageMap(const std::shared_ptr<const PageMap>& map)
{
    if (!map)
        return m_page->setResults(nullptr);
    auto results = std::make_shared<RunResults>();
    results->pageMap = map;
    for (const std::string& name : map->tasks)
        results->tasks.emplace_back().name = name;
    for (int slot = 0; slot < map->slotCount(); ++slot) {
        for (const SlotTenant& tenant : map->tenantsOf(slot)) {
            std::vector<PageRef>& entries = results->tasks[tenant.task].table.entries;
            entries.resize(std::max<std::size_t>(entries.size(), tenant.page + 1U), PageRef { true, 0 });
            entries[tenant.page] = { false, static_cast<std::uint32_t>(slot) };
        }
    }
    m_page->setResults(results);
}

} // namespace palimpsest
