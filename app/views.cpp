// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/views.h"

#include "widgets/accuracy/accuracy_view.h"
#include "widgets/compare/compare_view.h"
#include "widgets/execution/execution_view.h"
#include "widgets/fisher/fisher_view.h"
#include "widgets/memory/memory_view.h"
#include "widgets/pagemap/page_map_page.h"
#include "widgets/tune/tune_view.h"

namespace palimpsest {

std::vector<View*> makeViews(Selection& selection, QWidget* parent)
{
    return { new PageMapPage(selection, parent), new FisherView(selection, parent),
        new MemoryView(selection, parent), new AccuracyView(selection, parent),
        new ExecutionView(selection, parent), new CompareView(selection, parent),
        new TuneView(selection, parent) };
}

} // namespace palimpsest
