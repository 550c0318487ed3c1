// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tune/tune_dialog.h"

#include "widgets/project/number_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/style/text.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace palimpsest {

namespace {

/// Empty: no number, or not above 0.
std::optional<double> positive(const NumberField& field)
{
    bool isNumber = false;
    const double value = field.json().toDouble(&isNumber);
    return isNumber && value > 0.0 ? std::optional<double>(value) : std::nullopt;
}

} // namespace

TuneDialog::TuneDialog(std::optional<std::int64_t> targetBytes, std::int64_t standaloneBytes, QWidget* parent)
    : QDialog(parent)
    , m_bySize(new QRadioButton(tr("Target &size")))
    , m_byDrop(new QRadioButton(tr("Largest &drop")))
    , m_byNothing(new QRadioButton(tr("&Whole front")))
    , m_size(new NumberField(NumberField::Kind::Integer, QStringLiteral("bytes")))
    , m_drop(new NumberField(NumberField::Kind::Number, QStringLiteral("points")))
    , m_minutes(new NumberField(NumberField::Kind::Number, QStringLiteral("minutes")))
    , m_take(new QCheckBox(tr("Take the &best point and run all stages at the end")))
    , m_problem(new ProblemLabel)
{
    setWindowTitle(tr("Search for a packing"));
    auto* const intro = new QLabel(tr("Storage forms, pages, exclusive pages and steps are tried, on "
                                      "training and validation samples alone. What was tried is kept: "
                                      "a search that is stopped goes on where it was.")
        + (standaloneBytes > 0 ? QLatin1Char(' ')
                    + tr("The networks take %1 in float32.")
                          .arg(bytesText(static_cast<double>(standaloneBytes)))
                               : QString()));
    intro->setWordWrap(true);
    m_bySize->setToolTip(tr("The most accurate packing that is not larger."));
    m_byDrop->setToolTip(tr("The smallest packing whose mean accuracy falls by no more."));
    m_byNothing->setToolTip(tr("No target: sizes from a 4th to a 128th of float32, to choose from."));
    m_size->setObjectName(QStringLiteral("tuneSize"));
    m_size->setAccessibleName(tr("Target size"));
    m_size->setToolTip(tr("Size of all tasks together: pool, exclusive pages, private tensors, tables and "
                          "scales. “46 KB” or 46000; "
                          "1 KB = 1,000 bytes."));
    if (targetBytes)
        m_size->setText(bytesText(static_cast<double>(*targetBytes)));
    m_drop->setObjectName(QStringLiteral("tuneDrop"));
    m_drop->setAccessibleName(tr("Largest drop"));
    m_drop->setToolTip(tr(
        "Mean loss of accuracy over the tasks, in points, against the networks alone given the same steps. "
        "Default: 0.2."));
    m_drop->setText(QStringLiteral("0.2"));
    m_minutes->setObjectName(QStringLiteral("tuneMinutes"));
    m_minutes->setAccessibleName(tr("Time"));
    m_minutes->setToolTip(tr("Time for the tries, in minutes. None is begun that would not end in it; "
                             "training that they need first is "
                             "not counted. Default: 10."));
    m_minutes->setText(QStringLiteral("10"));
    m_take->setChecked(true);
    m_take->setToolTip(tr("The recipe changes in one step that can be undone. Off: the points are shown, and "
                          "nothing is changed. "
                          "Default: on."));
    m_bySize->setChecked(true);

    auto* const grid = new QGridLayout;
    grid->addWidget(m_bySize, 0, 0);
    grid->addWidget(m_size, 0, 1);
    grid->addWidget(m_byDrop, 1, 0);
    grid->addWidget(m_drop, 1, 1);
    grid->addWidget(new QLabel(tr("points")), 1, 2);
    grid->addWidget(m_byNothing, 2, 0);
    auto* const timeLabel = new QLabel(tr("T&ime"));
    timeLabel->setBuddy(m_minutes);
    grid->addWidget(timeLabel, 3, 0);
    grid->addWidget(m_minutes, 3, 1);
    grid->addWidget(new QLabel(tr("minutes")), 3, 2);
    grid->setColumnStretch(3, 1);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_search = buttons->addButton(tr("S&earch"), QDialogButtonBox::AcceptRole);
    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addLayout(grid);
    layout->addWidget(m_take);
    layout->addWidget(m_problem);
    layout->addStretch(1);
    layout->addWidget(buttons);
    m_search->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &TuneDialog::search);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QRadioButton* button : { m_bySize, m_byDrop, m_byNothing })
        connect(button, &QRadioButton::toggled, this, &TuneDialog::check);
    for (NumberField* field : { m_size, m_drop, m_minutes })
        connect(field, &NumberField::edited, this, &TuneDialog::check);
    check();
    m_size->setFocus();
    m_size->selectAll();
}

QString TuneDialog::problem() const
{
    if (m_bySize->isChecked() && !positive(*m_size))
        return tr("Expected a target size, such as “46 KB”.");
    if (m_byDrop->isChecked() && (!positive(*m_drop) || *positive(*m_drop) > 100.0))
        return tr("Expected a largest drop above 0 and up to 100 points, such as 0.2.");
    if (!positive(*m_minutes))
        return tr("Expected a time above 0, in minutes.");
    return {};
}

std::optional<TuneRequest> TuneDialog::request() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    TuneRequest request;
    if (m_bySize->isChecked())
        request.target.bytes = static_cast<std::int64_t>(*positive(*m_size));
    else if (m_byDrop->isChecked())
        request.target.maxDrop = *positive(*m_drop) / 100.0;
    request.seconds = 60.0 * *positive(*m_minutes);
    request.takesBest = m_take->isChecked() && !m_byNothing->isChecked();
    return request;
}

void TuneDialog::check()
{
    m_size->setEnabled(m_bySize->isChecked());
    m_drop->setEnabled(m_byDrop->isChecked());
    m_take->setEnabled(!m_byNothing->isChecked()); // without a target no point is the best
    m_problem->setProblem(problem());
    m_search->setEnabled(problem().isEmpty());
}

void TuneDialog::search()
{
    const std::optional<TuneRequest> asked = request();
    if (!asked)
        return;
    accept();
    Q_EMIT searchRequested(*asked);
}

} // namespace palimpsest
