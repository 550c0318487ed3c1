// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/page_flow.h"

#include "widgets/report/text_block.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <numeric>

namespace palimpsest {

namespace {

constexpr double kBodyPoints = 9.0;
constexpr double kTablePoints = 8.0;
constexpr double kHeadingPoints[] = { 20.0, 13.0, 10.0 };
/// A picture takes at most so much of a page's height: two stand on one page.
constexpr double kPictureShare = 0.44;
/// A longer word (a hash, a path) does not widen its column: it is broken.
constexpr double kWordShare = 0.35;
/// A row that is longer than a page is begun where at least so many lines of it fit.
constexpr int kDividedLines = 5;

QFont fontOf(double points, bool isBold)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPointSizeF(points);
    font.setBold(isBold);
    font.setHintingPreference(QFont::PreferNoHinting); // widths that hold at every size
    return font;
}

} // namespace

struct PageFlow::Row {
    std::vector<TextBlock> cells;
    [[nodiscard]] double height() const
    {
        double most = 0.0;
        for (const TextBlock& cell : cells)
            most = std::max(most, cell.height());
        return most;
    }
};

PageFlow::PageFlow(QPaintDevice& device, QSizeF page, const QPalette& colors)
    : m_device(device)
    , m_colors(colors)
    , m_body(fontOf(kBodyPoints, false))
    , m_strong(fontOf(kBodyPoints, true))
    , m_small(fontOf(kTablePoints, false))
    , m_headings { fontOf(kHeadingPoints[0], true), fontOf(kHeadingPoints[1], true),
        fontOf(kHeadingPoints[2], true) }
{
    m_line = QFontMetricsF(m_body, &device).height();
    m_footHeight = 2.0 * m_line;
    m_width = page.width();
    m_height = page.height() - m_footHeight;
}

void PageFlow::place(const std::function<void(QPainter&)>& paint)
{
    m_items.push_back({ m_page, paint });
}

void PageFlow::newPage()
{
    ++m_page;
    m_y = 0.0;
}

void PageFlow::reserve(double height)
{
    std::vector<TextBlock> blocks;
    double needed = height;
    for (const auto& [text, level] : m_pendingHeadings) {
        blocks.emplace_back(text, m_headings[level - 1], m_width, Qt::AlignLeft, &m_device);
        needed += blocks.back().height() + 1.4 * m_line;
    }
    if (needed > room() && m_y > 0.0)
        newPage();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const int level = m_pendingHeadings[i].second;
        if (m_y > 0.0)
            m_y += level == 2 ? m_line : 0.4 * m_line;
        if (level == 2) {
            place([y = m_y, width = m_width, color = m_colors.color(QPalette::WindowText)](
                      QPainter& painter) { painter.fillRect(QRectF(0.0, y, width, 1.0), color); });
            m_y += 0.3 * m_line;
        }
        place([block = blocks[i], y = m_y, color = m_colors.color(QPalette::WindowText)](QPainter& painter) {
            painter.setPen(color);
            block.paint(painter, { 0.0, y }, 0, block.lineCount());
        });
        m_y += blocks[i].height() + 0.4 * m_line;
    }
    m_pendingHeadings.clear();
}

void PageFlow::heading(const QString& text, int level)
{
    m_pendingHeadings.emplace_back(text, std::clamp(level, 1, 3));
}

void PageFlow::placeText(const TextBlock& block)
{
    reserve(block.heightOf(0, 2));
    for (int first = 0; first < block.lineCount();) {
        const int count = block.linesWithin(first, room());
        if (count == 0 && m_y > 0.0) {
            newPage();
            continue;
        }
        const int placed = std::max(count, 1);
        place(
            [block, first, placed, y = m_y, color = m_colors.color(QPalette::WindowText)](QPainter& painter) {
                painter.setPen(color);
                block.paint(painter, { 0.0, y }, first, placed);
            });
        m_y += block.heightOf(first, placed);
        first += placed;
    }
}

void PageFlow::paragraph(const QString& text, bool isStrong)
{
    if (text.isEmpty())
        return;
    placeText(TextBlock(text, isStrong ? m_strong : m_body, m_width, Qt::AlignLeft, &m_device));
    m_y += 0.5 * m_line;
}

void PageFlow::figures(const std::vector<FlowFigure>& figures)
{
    if (figures.empty())
        return;
    const double gap = m_line;
    const double padding = 0.6 * m_line;
    const double width = (m_width + gap) / static_cast<double>(figures.size()) - gap;
    struct Box {
        TextBlock label, value, more;
        [[nodiscard]] double height() const { return label.height() + value.height() + more.height(); }
    };
    std::vector<Box> boxes;
    double height = 0.0;
    for (const FlowFigure& figure : figures) {
        const double inner = width - 2.0 * padding;
        boxes.push_back({ TextBlock(figure.label, m_strong, inner, Qt::AlignLeft, &m_device),
            TextBlock(figure.value, m_headings[1], inner, Qt::AlignLeft, &m_device),
            TextBlock(figure.more, m_small, inner, Qt::AlignLeft, &m_device) });
        height = std::max(height, boxes.back().height() + 2.0 * padding);
    }
    reserve(height);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const QRectF frame(static_cast<double>(i) * (width + gap), m_y, width, height);
        place([box = boxes[i], frame, padding, colors = m_colors](QPainter& painter) {
            painter.fillRect(frame, colors.color(QPalette::AlternateBase));
            painter.setPen(colors.color(QPalette::WindowText));
            QPointF at = frame.topLeft() + QPointF(padding, padding);
            for (const TextBlock* block : { &box.label, &box.value, &box.more }) {
                block->paint(painter, at, 0, block->lineCount());
                at.ry() += block->height();
            }
        });
    }
    m_y += height + 0.7 * m_line;
}

std::vector<double> PageFlow::columnWidths(const FlowTable& table) const
{
    QFont head = m_small;
    head.setBold(true);
    const double gap = m_line;
    std::vector<TextWidths> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        TextWidths widest = textWidths(table.columns[c].title, head, &m_device);
        const bool isNumber = table.columns[c].isNumber;
        if (!isNumber)
            widest.whole
                = widest.word; // a title may break at each space; over numbers only where there is no room
        for (const QStringList& row : table.rows) {
            const TextWidths cell = textWidths(row.value(static_cast<qsizetype>(c)), m_small, &m_device);
            widest.whole = std::max(widest.whole, cell.whole);
            widest.word
                = std::max(widest.word, isNumber ? cell.whole : cell.word); // "16.0 KB" stays on its line
        }
        widest.word = std::min(widest.word, kWordShare * m_width);
        widths.push_back({ std::max(widest.whole, widest.word) + gap, widest.word + gap });
    }
    // All get their words; what is left goes to those that want more, in proportion to how much.
    const auto sum = [&](double TextWidths::*part) {
        return std::accumulate(widths.begin(), widths.end(), 0.0,
            [part](double total, const TextWidths& one) { return total + one.*part; });
    };
    const double words = sum(&TextWidths::word);
    const double wanted = sum(&TextWidths::whole) - words;
    std::vector<double> result;
    for (const TextWidths& one : widths) {
        if (words >= m_width) // even then nothing is lost: words are broken
            result.push_back(one.word * m_width / words);
        else
            result.push_back(one.word
                + (wanted > 0.0 ? (one.whole - one.word) * std::min(1.0, (m_width - words) / wanted) : 0.0));
    }
    // A last column of text takes the rest of the line.
    if (!table.columns.empty() && !table.columns.back().isNumber)
        result.back() += std::max(0.0, m_width - std::accumulate(result.begin(), result.end(), 0.0));
    return result;
}

PageFlow::Row PageFlow::layOut(const QStringList& cells, const FlowTable& table,
    const std::vector<double>& widths, const QFont& font) const
{
    Row row;
    for (std::size_t c = 0; c < widths.size(); ++c)
        row.cells.emplace_back(cells.value(static_cast<qsizetype>(c)), font, widths[c] - m_line,
            table.columns[c].isNumber ? Qt::AlignRight : Qt::AlignLeft, &m_device);
    return row;
}

void PageFlow::placeRow(const Row& row, const std::vector<double>& widths, bool isHead)
{
    const double pad = 0.18 * m_line;
    std::vector<int> next(row.cells.size(), 0);
    bool isRest = true;
    while (isRest) {
        // As many lines of each cell as fit; all of them but for a row that is longer than a page.
        isRest = false;
        double height = 0.0;
        std::vector<int> counts;
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const int left = row.cells[c].lineCount() - next[c];
            counts.push_back(std::min(
                left, std::max(row.cells[c].linesWithin(next[c], room() - 2.0 * pad), m_y > 0.0 ? 0 : 1)));
            height = std::max(height, row.cells[c].heightOf(next[c], counts[c]));
            isRest = isRest || counts[c] < left;
        }
        const QRectF frame(0.0, m_y, std::accumulate(widths.begin(), widths.end(), 0.0), height + 2.0 * pad);
        place([row, widths, next, counts, frame, pad, isHead, inset = m_line / 2.0, colors = m_colors](
                  QPainter& painter) {
            if (isHead)
                painter.fillRect(frame, colors.color(QPalette::AlternateBase));
            painter.fillRect(
                QRectF(frame.left(), frame.bottom(), frame.width(), 0.5), colors.color(QPalette::Mid));
            painter.setPen(colors.color(QPalette::WindowText));
            double x = frame.left() + inset;
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                row.cells[c].paint(painter, { x, frame.top() + pad }, next[c], counts[c]);
                x += widths[c];
            }
        });
        m_y += frame.height();
        for (std::size_t c = 0; c < row.cells.size(); ++c)
            next[c] += counts[c];
        if (isRest)
            newPage();
    }
}

void PageFlow::table(const FlowTable& table)
{
    if (table.columns.empty() || table.rows.empty())
        return;
    const std::vector<double> widths = columnWidths(table);
    QFont bold = m_small;
    bold.setBold(true);
    QStringList titles;
    for (const FlowTable::Column& column : table.columns)
        titles << column.title;
    const Row head = layOut(titles, table, widths, bold);
    const double pad = 0.36 * m_line;
    bool isFirst = true;
    for (const QStringList& cells : table.rows) {
        const Row row = layOut(cells, table, widths, m_small);
        const double height = row.height() + pad;
        if (isFirst)
            reserve(head.height() + pad + height);
        else if (height > room()
            && (height <= m_height - head.height() - pad || room() < kDividedLines * m_line))
            newPage();
        if (isFirst || m_y == 0.0)
            placeRow(head, widths, true);
        isFirst = false;
        placeRow(row, widths, false);
    }
    m_y += 0.8 * m_line;
}

void PageFlow::picture(const RecordedPicture& picture)
{
    const double scale
        = std::min(m_width / picture.size.width(), kPictureShare * m_height / picture.size.height());
    const QSizeF size = picture.size * scale;
    heading(picture.title, 3);
    reserve(size.height());
    place([picture, target = QRectF({ 0.0, m_y }, size)](
              QPainter& painter) { playPicture(painter, target, picture); });
    m_y += size.height() + m_line;
}

void PageFlow::paint(QPainter& painter, const std::function<QString(int page)>& foot,
    const std::function<void()>& nextPage) const
{
    int page = 0;
    const auto paintFoot = [&] {
        painter.setPen(m_colors.color(QPalette::WindowText));
        const TextBlock block(foot(page + 1), m_small, m_width, Qt::AlignHCenter, &m_device);
        block.paint(painter, { 0.0, m_height + m_footHeight - block.height() }, 0, block.lineCount());
    };
    for (const Item& item : m_items) {
        for (; page < item.page; ++page) {
            paintFoot();
            nextPage();
        }
        item.paint(painter);
    }
    paintFoot();
}

} // namespace palimpsest
