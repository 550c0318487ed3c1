// SPDX-License-Identifier: Apache-2.0
#include "core/report/svg_writer.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(SvgWriter, NumbersAreShort)
{
    EXPECT_EQ(svgNumber(12.0), "12");
    EXPECT_EQ(svgNumber(12.50), "12.5");
    EXPECT_EQ(svgNumber(0.126), "0.13");
    EXPECT_EQ(svgNumber(-0.001), "0");
    EXPECT_EQ(svgNumber(100.0), "100");
    EXPECT_EQ(svgPercent(0.123456), "12.35%");
}

TEST(SvgWriter, NamesItselfAndEscapesEverything)
{
    SvgWriter svg({ "id", "a < b", "\"c\" & 'd'" }, { { "class", "x\"y" } });
    svg.open("g", {});
    svg.element("rect", { { "width", "1" } }, "tip <b>");
    svg.text("1 < 2", { { "x", "0" } });
    svg.rowTitle("<l>", "&v", 3.0);
    EXPECT_EQ(std::move(svg).finish(),
        "<svg class=\"x&quot;y\" role=\"img\" aria-labelledby=\"id-title id-desc\">\n"
        "<title id=\"id-title\">a &lt; b</title>\n"
        "<desc id=\"id-desc\">&quot;c&quot; &amp; &#39;d&#39;</desc>\n"
        "<g>\n"
        "<rect width=\"1\"><title>tip &lt;b&gt;</title></rect>\n"
        "<text x=\"0\">1 &lt; 2</text>\n"
        "<text x=\"0\" y=\"3\"><tspan class=\"label\">&lt;l&gt;</tspan><tspan class=\"value\" "
        "dx=\"10\">&amp;v</tspan></text>\n"
        "</g>\n</svg>\n");
}

} // namespace
} // namespace palimpsest
