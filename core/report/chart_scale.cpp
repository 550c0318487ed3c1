// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"

#include "core/report/number_format.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

std::vector<double> niceTicks(double low, double high, int count)
{
    if (!(std::isfinite(low) && std::isfinite(high)) || high < low)
        low = 0.0, high = 1.0;
    if (high - low < 1e-12 * std::max(1.0, std::abs(high))) {
        low -= 0.5;
        high += 0.5;
    }
    const double rough = (high - low) / std::max(1, count);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double ratio = rough / power;
    const double step = power * (ratio <= 1.0 ? 1.0 : ratio <= 2.0 ? 2.0 : ratio <= 5.0 ? 5.0 : 10.0);
    const auto first = static_cast<long>(std::floor(low / step + 1e-9));
    const auto last = static_cast<long>(std::ceil(high / step - 1e-9));
    std::vector<double> ticks;
    for (long i = first; i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

std::vector<std::string> tickTexts(const std::vector<double>& ticks)
{
    const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0;
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
    std::vector<std::string> texts;
    for (const double tick : ticks)
        texts.push_back(fixedText(tick, decimals));
    return texts;
}

std::vector<double> decadeTicks(double low, double high)
{
    const auto first = static_cast<int>(std::floor(std::log10(low) + 1e-9));
    const auto last = std::max(first + 1, static_cast<int>(std::ceil(std::log10(high) - 1e-9)));
    std::vector<double> ticks;
    for (int exponent = first; exponent <= last; ++exponent)
        ticks.push_back(std::pow(10.0, exponent));
    return ticks;
}

double linearPosition(double value, double low, double high)
{
    return high > low ? std::clamp((value - low) / (high - low), 0.0, 1.0) : 0.0;
}

double logPosition(double value, double low, double high)
{
    return value > 0.0 ? linearPosition(std::log(value), std::log(low), std::log(high)) : 0.0;
}

} // namespace palimpsest
