// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/preview_data.h"

#include <QList>
#include <QPixmap>
#include <QWidget>

#include <optional>

namespace palimpsest {

/// Samples of a data set, small: pictures as pictures, everything else as curves, each with the name of its class and, below it,
/// of the class that a network takes it for, where it was asked.
class SamplesView : public QWidget {
    Q_OBJECT
public:
    explicit SamplesView(QWidget* parent = nullptr);
    void setData(const std::optional<DataPreview>& preview);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QString caption(int sample) const; ///< name of its class
    [[nodiscard]] QString prediction(int sample) const; ///< "✓ ship", "✗ cat"; empty: none

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int columns(int width) const;
    [[nodiscard]] QString className(std::int32_t label) const;
    [[nodiscard]] int lines() const; ///< of text below a sample
    [[nodiscard]] QSize cellSize() const; ///< with text and gap
    [[nodiscard]] QRect cell(int sample) const;
    void paintCurves(QPainter& painter, const QRectF& place, const PreviewSample& sample) const;
    [[nodiscard]] QString describe(int sample) const;

    std::optional<DataPreview> m_data;
    QList<QImage> m_pictures; ///< one a sample; empty where samples are curves
    float m_least = 0.0F; ///< over all samples that are shown
    float m_most = 1.0F;
};

} // namespace palimpsest
