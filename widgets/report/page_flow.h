// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/recorded_picture.h"

#include <QFont>
#include <QPalette>
#include <QStringList>

#include <functional>
#include <vector>

class QPaintDevice;
class QPainter;

namespace palimpsest {

class TextBlock;

/// A table: columns by their alignment, rows of as many cells as there are columns.
struct FlowTable {
    struct Column {
        QString title;
        bool isNumber = false; ///< stands at the right
    };
    std::vector<Column> columns;
    std::vector<QStringList> rows;
};

/// A figure that leads a report: what it is, its value, what else there is to say.
struct FlowFigure {
    QString label, value, more;
};

/// Sets text, tables and pictures on pages one below the other, and paints the pages when it is known how many there are.
///
/// Nothing is cut off: text breaks into lines, a table goes on with its head on the next page, a row that is longer than a page
/// is divided. A heading stays with what follows it. Lengths are 1/96 inch, the unit of `device`.
class PageFlow {
public:
    /// @param device  that the pages will be painted on: fonts are measured for it; outlives the flow
    /// @param page    what can be painted on of each page
    PageFlow(QPaintDevice& device, QSizeF page, const QPalette& colors);

    void heading(const QString& text, int level); ///< 1: of the report, 2: of a section, 3
    void paragraph(const QString& text, bool isStrong = false);
    void figures(const std::vector<FlowFigure>& figures);
    void table(const FlowTable& table);
    void picture(const RecordedPicture& picture);
    void newPage();

    [[nodiscard]] int pageCount() const { return m_page + 1; }
    /// Paints all pages.
    /// @param foot      gives the line below page `page` of pageCount(), from 1
    /// @param nextPage  called between two pages
    void paint(QPainter& painter, const std::function<QString(int page)>& foot,
        const std::function<void()>& nextPage) const;

private:
    struct Item {
        int page;
        std::function<void(QPainter&)> paint;
    };
    struct Row;
    void place(const std::function<void(QPainter&)>& paint);
    void reserve(double height); ///< pending headings and `height` below them are on one page after that
    [[nodiscard]] double room() const { return m_height - m_y; }
    [[nodiscard]] std::vector<double> columnWidths(const FlowTable& table) const;
    [[nodiscard]] Row layOut(const QStringList& cells, const FlowTable& table,
        const std::vector<double>& widths, const QFont& font) const;
    void placeRow(const Row& row, const std::vector<double>& widths, bool isHead);
    void placeText(const TextBlock& block);

    QPaintDevice& m_device;
    QPalette m_colors;
    QFont m_body, m_strong, m_small, m_headings[3];
    double m_width = 0.0, m_height = 0.0; ///< of the part of a page that is filled
    double m_footHeight = 0.0;
    double m_line = 0.0; ///< height of a line of body text: what distances are counted in
    double m_y = 0.0;
    int m_page = 0;
    std::vector<std::pair<QString, int>> m_pendingHeadings;
    std::vector<Item> m_items;
};

} // namespace palimpsest
