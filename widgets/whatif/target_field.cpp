// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/whatif/target_field.h"

#include "widgets/project/number_field.h"
#include "widgets/project/problem_label.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace palimpsest {

TargetField::TargetField(QWidget* parent)
    : QWidget(parent)
    , m_field(new NumberField(NumberField::Kind::Integer, QStringLiteral("bytes")))
    , m_problem(new ProblemLabel)
{
    m_field->setObjectName(QStringLiteral("whatIfTarget"));
    m_field->setAccessibleName(tr("Target size"));
    m_field->setToolTip(tr(
        "Size of all networks together, such as “46 KB” (1 KB = 1,000 bytes). The pool gets as many slots as "
        "fit, with pages of this size and these exclusive pages. No default."));
    m_field->findChild<QLineEdit*>()->setPlaceholderText(tr("such as 46 KB"));
    m_problem->setWordWrap(true);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_field);
    layout->addWidget(m_problem);
    setFocusProxy(m_field);
    connect(m_field, &NumberField::edited, this, &TargetField::onEdited);
}

std::optional<std::int64_t> TargetField::bytes() const
{
    bool isNumber = false;
    const qlonglong bytes = m_field->json().toLongLong(&isNumber);
    return isNumber && bytes > 0 ? std::optional<std::int64_t>(bytes) : std::nullopt;
}

void TargetField::setProblem(const QString& text)
{
    m_problem->setProblem(text);
}

void TargetField::clear()
{
    m_field->setText({});
    m_problem->setProblem({});
}

void TargetField::onEdited()
{
    m_problem->setProblem({});
    if (const std::optional<std::int64_t> size = bytes())
        Q_EMIT targetEdited(*size);
    else if (!m_field->text().trimmed().isEmpty())
        m_problem->setProblem(tr("Expected a target size, such as “46 KB”."));
}

} // namespace palimpsest
