// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/result_strip.h"

#include "core/report/report_summary.h"
#include "widgets/style/text.h"

#include <QHBoxLayout>
#include <QLabel>

#include <optional>

namespace palimpsest {

namespace {

QString linkTo(const char* view, const QString& text)
{
    return QStringLiteral("<a href=\"%1\" style=\"text-decoration: none\">%2</a>")
        .arg(QLatin1String(view), text.toHtmlEscaped());
}

} // namespace

QString memorySentence(const ReportModel& report)
{
    const ReportSummary summary = summarise(report);
    if (!summary.ratio)
        return {};
    return ResultStrip::tr("%1 instead of %2: %3 times smaller.")
        .arg(bytesText(static_cast<double>(report.memory.virtualizedBytes())),
            bytesText(static_cast<double>(report.memory.standaloneBytes)),
            QString::number(*summary.ratio, 'f', 2));
}

QString accuracySentence(const ReportModel& report)
{
    const ReportTask* worst = nullptr; // by how far it is below what its tolerance accepts
    std::optional<double> least;
    for (const ReportTask& task : report.tasks) {
        const std::optional<double> loss = change(task, "standalone");
        if (loss && (!least || *loss + task.tolerance < *least)) {
            least = *loss + task.tolerance;
            worst = &task;
        }
    }
    if (worst == nullptr)
        return {};
    const auto all = static_cast<int>(report.tasks.size());
    const int kept = all - static_cast<int>(summarise(report).tasksBelowTolerance);
    const QString change = pointsText(*palimpsest::change(*worst, "standalone"));
    const QString name = QString::fromStdString(worst->name);
    if (kept == all)
        return ResultStrip::tr(
            "\u2713 All tasks keep their tolerance; %1 is nearest to it: %2 points, accepted "
            "are %3.")
            .arg(name, change, pointsText(-worst->tolerance));
    return ResultStrip::tr(
        "\u2717 %1 of %2 tasks keep their tolerance; %3 loses most: %4 points, accepted are %5.")
        .arg(QString::number(kept), QString::number(all), name, change, pointsText(-worst->tolerance));
}

ResultStrip::ResultStrip(QWidget* parent)
    : QWidget(parent)
    , m_memory(new QLabel)
    , m_accuracy(new QLabel)
{
    setObjectName(QStringLiteral("resultStrip"));
    setAccessibleName(tr("Result"));
    auto* const layout = new QHBoxLayout(this);
    const int margin = fontMetrics().height() / 3;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(fontMetrics().height());
    m_memory->setToolTip(
        tr("Bytes of all networks together, packed and as they were. A click shows the memory."));
    m_accuracy->setToolTip(tr(
        "Test accuracy against each stand-alone network, in percentage points. A click shows the accuracy."));
    for (QLabel* label : { m_memory, m_accuracy }) {
        label->setTextFormat(Qt::RichText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(label, &QLabel::linkActivated, this, &ResultStrip::viewRequested);
        layout->addWidget(label, 1, Qt::AlignTop);
    }
    hide();
}

void ResultStrip::setReport(const ReportModel* report)
{
    const QString memory = report != nullptr ? memorySentence(*report) : QString();
    const QString accuracy = report != nullptr ? accuracySentence(*report) : QString();
    m_text = QStringList { memory, accuracy }.join(QLatin1Char(' ')).trimmed();
    m_memory->setText(linkTo("memory", memory));
    m_accuracy->setText(linkTo("accuracy", accuracy));
    setVisible(!m_text.isEmpty());
}

QString ResultStrip::text() const
{
    return m_text;
}

} // namespace palimpsest
