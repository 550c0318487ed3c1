// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPointF>
#include <QString>
#include <QTextLayout>

#include <memory>

class QPaintDevice;
class QPainter;

namespace palimpsest {

/// A paragraph, broken into lines of a width: between words, and inside a word that is wider than that. '\n' ends a line.
class TextBlock {
public:
    /// @param device  that it will be painted on; outlives the block
    TextBlock(
        const QString& text, const QFont& font, double width, Qt::Alignment alignment, QPaintDevice* device);

    [[nodiscard]] int lineCount() const { return m_layout->lineCount(); }
    [[nodiscard]] double height() const; ///< 0 where there is no text
    /// Number of lines from `first` on that fit into `room`.
    [[nodiscard]] int linesWithin(int first, double room) const;
    [[nodiscard]] double heightOf(int first, int count) const;
    void paint(QPainter& painter, QPointF topLeft, int first, int count) const;

private:
    std::shared_ptr<QTextLayout> m_layout; // it cannot be copied
};

/// Width of the widest line of a text that is broken at '\n' alone, and of its widest word.
struct TextWidths {
    double whole = 0.0, word = 0.0;
};
[[nodiscard]] TextWidths textWidths(const QString& text, const QFont& font, QPaintDevice* device);

} // namespace palimpsest
