// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/shortcut_editor.h"

#include "widgets/actions/action_registry.h"
#include "widgets/actions/shortcut_model.h"
#include "widgets/tables/table_view.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace palimpsest {

ShortcutEditor::ShortcutEditor(ActionRegistry& registry, QWidget* parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_model(new ShortcutModel(registry, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_table(new TableView(this))
    , m_record(new QKeySequenceEdit(this))
    , m_sentence(new QLabel(this))
    , m_assign(new QPushButton(tr("&Assign"), this))
    , m_remove(new QPushButton(tr("Re&move"), this))
    , m_reset(new QPushButton(tr("&Default"), this))
{
    setWindowTitle(tr("Keyboard shortcuts"));
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(ShortcutModel::SearchRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(0);

    m_search->setPlaceholderText(tr("Search for an action or a shortcut"));
    m_search->setAccessibleName(tr("Search for an action or a shortcut"));
    m_search->setClearButtonEnabled(true);
    m_table->setModel(m_proxy);
    m_table->setAccessibleName(tr("Actions and their shortcuts"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->fitColumns();
    auto* const recordLabel = new QLabel(tr("&New shortcut:"), this);
    recordLabel->setBuddy(m_record);
    m_record->setToolTip(tr("Click here and press the keys, up to four after each other."));
    m_record->setAccessibleName(tr("New shortcut"));
    m_sentence->setObjectName(QStringLiteral("shortcutSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setMinimumHeight(2 * fontMetrics().lineSpacing()); // the dialog does not jump
    m_assign->setToolTip(tr("Gives the selected action this shortcut in place of those that it has"));
    m_remove->setToolTip(tr("Takes all shortcuts from the selected action"));
    m_reset->setToolTip(tr("Gives the selected action its default shortcuts again"));
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* const resetAll = buttons->addButton(tr("Defaults for a&ll"), QDialogButtonBox::ResetRole);
    resetAll->setToolTip(tr("Gives every action its default shortcuts again"));
    for (QPushButton* button : { m_assign, m_remove, m_reset, resetAll })
        button->setAutoDefault(false); // Enter belongs to the search line and to recording

    auto* const edit = new QHBoxLayout;
    edit->addWidget(recordLabel);
    edit->addWidget(m_record, 1);
    for (QPushButton* button : { m_assign, m_remove, m_reset })
        edit->addWidget(button);
    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    layout->addLayout(edit);
    layout->addWidget(m_sentence);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 32);

    connect(m_search, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ShortcutEditor::showSelected);
    connect(m_record, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutEditor::showConflict);
    connect(m_assign, &QPushButton::clicked, this, &ShortcutEditor::assign);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_registry.setShortcuts(selectedId(), {}); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        for (const ActionRegistry::Entry& entry : m_registry.entries()) {
            if (entry.action->objectName() == selectedId())
                m_registry.setShortcuts(selectedId(), entry.defaults);
        }
    });
    connect(resetAll, &QPushButton::clicked, &m_registry, &ActionRegistry::resetShortcuts);
    connect(&m_registry, &ActionRegistry::shortcutsChanged, this, &ShortcutEditor::showConflict);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    showSelected();
}

QString ShortcutEditor::selectedId() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.constFirst().data(ShortcutModel::IdRole).toString();
}

void ShortcutEditor::showSelected()
{
    m_record->clear();
    showConflict();
}

void ShortcutEditor::showConflict()
{
    const QString id = selectedId();
    const QAction* const action = m_registry.action(id);
    const QKeySequence wanted = m_record->keySequence();
    const QAction* const other = m_registry.actionWith(wanted);
    m_record->setEnabled(action != nullptr);
    m_assign->setEnabled(action != nullptr && !wanted.isEmpty() && other != action);
    m_remove->setEnabled(action != nullptr && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action != nullptr);
    if (action == nullptr) {
        m_sentence->setText(tr("Select an action to change its shortcut."));
    } else if (wanted.isEmpty()) {
        m_sentence->setText(action->shortcuts().isEmpty()
                ? tr("“%1” has no shortcut.").arg(plainActionText(*action))
                : tr("“%1” has %2.").arg(plainActionText(*action), shortcutText(action->shortcuts())));
    } else if (other == action) {
        m_sentence->setText(
            tr("“%1” has %2 already.").arg(plainActionText(*action), shortcutText({ wanted })));
    } else if (other != nullptr) {
        m_sentence->setText(tr("%1 belongs to “%2”; to assign it takes it away from there.")
                                .arg(shortcutText({ wanted }), plainActionText(*other)));
    } else {
        m_sentence->setText(tr("%1 is free.").arg(shortcutText({ wanted })));
    }
}

void ShortcutEditor::assign()
{
    m_registry.setShortcuts(selectedId(), { m_record->keySequence() });
    m_record->clear();
}

} // namespace palimpsest
