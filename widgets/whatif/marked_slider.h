// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

#include <optional>

namespace palimpsest {

/// A horizontal slider with one mark: what lies right of it is more than there is room for.
class MarkedSlider : public QSlider {
    Q_OBJECT
public:
    explicit MarkedSlider(QWidget* parent = nullptr);
    void setMark(std::optional<int> position); ///< of the slider; outside its range: none is painted

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<int> m_mark;
};

} // namespace palimpsest
