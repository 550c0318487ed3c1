// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/setting_row.h"

#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/setting_editor.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/fonts.h"
#include "widgets/style/text.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QTextDocumentFragment>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace palimpsest {

SettingRow::SettingRow(RecipeDocument& document, SettingInfo info, SettingEditor* editor, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_info(std::move(info))
    , m_label(new QLabel)
    , m_editor(editor)
    , m_unit(new QLabel)
    , m_reset(new QToolButton)
    , m_problem(new ProblemLabel)
{
    const QString name = settingLabel(QString::fromStdString(m_info.path));
    const QString tip = settingToolTip(m_info);
    if (const Result<Json> value = parseJson(m_info.defaultJson, {}); value && !m_info.required)
        m_default = *value;
    m_label->setText(name);
    m_label->setBuddy(m_editor->field());
    m_label->setWordWrap(true);
    m_unit->setForegroundRole(QPalette::PlaceholderText);
    m_reset->setText(QStringLiteral("↺"));
    m_reset->setAutoRaise(true);
    m_reset->setFocusPolicy(Qt::StrongFocus);
    m_reset->setToolTip(tr("Set it back to its default, %1.").arg(valueText(m_default)));
    m_reset->setAccessibleName(tr("Set %1 back to its default").arg(name));
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    m_reset->hide();
    setToolTip(tip);
    for (QWidget* part : m_editor->findChildren<QWidget*>())
        if (part->focusPolicy() != Qt::NoFocus) {
            part->installEventFilter(this);
            if (part->toolTip().isEmpty())
                part->setToolTip(tip);
            const auto* const box = qobject_cast<QCheckBox*>(part);
            if (part->accessibleName().isEmpty())
                part->setAccessibleName(
                    box != nullptr && !box->text().isEmpty() ? tr("%1: %2").arg(name, box->text()) : name);
            part->setAccessibleDescription(QTextDocumentFragment::fromHtml(tip).toPlainText());
        }
    m_editor->setAllowed([this](const QString& json) { return m_document.check(m_path, json).isEmpty(); });

    auto* const layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(0);
    layout->addWidget(m_label, 0, 0);
    layout->addWidget(m_editor, 0, 1);
    layout->addWidget(m_unit, 0, 2);
    layout->addWidget(m_reset, 0, 3);
    layout->addWidget(m_problem, 1, 1, 1, 3);
    layout->setColumnStretch(1, 1);
    showUnit();

    connect(m_editor, &SettingEditor::edited, this, &SettingRow::edit);
    connect(m_editor, &SettingEditor::finished, this, &SettingRow::leave);
    connect(m_reset, &QToolButton::clicked, this, &SettingRow::reset);
}

void SettingRow::setPath(const QString& path)
{
    if (path == m_path)
        return;
    m_path = path;
    m_value = Json(); // of another setting: whatever comes is shown
    setProblem({});
}

void SettingRow::showRecipe(const Json& recipe)
{
    const Json* const value = findSetting(recipe, m_path);
    if (value == nullptr)
        return;
    const bool isNew = *value != m_value;
    m_value = *value;
    if (!m_isEditing && isNew) {
        m_editor->showValue(m_value);
        setProblem({});
    } else if (!m_isEditing && !problem().isEmpty()) {
        setProblem(m_document.check(m_path, m_editor->json())); // another setting may have been in the way
    }
    m_isDefault = m_info.required || m_value == m_default;
    QFont font = m_label->font();
    font.setBold(!m_isDefault);
    m_label->setFont(font);
    m_reset->setVisible(!m_isDefault && m_document.readOnlyReason().isEmpty());
    showUnit();
}

void SettingRow::showUnit()
{
    QString unit = unitText(m_info);
    if (m_info.unit == "bytes" && m_value.is_number() && m_value.get<double>() >= 1000.0)
        unit = tr("= %1").arg(bytesText(m_value.get<double>()));
    m_unit->setText(unit);
    m_unit->setVisible(!unit.isEmpty());
}

QString SettingRow::problem() const
{
    return m_problem->problem();
}

bool SettingRow::matches(const QStringList& words) const
{
    const QString text = QStringLiteral("%1 %2 %3 %4")
                             .arg(m_label->text(), QString::fromStdString(m_info.path),
                                 sectionTitle(sectionOf(QString::fromStdString(m_info.path))),
                                 QTextDocumentFragment::fromHtml(toolTip()).toPlainText())
                             .toLower();
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word); });
}

int SettingRow::labelWidth() const
{
    return QFontMetrics(boldFont(m_label->font())).horizontalAdvance(m_label->text()) + 2;
}

int SettingRow::unitWidth() const
{
    return m_unit->fontMetrics().horizontalAdvance(unitText(m_info)) + 2;
}

void SettingRow::setColumns(int labelWidth, int unitWidth)
{
    m_label->setFixedWidth(labelWidth);
    m_unit->setMinimumWidth(unitWidth);
}

void SettingRow::reset()
{
    m_document.finishEdit();
    setProblem({});
    m_value = Json(); // shown again, also where only the editor had another text
    if (const Status status = m_document.reset(m_path); !status)
        setProblem(sentence(QString::fromStdString(status.error().message)));
    m_document.finishEdit();
}

void SettingRow::edit(const QString& json)
{
    m_isEditing = true;
    const QString problem = m_document.edit(m_path, json);
    m_isEditing = false;
    setProblem(problem);
}

void SettingRow::leave()
{
    if (problem().isEmpty())
        m_editor->showValue(m_value); // in the form it is kept in: "64 KB" becomes 64000
    m_document.finishEdit();
}

void SettingRow::giveUp()
{
    m_editor->showValue(m_value);
    setProblem({});
}

void SettingRow::setProblem(const QString& problem)
{
    m_problem->setProblem(problem);
}

bool SettingRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* const key = static_cast<QKeyEvent*>(event);
    const bool isUndo = key->matches(QKeySequence::Undo);
    const bool isWrong = !problem().isEmpty();
    if (isWrong && (isUndo || key->key() == Qt::Key_Escape)) {
        if (event->type() == QEvent::KeyPress)
            giveUp();
        event->accept();
        return true;
    }
    // Undo is the document's, not that of the line: every right key is a change of the document already.
    if (isUndo || key->matches(QKeySequence::Redo)) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace palimpsest
