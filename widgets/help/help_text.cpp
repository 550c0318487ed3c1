// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/help/help_text.h"

#include "widgets/help/help_library.h"

#include <QEvent>
#include <QFontMetrics>
#include <QImage>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextTable>

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

QString idOf(const QUrl& url)
{
    const QString file = url.fileName();
    return file.endsWith(QStringLiteral(".md")) ? file.chopped(3) : QString();
}

} // namespace

QString headingAnchor(const QString& heading)
{
    QString anchor;
    for (const QChar c : heading.toLower()) {
        if (c.isLetterOrNumber())
            anchor += c;
        else if (!anchor.isEmpty() && !anchor.endsWith(QLatin1Char('-')))
            anchor += QLatin1Char('-');
    }
    return anchor.endsWith(QLatin1Char('-')) ? anchor.chopped(1) : anchor;
}

HelpText::HelpText(const HelpLibrary& library, QWidget* parent)
    : QTextBrowser(parent)
    , m_library(library)
{
    setOpenExternalLinks(false);
    document()->setDocumentMargin(fontMetrics().height());
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(this, &QTextBrowser::historyChanged, this, &HelpText::styleDocument); // also on the way back
}

void HelpText::showPage(const QString& id)
{
    setSource(QUrl(id + QStringLiteral(".md")));
}

QString HelpText::pageId() const
{
    return idOf(source());
}

void HelpText::findNext(const QString& word)
{
    if (!find(word)) {
        moveCursor(QTextCursor::Start);
        find(word);
    }
}

QVariant HelpText::loadResource(int type, const QUrl& name)
{
    if (type == QTextDocument::ImageResource)
        return QImage(QStringLiteral(":/help/shots/%1").arg(name.fileName()));
    const HelpPage* const page = m_library.page(idOf(name));
    return page == nullptr ? QVariant() : QVariant(page->markdown.toUtf8());
}

void HelpText::doSetSource(const QUrl& url, QTextDocument::ResourceType type)
{
    if (!url.isEmpty() && m_library.page(idOf(url)) == nullptr)
        return; // a link that leads nowhere here
    QTextBrowser::doSetSource(
        url, type == QTextDocument::UnknownResource ? QTextDocument::MarkdownResource : type);
    styleDocument();
    scrollTo(url.fragment());
}

void HelpText::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    fitPictures();
}

void HelpText::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        styleDocument();
}

void HelpText::styleDocument()
{
    const QColor line = palette().color(QPalette::Mid);
    const double pad = fontMetrics().height() / 4.0;
    for (QTextFrame* frame : document()->rootFrame()->childFrames()) {
        auto* const table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr)
            continue;
        QTextTableFormat format = table->format();
        format.setCellPadding(pad);
        format.setCellSpacing(0.0);
        format.setBorder(1.0);
        format.setBorderBrush(line);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderCollapse(true);
        format.setHeaderRowCount(1);
        table->setFormat(format);
    }
    fitPictures();
}

void HelpText::fitPictures()
{
    const double widest
        = std::max(viewport()->width() - 2.0 * document()->documentMargin(), 8.0 * fontMetrics().height());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            QTextImageFormat format = part.fragment().charFormat().toImageFormat();
            if (!format.isValid())
                continue;
            const QUrl name(format.name());
            const auto image = loadResource(QTextDocument::ImageResource, name).value<QImage>();
            const double width = std::min(widest, static_cast<double>(image.width()));
            if (image.isNull() || format.width() == width)
                continue;
            QImage shown = image.scaledToWidth( // the document itself would drop lines of it
                static_cast<int>(std::lround(width * devicePixelRatioF())), Qt::SmoothTransformation);
            shown.setDevicePixelRatio(devicePixelRatioF());
            document()->addResource(QTextDocument::ImageResource, name, shown);
            format.setWidth(width);
            format.setHeight(width * image.height() / image.width());
            QTextCursor cursor(document());
            cursor.setPosition(part.fragment().position());
            cursor.setPosition(
                part.fragment().position() + part.fragment().length(), QTextCursor::KeepAnchor);
            cursor.setCharFormat(format);
            break; // the fragments of this block are others now; a page has one picture a paragraph
        }
    }
}

void HelpText::scrollTo(const QString& heading)
{
    verticalScrollBar()->setValue(0);
    if (heading.isEmpty())
        return;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0 || headingAnchor(block.text()) != heading)
            continue;
        setTextCursor(QTextCursor(block));
        verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect().top());
        return;
    }
}

} // namespace palimpsest
