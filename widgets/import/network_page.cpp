// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/network_page.h"

#include "widgets/import/import_text.h"
#include "widgets/import/mapping_model.h"
#include "widgets/project/layer_model.h"
#include "widgets/project/path_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"
#include "widgets/worker/newest_task.h"

#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr int kTypingMs = 400;

fs::path pathOf(const PathField& field)
{
    const QString text = field.path().trimmed();
    return text.isEmpty() ? fs::path() : fs::path(text.toStdString());
}

QLabel* selectableLabel()
{
    auto* const label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

NetworkPage::NetworkPage(const ImportEngine& engine, NewestTask& worker, QWidget* parent)
    : ImportPage(parent)
    , m_engine(engine)
    , m_worker(worker)
    , m_layerModel(new LayerModel(this))
    , m_mapping(new MappingModel(this))
{
    m_page = new EmptyPage(createContent());
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createForm());
    layout->addWidget(createTrust());
    layout->addWidget(m_page, 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &NetworkPage::read);
    showFields();
    clearNetwork({});
}

QWidget* NetworkPage::createForm()
{
    auto* const fields = new QWidget;
    m_form = new QFormLayout(fields);
    m_form->setContentsMargins({});
    const auto add = [this](const QString& label, QWidget* widget, QWidget* field, const QString& name,
                         const QString& tip) {
        m_form->addRow(label, widget);
        qobject_cast<QLabel*>(m_form->labelForField(widget))->setBuddy(field);
        field->setObjectName(name);
        field->setToolTip(tip);
    };
    m_path = new PathField(PathKind::ProjectFile);
    add(tr("&File:"), m_path, m_path->line(), QStringLiteral("importFile"),
        tr("The file that holds the network. Choose it, type its name or drop it here."));
    m_fileProblem = new ProblemLabel;
    m_form->addRow(QString(), m_fileProblem);
    m_kind = selectableLabel();
    m_form->addRow(tr("What it is:"), m_kind);
    m_hash = selectableLabel();
    m_form->addRow(tr("SHA-256:"), m_hash);
    m_hash->setToolTip(
        tr("The fingerprint of the file's content: two files with the same one are the same."));

    m_layers = new PathField(PathKind::ProjectFile);
    add(tr("&Layer list:"), m_layers, m_layers->line(), QStringLiteral("importLayers"),
        tr("The file holds weights alone. A layer list (.json) says which layers they belong to."));
    m_weights = new PathField(PathKind::ProjectFile);
    add(tr("&Weights:"), m_weights, m_weights->line(), QStringLiteral("importWeights"),
        tr("The file that holds the weights of these layers. Empty: the network is trained by the stage "
           "train."));
    m_shape = new QLineEdit;
    m_shape->setPlaceholderText(
        tr("For example: 3, 32, 32 (channels, height, width). Empty: found where only one size fits"));
    add(tr("&Shape of one sample:"), m_shape, m_shape, QStringLiteral("importShape"),
        tr("The file does not say how large its samples are: channels, height, width of a picture; channels, "
           "length of a "
           "sequence; or the number of features."));
    m_fieldProblem = new ProblemLabel;
    m_form->addRow(QString(), m_fieldProblem);

    connect(m_path, &PathField::finished, this, [this] {
        if (m_path->path() != m_looked)
            look();
    });
    connect(m_path, &PathField::edited, this, [this] { m_beside.clear(); });
    for (PathField* field : { m_layers, m_weights })
        connect(field, &PathField::finished, this, [this] { m_typing.start(0); });
    connect(m_shape, &QLineEdit::textEdited, this, [this] { m_typing.start(); });
    return fields;
}

QWidget* NetworkPage::createTrust()
{
    m_trustBox = new QFrame;
    m_trustBox->setFrameShape(QFrame::StyledPanel);
    m_trustText = selectableLabel();
    auto* const button = new QPushButton(tr("I &trust this file: read it"));
    button->setObjectName(QStringLiteral("trust"));
    button->setToolTip(tr(
        "Remembers the SHA-256 of this file, so that you are asked once; another file is asked for again."));
    connect(button, &QPushButton::clicked, this, &NetworkPage::trust);
    auto* const layout = new QVBoxLayout(m_trustBox);
    layout->addWidget(m_trustText);
    layout->addWidget(button, 0, Qt::AlignLeft);
    return m_trustBox;
}

QWidget* NetworkPage::createContent()
{
    m_summary = selectableLabel();
    m_notes = selectableLabel();
    m_layerTable = new TableView;
    m_layerTable->setModel(m_layerModel);
    m_layerTable->horizontalHeader()->setStretchLastSection(false); // numbers stay beside their layer
    m_layerTable->setAccessibleName(tr("Layers of the network"));
    m_mappingTable = new TableView;
    m_mappingTable->setModel(m_mapping);
    m_mappingTable->setAccessibleName(tr("What became of each tensor of the file"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_layerTable, QString());
    m_tabs->addTab(m_mappingTable, QString());
    auto* const content = new QWidget;
    auto* const layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_summary);
    layout->addWidget(m_notes);
    layout->addWidget(m_tabs, 1);
    return content;
}

QString NetworkPage::title() const
{
    return tr("Network");
}

QString NetworkPage::explanation() const
{
    return tr("What the file holds. Nothing is changed yet: look at the layers, and at what became of each "
              "tensor of the file.");
}

void NetworkPage::enter()
{
    if (m_path->path().isEmpty())
        m_path->setFocus();
}

void NetworkPage::setFile(const QString& file, const QString& beside)
{
    m_path->setPath(QDir::cleanPath(file));
    m_beside = beside;
    look();
}

QString NetworkPage::file() const
{
    return m_path->path();
}

QString NetworkPage::problem() const
{
    return m_fileProblem->problem().isEmpty() ? m_fieldProblem->problem() : m_fileProblem->problem();
}

bool NetworkPage::asksForTrust() const
{
    return m_file && m_file->isProgram && !m_file->isTrusted;
}

void NetworkPage::setShape(const QString& text)
{
    m_shape->setText(text);
    m_typing.start(0);
}

void NetworkPage::look()
{
    m_typing.stop();
    m_file.reset();
    m_fileProblem->setProblem({});
    m_fieldProblem->setProblem({});
    m_looked = m_path->path();
    m_shape->clear();
    showFields();
    clearNetwork({});
    if (m_path->path().isEmpty()) {
        m_worker.cancel();
        return;
    }
    clearNetwork(tr("Reading …"));
    m_worker.start(
        [this, look = m_engine.look, file = pathOf(*m_path)](const std::stop_token&) -> NewestTask::Show {
            return [this, seen = look(file)] { showFile(seen); };
        });
}

void NetworkPage::showFile(const Result<ImportFile>& file)
{
    if (!file) {
        showProblem(file.error());
        return;
    }
    m_file = *file;
    const fs::path beside(m_beside.toStdString());
    if (m_file->takesLayers && !m_beside.isEmpty())
        m_file->layers = beside;
    if (m_file->takesWeights && !m_beside.isEmpty())
        m_file->weights = beside;
    m_layers->setPath(QString::fromStdString(m_file->layers.string()));
    m_weights->setPath(QString::fromStdString(m_file->weights.string()));
    showFields();
    read();
}

void NetworkPage::showFields()
{
    const bool known = m_file.has_value();
    m_form->setRowVisible(m_kind, known);
    m_form->setRowVisible(m_hash, known && !m_file->sha256.empty());
    m_form->setRowVisible(m_layers, known && (m_file->needsLayers || !m_file->layers.empty()));
    m_form->setRowVisible(m_weights, known && m_file->takesWeights);
    m_form->setRowVisible(m_shape, known && m_file->takesShape && !asksForTrust());
    m_trustBox->setVisible(asksForTrust());
    if (!known)
        return;
    m_kind->setText(tr("%1, %2").arg(
        QString::fromStdString(m_file->format), bytesText(static_cast<double>(m_file->bytes))));
    m_hash->setText(QString::fromStdString(m_file->sha256));
    m_trustText->setText(tr("This file is a program, which is run when it is read: a bad one could do harm. "
                            "Read it only if you trust whoever made "
                            "it. You are asked once for each file, by its SHA-256."));
}

void NetworkPage::trust()
{
    if (!asksForTrust())
        return;
    m_worker.start([this, trust = m_engine.trust, look = m_engine.look, file = pathOf(*m_path),
                       hash = m_file->sha256](const std::stop_token&) -> NewestTask::Show {
        const Status trusted = trust(file, hash);
        Result<ImportFile> seen = look(file); // where the content has changed it is asked about that
        return [this, trusted, seen] {
            showFile(seen);
            if (!trusted)
                showProblem(trusted.error());
        };
    });
}

void NetworkPage::read()
{
    m_typing.stop();
    if (!m_file)
        return;
    m_file->layers = pathOf(*m_layers);
    m_file->weights = pathOf(*m_weights);
    m_fileProblem->setProblem({});
    m_fieldProblem->setProblem({});
    if (asksForTrust()) {
        clearNetwork(tr("The file is read when you trust it."));
        return;
    }
    if (!m_file->canBeRead()) {
        clearNetwork(tr("The file holds weights alone. Choose the layer list (.json) that says which layers "
                        "they belong to."));
        return;
    }
    m_options = {};
    m_options.layers = m_file->takesLayers ? m_file->layers : fs::path();
    m_options.weights = m_file->takesWeights ? m_file->weights : fs::path();
    if (m_file->takesShape && !m_shape->text().trimmed().isEmpty()) {
        const auto shape = shapeFromText(m_shape->text());
        if (!shape) {
            clearNetwork({});
            m_fieldProblem->setProblem(
                tr("Expected one to three whole numbers above 0, as in 3, 32, 32, got “%1”.")
                    .arg(m_shape->text()));
            return;
        }
        m_options.inputShape = *shape;
    }
    clearNetwork(tr("Reading …"));
    m_worker.start([this, read = m_engine.read, file = pathOf(*m_path), options = m_options](
                       const std::stop_token&) -> NewestTask::Show {
        return [this, network = read(file, options)] { showNetwork(network); };
    });
}

void NetworkPage::showNetwork(const Result<SharedNetwork>& network)
{
    if (!network) {
        showProblem(network.error());
        return;
    }
    m_fileProblem->setProblem({});
    m_network = *network;
    const NetworkImport& content = m_network->content;
    const Network& layers = content.network.network;
    std::uint64_t bytes = 0;
    QStringList parts;
    for (const ImportedPart& part : m_network->files) {
        bytes += part.bytes;
        parts << tr("%1: %2, SHA-256 %3")
                     .arg(QString::fromStdString(part.path.filename().string()),
                         bytesText(static_cast<double>(part.bytes)), QString::fromStdString(part.sha256));
    }
    const QString format = QString::fromStdString(content.format);
    m_kind->setText(m_network->files.size() == 1
            ? tr("%1, %2").arg(format, bytesText(static_cast<double>(bytes)))
            : tr("%1 in %2 files, %3")
                  .arg(format)
                  .arg(m_network->files.size())
                  .arg(bytesText(static_cast<double>(bytes))));
    m_kind->setToolTip(parts.join(u'\n'));
    m_hash->setText(QString::fromStdString(m_network->files.front().sha256));
    m_form->setRowVisible(m_hash, true);

    m_summary->setText(m_network->hasWeights
            ? tr("%1 layers, %2 weights, %3 as float32. It takes samples of shape %4 and has %5 outputs.")
                  .arg(layers.layers.size())
                  .arg(countText(layers.trainableCount()),
                      bytesText(4.0 * static_cast<double>(layers.trainableCount())),
                      QString::fromStdString(toString(layers.inputShape)), countText(layers.classes()))
            : tr("%1 layers, without weights yet: the stage train makes its %2 weights. It takes samples of "
                 "shape %3 and has %4 "
                 "outputs.")
                  .arg(layers.layers.size())
                  .arg(countText(layers.trainableCount()),
                      QString::fromStdString(toString(layers.inputShape)), countText(layers.classes())));
    QStringList notes;
    for (const std::string& note : content.notes)
        notes << sentence(QString::fromStdString(note));
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_layerModel->setNetwork(layers);
    m_mapping->setNetwork(content);
    m_tabs->setTabText(0, tr("La&yers (%1)").arg(layers.layers.size()));
    m_tabs->setTabText(1,
        m_mapping->skipped() == 0
            ? tr("&Mapping (%1 tensors)").arg(content.tensors.size())
            : tr("&Mapping (%1 tensors, %2 skipped)").arg(content.tensors.size()).arg(m_mapping->skipped()));
    m_layerTable->fitColumns();
    m_mappingTable->fitColumns();
    m_page->showContent();
    Q_EMIT changed();
}

void NetworkPage::showProblem(const Error& error)
{
    clearNetwork(tr("The network is shown here as soon as the file can be read."));
    const bool isOfFields = !m_options.inputShape.empty() || error.where != m_path->path().toStdString();
    ProblemLabel* const place = m_file && isOfFields ? m_fieldProblem : m_fileProblem;
    place->setProblem(sentenceOf(error, m_path->path()));
    if (m_file && m_file->takesLayers)
        m_form->setRowVisible(
            m_layers, true); // a layer list can take the place of a graph that is not understood
}

void NetworkPage::clearNetwork(const QString& hint)
{
    m_network.reset();
    m_page->showHint(hint.isEmpty() ? tr("Choose the file of a network, or drop it here: ONNX, TorchScript, "
                                         "a TensorFlow 1 checkpoint, safetensors, npz, npy, "
                                         "HDF5, or a layer list (.json).")
                                    : hint);
    Q_EMIT changed();
}

} // namespace palimpsest
