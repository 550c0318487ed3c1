// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/new_project_dialog.h"

#include "widgets/project/problem_label.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace palimpsest {

namespace {

/// Letters that are fine in the name of a folder everywhere.
QString folderName(const QString& name)
{
    QString result;
    for (const QChar c : name.trimmed())
        result += c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' ? c : QChar(u'-');
    while (result.startsWith(u'.'))
        result.remove(0, 1);
    return result;
}

bool isTaken(const QString& folder)
{
    const QFileInfo info(folder);
    return info.exists()
        && (!info.isDir() || !QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

} // namespace

NewProjectDialog::NewProjectDialog(QList<SampleChoice> samples, const QString& place, QWidget* parent)
    : QDialog(parent)
    , m_samples(std::move(samples))
    , m_place(QDir::cleanPath(place))
{
    setWindowTitle(tr("New project"));
    m_problem = new ProblemLabel;
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_create = m_buttons->addButton(tr("&Create"), QDialogButtonBox::AcceptRole);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewProjectDialog::create);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(createSamples(), 1);
    layout->addWidget(createFields());
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 26);
    m_create->setDefault(true); // here: a button that is in no dialog yet cannot be its default
    m_list->setCurrentRow(0);
    m_name->selectAll();
    m_name->setFocus();
}

QWidget* NewProjectDialog::createSamples()
{
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("samples"));
    m_list->setAccessibleName(tr("Samples"));
    m_list->setToolTip(tr("What the project starts with. All of it can be changed afterwards."));
    for (const SampleChoice& sample : m_samples)
        m_list->addItem(sample.title);
    m_list->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_description = new QLabel;
    m_description->setWordWrap(true);
    m_description->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_description->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_description->setMargin(fontMetrics().height() / 2);
    connect(m_list, &QListWidget::currentRowChanged, this, &NewProjectDialog::showSample);
    auto* const box = new QWidget;
    auto* const layout = new QHBoxLayout(box);
    layout->setContentsMargins({});
    layout->addWidget(m_list, 1);
    layout->addWidget(m_description, 2);
    return box;
}

QWidget* NewProjectDialog::createFields()
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("projectName"));
    m_name->setToolTip(tr(
        "Name of the project in the window and in reports. The folder follows it until you choose another."));
    m_folder = new QLineEdit;
    m_folder->setObjectName(QStringLiteral("projectFolder"));
    m_folder->setToolTip(tr("Folder that is made for the project, with its recipe, networks and results."));
    auto* const browse = new QPushButton(tr("&Browse …"));
    browse->setToolTip(tr("Choose the folder in which the project's folder is made."));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &NewProjectDialog::chooseFolder);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNameOwn = true; });
    connect(m_name, &QLineEdit::textChanged, this, [this] {
        suggestFolder();
        check();
    });
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_isFolderOwn = true; });
    connect(m_folder, &QLineEdit::textChanged, this, &NewProjectDialog::check);

    auto* const folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(browse);
    m_fields = new QWidget;
    auto* const layout = new QFormLayout(m_fields);
    layout->setContentsMargins({});
    layout->addRow(tr("&Name:"), m_name);
    layout->addRow(tr("&Folder:"), folder);
    qobject_cast<QLabel*>(layout->labelForField(folder))->setBuddy(m_folder);
    return m_fields;
}

QString NewProjectDialog::sample() const
{
    return m_samples.at(m_list->currentRow()).name;
}

QString NewProjectDialog::name() const
{
    return m_name->text().trimmed();
}

QString NewProjectDialog::folder() const
{
    QString path = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (path == QStringLiteral("~") || path.startsWith(QStringLiteral("~/")))
        path.replace(0, 1, QDir::homePath());
    return QDir::cleanPath(QDir(m_place).absoluteFilePath(path));
}

void NewProjectDialog::showProblem(const QString& text)
{
    m_fields->setEnabled(true);
    m_list->setEnabled(true);
    m_create->setEnabled(true);
    m_problem->setProblem(text);
}

void NewProjectDialog::create()
{
    m_fields->setEnabled(false);
    m_list->setEnabled(false);
    m_create->setEnabled(false);
    Q_EMIT createRequested();
}

void NewProjectDialog::showSample()
{
    const SampleChoice& sample = m_samples.at(m_list->currentRow());
    QString text = QStringLiteral("<h3>%1</h3><p>%2</p>")
                       .arg(sample.title.toHtmlEscaped(), sample.description.toHtmlEscaped());
    for (const QString& line : sample.details.split(u'\n', Qt::SkipEmptyParts))
        text += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
    m_description->setText(text);
    if (!m_isNameOwn)
        m_name->setText(sample.name == QStringLiteral("empty") ? tr("project") : sample.name);
}

void NewProjectDialog::suggestFolder()
{
    const QString base = folderName(m_name->text());
    if (m_isFolderOwn || base.isEmpty())
        return;
    QString folder = QDir(m_place).filePath(base);
    for (int number = 2; isTaken(folder); ++number)
        folder = QDir(m_place).filePath(QStringLiteral("%1-%2").arg(base).arg(number));
    m_folder->setText(QDir::toNativeSeparators(folder));
}

void NewProjectDialog::chooseFolder()
{
    auto* const dialog = new QFileDialog(this, tr("Folder in which the project's folder is made"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(QFileInfo(m_place).isDir() ? m_place : QDir::homePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_place = chosen;
        m_isFolderOwn = false;
        suggestFolder();
    });
    dialog->open();
}

void NewProjectDialog::check()
{
    QString problem;
    if (name().isEmpty())
        problem = tr("Give the project a name.");
    else if (m_folder->text().trimmed().isEmpty())
        problem = tr("Give the folder that is made for the project.");
    else if (isTaken(folder()))
        problem = tr("There is something in %1 already; choose a folder that is empty or not there yet.")
                      .arg(QDir::toNativeSeparators(folder()));
    m_problem->setProblem(problem);
    m_create->setEnabled(problem.isEmpty());
}

} // namespace palimpsest
