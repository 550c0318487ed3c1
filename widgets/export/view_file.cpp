// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export/view_file.h"

#include "core/base/file.h"
#include "widgets/view/view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QSvgGenerator>

#include <filesystem>

namespace palimpsest {

namespace {

QSize sizeOf(const View& view, const PictureOptions& options)
{
    return options.size.isEmpty() ? view.size() : options.size;
}

std::filesystem::path filePath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

Status writePng(const std::filesystem::path& path, const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return failure("the picture could not be turned into PNG", path.string());
    return writeFileAtomically(path, { bytes.constData(), static_cast<std::size_t>(bytes.size()) });
}

Status writeBytes(const std::filesystem::path& path, const QByteArray& bytes)
{
    return writeFileAtomically(path, { bytes.constData(), static_cast<std::size_t>(bytes.size()) });
}

} // namespace

QImage viewImage(const View& view, const PictureOptions& options)
{
    const QSize size = sizeOf(view, options);
    QImage image(size * options.pixelRatio, QImage::Format_RGB32);
    if (image.isNull())
        return {}; // more memory than there is
    image.setDevicePixelRatio(options.pixelRatio);
    image.fill(view.palette().color(QPalette::Base));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    return view.paintTo(painter, QRectF(QPointF(), QSizeF(size))) ? image : QImage();
}

QByteArray viewSvg(const View& view, const PictureOptions& options)
{
    const QSize size = sizeOf(view, options);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setResolution(96); // of CSS: a point of the screen is a unit
    generator.setTitle(view.title());
    generator.setDescription(QCoreApplication::translate("ViewExporter", "Made by Palimpsest"));
    QPainter painter(&generator);
    const bool isPainted = view.paintTo(painter, QRectF(QPointF(), QSizeF(size)));
    painter.end(); // writes it
    return isPainted ? bytes : QByteArray();
}

Result<ViewFormat> formatOf(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QStringLiteral("png"))
        return ViewFormat::Png;
    if (suffix == QStringLiteral("svg"))
        return ViewFormat::Svg;
    if (suffix == QStringLiteral("csv"))
        return ViewFormat::Csv;
    return badInput("expected a file name that ends in .png, .svg or .csv, got \""
        + QFileInfo(path).fileName().toStdString() + "\"; choose one of them");
}

Result<std::function<Status()>> takeViewFile(
    const View& view, const QString& path, ViewFormat format, const PictureOptions& options)
{
    const std::filesystem::path file = filePath(path);
    const auto nothing = [&view] {
        return badInput("the view " + view.title().toStdString()
            + " has nothing to save yet; it says itself how to fill it");
    };
    switch (format) {
    case ViewFormat::Png: {
        QImage image = viewImage(view, options);
        if (image.isNull())
            return nothing();
        return std::function<Status()>([file, image = std::move(image)] { return writePng(file, image); });
    }
    case ViewFormat::Svg: {
        QByteArray bytes = viewSvg(view, options);
        if (bytes.isEmpty())
            return nothing();
        return std::function<Status()>([file, bytes = std::move(bytes)] { return writeBytes(file, bytes); });
    }
    case ViewFormat::Csv:
        break;
    }
    QString text = view.csv();
    if (text.isEmpty())
        return nothing();
    return std::function<Status()>(
        [file, text = std::move(text)] { return writeBytes(file, text.toUtf8()); });
}

} // namespace palimpsest
