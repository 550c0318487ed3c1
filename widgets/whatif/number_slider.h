// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>

class QLabel;
class QSpinBox;

namespace palimpsest {

class MarkedSlider;

/// A number that is dragged on a slider or typed in a box beside it. The box takes any number, also beyond the slider's end.
class NumberSlider : public QWidget {
    Q_OBJECT
public:
    enum class Scale {
        Powers, ///< powers of two; arrows in the box double and halve
        Logarithmic, ///< small numbers have as much room as large ones
    };
    NumberSlider(Scale scale, const QString& name, const QString& tip, QWidget* parent = nullptr);

    /// Of the slider. @pre 0 <= least < most; for powers, both are powers of two
    void setSliderRange(std::int64_t least, std::int64_t most);
    void setLimits(int least, int most); ///< of the box
    void setLeastText(const QString& text); ///< what the box shows for its least number
    /// Emits nothing.
    void setValue(std::int64_t value);
    [[nodiscard]] std::int64_t value() const { return m_value; }
    /// The largest number there is room for; 0: no mark. @param tip  what the mark means
    void setMark(std::int64_t value, const QString& tip);
    [[nodiscard]] QSpinBox* box() const { return m_box; }
    [[nodiscard]] MarkedSlider* slider() const { return m_slider; }

Q_SIGNALS:
    void valueChanged(qint64 value); ///< by the user
    void editingFinished(); ///< the slider was let go, or the box was left

private:
    void take(std::int64_t value);
    [[nodiscard]] int positionOf(std::int64_t value) const;
    [[nodiscard]] std::int64_t valueAt(int position) const;

    Scale m_scale;
    QString m_tip;
    std::int64_t m_least = 0;
    std::int64_t m_most = 1;
    std::int64_t m_value = 0;
    MarkedSlider* m_slider;
    QSpinBox* m_box;
};

} // namespace palimpsest
