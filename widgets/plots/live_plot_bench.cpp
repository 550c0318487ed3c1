// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/live_plot_bench.h"

#include "widgets/plots/curve_plot.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace palimpsest {

namespace {

constexpr int kCurves = 4;
constexpr int kFrames = 200; ///< until all points are there, at most
constexpr int kFewestPoints = 400; ///< of a frame

double milliseconds(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Frames a second of `change`, which is given the number of the frame.
template <class Change> double framesPerSecond(CurvePlot& plot, Change change)
{
    constexpr int kMoves = 40;
    QElapsedTimer timer;
    timer.start();
    for (int move = 0; move < kMoves; ++move) {
        plot.setRange(change(static_cast<double>(move) / kMoves));
        plot.paintNow();
    }
    return 1e3 * kMoves / milliseconds(timer);
}

} // namespace

LivePlotBenchResult benchLivePlot(int points)
{
    CurvePlot plot;
    plot.setAttribute(Qt::WA_DontShowOnScreen);
    plot.resize(1280, 800);
    plot.setAxes({ QStringLiteral("Step") }, { QStringLiteral("Loss") });
    std::vector<std::shared_ptr<CurveStore>> curves;
    for (int task = 0; task < kCurves; ++task) {
        CurveLook look;
        look.name = QString::number(task);
        look.task = task;
        curves.push_back(std::make_shared<CurveStore>());
        plot.addCurve(look, curves.back());
    }
    plot.show();

    LivePlotBenchResult result;
    result.curves = kCurves;
    result.framePoints = std::max(points / kFrames, kFewestPoints) / kCurves * kCurves;
    std::mt19937 random(1); // NOLINT: the same curves each time
    std::normal_distribution<double> noise(0.0, 0.1);
    std::vector<double> frames;
    QElapsedTimer timer;
    double step = 0.0;
    while (result.points + result.framePoints <= std::max(points, result.framePoints)) {
        timer.start();
        for (int i = 0; i < result.framePoints / kCurves; ++i, ++step)
            for (std::size_t task = 0; task < curves.size(); ++task)
                curves[task]->append(
                    step, static_cast<double>(task) + 100.0 / (step + 100.0) + noise(random));
        plot.dataChanged();
        plot.paintNow();
        frames.push_back(milliseconds(timer));
        result.points += result.framePoints;
    }
    result.appendFrameWorstMs = *std::ranges::max_element(frames);
    std::vector<double> newest(frames.end() - std::min<std::ptrdiff_t>(std::ssize(frames), 20), frames.end());
    std::ranges::nth_element(newest, newest.begin() + std::ssize(newest) / 2);
    result.appendFrameMedianMs = newest[newest.size() / 2];

    const QRectF whole = plot.range();
    result.panFramesPerSecond = framesPerSecond(
        plot, [&whole](double share) { return whole.translated((0.5 - share) * whole.width(), 0.0); });
    result.zoomFramesPerSecond = framesPerSecond(plot, [&whole](double share) {
        QRectF part = whole;
        part.setWidth(whole.width() * std::pow(1e-3, share));
        part.moveCenter(whole.center());
        return part;
    });
    std::size_t bytes = 0;
    for (const auto& curve : curves)
        bytes += curve->byteCount();
    result.bytesPerPoint = static_cast<double>(bytes) / result.points;
    return result;
}

} // namespace palimpsest
