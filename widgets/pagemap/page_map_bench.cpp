// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_bench.h"

#include "widgets/pagemap/page_map_view.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <functional>

namespace palimpsest {

namespace {

constexpr QSize kViewSize(1280, 800);
constexpr int kPanFrames = 240;
constexpr int kZoomFrames = 240;

std::shared_ptr<const RunResults> madeUpRun(int cells)
{
    auto run = std::make_shared<RunResults>();
    TaskResults& task = run->tasks.emplace_back();
    task.name = "made up";
    std::vector<double> costs;
    for (int slot = 0; slot < cells; ++slot) {
        task.table.entries.push_back({ false, static_cast<std::uint32_t>(slot) });
        costs.push_back(1.0 + slot % 97); // neighbours of different colours
    }
    run->pageMap
        = std::make_shared<const PageMap>(makePageMap({ task.name }, std::span(&task.table, 1), costs, 64));
    return run;
}

/// Paints frames, each after a step, and takes the time of both.
class Clock {
public:
    explicit Clock(PageMapView& view)
        : m_view(view)
        , m_image(view.viewport()->size(), QImage::Format_RGB32)
    {
    }

    /// @return frames a second
    double run(int frames, const std::function<void(int)>& step)
    {
        QElapsedTimer whole;
        whole.start();
        for (int frame = 0; frame < frames; ++frame) {
            QElapsedTimer one;
            one.start();
            step(frame);
            m_view.viewport()->render(&m_image);
            slowestMs = std::max(slowestMs, static_cast<double>(one.nsecsElapsed()) * 1e-6);
        }
        return frames / (static_cast<double>(whole.nsecsElapsed()) * 1e-9);
    }

    double slowestMs = 0.0;

private:
    PageMapView& m_view;
    QImage m_image;
};

} // namespace

PageMapBenchResult benchPageMap(int cells)
{
    const std::shared_ptr<const RunResults> run = madeUpRun(cells);
    PageMapView view;
    view.resize(kViewSize);
    view.ensurePolished();
    view.setQuantity(PageQuantity::Cost);
    view.setResults(run);
    while (view.isBusy())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    view.viewport()->resize(kViewSize); // a view that was never shown has not laid itself out

    Clock clock(view);
    clock.run(10, [](int) {}); // fonts and caches
    clock.slowestMs = 0.0;
    PageMapBenchResult result;
    result.cells = cells;
    const QPointF centre = view.viewport()->rect().center();
    const double largest = 1000.0;
    result.panFramesPerSecond = clock.run(kPanFrames, [&](int frame) {
        if (frame % 60 == 0) // once each at 1, 4, 16 and 64
            view.setZoom(std::pow(4.0, frame / 60), centre);
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + 7);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 7);
    });
    result.zoomFramesPerSecond = clock.run(kZoomFrames, [&](int frame) {
        const double way = 1.0 - std::abs(2.0 * frame / kZoomFrames - 1.0); // 0 to 1 and back
        view.setZoom(std::pow(largest, way), centre);
    });
    result.slowestFrameMs = clock.slowestMs;
    result.plainBytes = static_cast<std::int64_t>(run->pageMap->tenants.size() * sizeof(SlotTenant)
        + run->pageMap->costs.size() * sizeof(float)
        + run->pageMap->firstTenant.size() * sizeof(std::uint32_t));
    result.totalBytes = result.plainBytes + view.extraBytes()
        + std::int64_t { 4 } * view.viewport()->width() * view.viewport()->height();
    return result;
}

} // namespace palimpsest
