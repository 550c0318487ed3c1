// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/settings_form.h"

#include "core/project/recipe.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/section_box.h"
#include "widgets/project/setting_editor.h"
#include "widgets/project/setting_row.h"
#include "widgets/project/setting_text.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace palimpsest {

namespace {

const QString kTasks = QStringLiteral("tasks[].");

} // namespace

SettingsForm::SettingsForm(RecipeDocument& document, Scope scope, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_scope(scope)
{
    m_readOnly = new QLabel;
    m_readOnly->setWordWrap(true);
    m_readOnly->setMargin(fontMetrics().height() / 3);
    m_readOnly->setFrameShape(QFrame::StyledPanel);
    m_readOnly->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_nothing = new QLabel(tr("No setting matches. Clear the search field to see all of them."));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    auto* const content = new QWidget;
    createRows(content);
    m_area = new QScrollArea;
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(content);
    m_area->setFocusPolicy(Qt::NoFocus);

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createSearch());
    layout->addWidget(m_readOnly);
    layout->addWidget(m_nothing);
    layout->addWidget(m_area, 1);
    m_area->setMinimumWidth(
        content->minimumSizeHint().width() + m_area->verticalScrollBar()->sizeHint().width());

    connect(&m_document, &RecipeDocument::recipeChanged, this, &SettingsForm::refresh);
    connect(&m_document, &RecipeDocument::readOnlyChanged, this, &SettingsForm::refresh);
    refresh();
}

QWidget* SettingsForm::createSearch()
{
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("settingSearch"));
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->setAccessibleName(tr("Search settings"));
    m_search->setToolTip(tr("Shows the settings whose name or explanation has all of these words."));
    m_search->setClearButtonEnabled(true);
    m_changed = new QToolButton;
    m_changed->setObjectName(QStringLiteral("onlyChanged"));
    m_changed->setText(tr("Changed"));
    m_changed->setToolTip(tr("Shows only the settings that are not at their defaults."));
    m_changed->setCheckable(true);
    m_changed->setFocusPolicy(Qt::StrongFocus);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsForm::applyFilter);
    connect(m_changed, &QToolButton::toggled, this, &SettingsForm::applyFilter);
    auto* const bar = new QWidget;
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    layout->addWidget(m_search, 1);
    layout->addWidget(m_changed);
    return bar;
}

void SettingsForm::createRows(QWidget* content)
{
    auto* const layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    QString title;
    int labelWidth = 0;
    int unitWidth = 0;
    for (const SettingInfo& info : recipeSettings()) {
        const QString path = QString::fromStdString(info.path);
        if (path.startsWith(kTasks) != (m_scope == Scope::Task))
            continue;
        SettingEditor* const editor = SettingEditor::create(info);
        if (editor == nullptr)
            continue;
        const QString section = m_scope == Scope::Task && sectionOf(path).isEmpty()
            ? tr("Task")
            : sectionTitle(sectionOf(path));
        auto found = std::find_if(m_sections.begin(), m_sections.end(),
            [&](const Section& known) { return known.box->title() == section; });
        if (found == m_sections.end()) {
            m_sections.push_back({ new SectionBox(section), {} });
            found = std::prev(m_sections.end());
            const bool isInner = sectionOf(path).contains(u'.'); // of some formats alone: "data.columns"
            found->box->setUnfolded(!isInner);
            layout->addWidget(found->box);
        }
        auto* const row = new SettingRow(m_document, info, editor);
        row->setObjectName(path);
        labelWidth = std::max(labelWidth, row->labelWidth());
        unitWidth = std::max(unitWidth, row->unitWidth());
        found->box->add(row);
        found->rows.push_back(row);
        m_rows.push_back(row);
        if (m_scope == Scope::Project)
            row->setPath(path);
    }
    labelWidth = std::min(labelWidth, fontMetrics().averageCharWidth() * 22);
    for (SettingRow* row : m_rows)
        row->setColumns(labelWidth, unitWidth);
    layout->addStretch(1);
}

void SettingsForm::setTask(int index)
{
    m_task = index;
    for (SettingRow* row : m_rows)
        row->setPath(QString::fromStdString(row->info().path)
                         .replace(QStringLiteral("[]"), QStringLiteral("[%1]").arg(index)));
    refresh();
}

void SettingsForm::setFolder(const QString& folder)
{
    m_folder = folder;
    updateBaseFolders();
}

void SettingsForm::updateBaseFolders()
{
    const QString dataRoot = QString::fromStdString(m_document.recipe().dataRoot);
    const QString dataFolder = dataRoot.isEmpty() ? m_folder : QDir(m_folder).absoluteFilePath(dataRoot);
    for (SettingRow* row : m_rows) {
        const PathKind kind = row->info().pathKind;
        const bool isData = kind == PathKind::DataFile || kind == PathKind::DataPath;
        row->editor()->setBaseFolder(isData ? dataFolder : m_folder);
    }
}

void SettingsForm::refresh()
{
    const QString& reason = m_document.readOnlyReason();
    m_readOnly->setText(reason);
    m_readOnly->setVisible(!reason.isEmpty());
    const auto taskCount = static_cast<int>(m_document.recipe().tasks.size());
    const bool hasValues = m_scope == Scope::Project || (m_task >= 0 && m_task < taskCount);
    m_area->widget()->setEnabled(reason.isEmpty() && hasValues);
    if (!hasValues)
        return;
    const Json recipe = toJson(m_document.recipe());
    for (SettingRow* row : m_rows)
        row->showRecipe(recipe);
    updateBaseFolders();
    if (m_changed->isChecked())
        applyFilter();
}

void SettingsForm::setFilter(const QString& text)
{
    m_search->setText(text);
}

void SettingsForm::setOnlyChanged(bool onlyChanged)
{
    m_changed->setChecked(onlyChanged);
}

void SettingsForm::applyFilter()
{
    const QStringList words = m_search->text().toLower().split(u' ', Qt::SkipEmptyParts);
    const bool onlyChanged = m_changed->isChecked();
    bool isAnyShown = false;
    for (const Section& section : m_sections) {
        bool isSectionShown = false;
        for (SettingRow* row : section.rows) {
            // A row that one types in stays, also when it comes to its default.
            const bool isShown = row->matches(words)
                && (!onlyChanged || !row->isDefault() || !row->problem().isEmpty()
                    || row->isAncestorOf(QApplication::focusWidget()));
            row->setVisible(isShown);
            isSectionShown = isSectionShown || isShown;
        }
        section.box->setVisible(isSectionShown);
        if (!words.isEmpty() && isSectionShown)
            section.box->setUnfolded(true);
        isAnyShown = isAnyShown || isSectionShown;
    }
    m_nothing->setVisible(!isAnyShown);
}

bool SettingsForm::focusSetting(const QString& path)
{
    SettingRow* const wanted = row(schemaPath(path));
    if (wanted == nullptr)
        return false;
    m_search->clear();
    m_changed->setChecked(false);
    for (const Section& section : m_sections)
        if (std::find(section.rows.begin(), section.rows.end(), wanted) != section.rows.end())
            section.box->setUnfolded(true);
    m_area->widget()->layout()->activate();
    m_area->ensureWidgetVisible(wanted);
    wanted->editor()->field()->setFocus(Qt::OtherFocusReason);
    return true;
}

SettingRow* SettingsForm::row(const QString& schemaPath) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const SettingRow* one) { return QString::fromStdString(one->info().path) == schemaPath; });
    return found == m_rows.end() ? nullptr : *found;
}

} // namespace palimpsest
