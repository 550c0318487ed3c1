// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/task_preview.h"

#include "core/base/json.h"
#include "core/project/recipe.h"
#include "widgets/project/class_count_model.h"
#include "widgets/project/layer_model.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/samples_view.h"
#include "widgets/project/section_box.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"
#include "widgets/worker/newest_task.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr int kTypingMs = 400;
constexpr int kLayerRows = 12; ///< that are seen without scrolling
constexpr int kClassRows = 10;

/// All that a task's data are read with.
std::string dataKey(const TaskSettings& task, const fs::path& base)
{
    Recipe recipe;
    recipe.tasks = { task };
    const Json json = toJson(recipe).at("tasks").at(0);
    return base.string() + json.at("data").dump() + json.at("preprocess").dump() + json.at("split").dump();
}

QString errorText(const Error& error)
{
    return sentence(QString::fromStdString(error.text()));
}

/// As high as its rows, up to `most` of them.
void fitHeight(TableView* table, int most)
{
    table->fitColumns();
    const int rows = std::clamp(table->model()->rowCount(), 1, most);
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height()
        + rows * table->verticalHeader()->defaultSectionSize() + 2 * table->frameWidth());
}

} // namespace

TaskPreview::TaskPreview(PreviewReaders readers, QWidget* parent)
    : QWidget(parent)
    , m_readers(std::move(readers))
    , m_networkTask(new NewestTask(this))
    , m_dataTask(new NewestTask(this))
    , m_layers(new LayerModel(this))
    , m_classes(new ClassCountModel(this))
{
    m_fit = new ProblemLabel;
    auto* const content = new QWidget;
    auto* const inner = new QVBoxLayout(content);
    inner->setContentsMargins({});
    inner->addWidget(m_fit);
    inner->addWidget(createNetwork());
    inner->addWidget(createData());
    inner->addStretch(1);
    auto* const area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(content);
    m_page = new EmptyPage(area);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_page);

    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &TaskPreview::read);
    for (NewestTask* task : { m_networkTask, m_dataTask })
        connect(task, &NewestTask::busyChanged, this, [this] {
            if (!isBusy())
                Q_EMIT finished();
        });
    connect(m_networkTask, &NewestTask::failed, this,
        [this](const QString& text) { showNetwork(failure(text.toStdString())); });
    connect(m_dataTask, &NewestTask::failed, this,
        [this](const QString& text) { showData(failure(text.toStdString())); });
    clear(tr("Select a task to see its network and its data."));
}

TaskPreview::~TaskPreview() = default;

QWidget* TaskPreview::createNetwork()
{
    auto* const box = new SectionBox(tr("Network"));
    m_networkText = new QLabel;
    m_networkText->setWordWrap(true);
    m_networkText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_networkProblem = new ProblemLabel;
    m_layerTable = new TableView;
    m_layerTable->setModel(m_layers);
    m_layerTable->setAccessibleName(tr("Layers of the network"));
    box->add(m_networkText);
    box->add(m_networkProblem);
    box->add(m_layerTable);
    return box;
}

QWidget* TaskPreview::createData()
{
    auto* const box = new SectionBox(tr("Data"));
    m_dataText = new QLabel;
    m_dataText->setWordWrap(true);
    m_dataText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_dataProblem = new ProblemLabel;
    m_samples = new SamplesView;
    m_classTable = new TableView;
    m_classTable->setModel(m_classes);
    m_classTable->setAccessibleName(tr("Samples of each class"));
    box->add(m_dataText);
    box->add(m_dataProblem);
    box->add(m_samples);
    box->add(m_classTable);
    return box;
}

void TaskPreview::setTask(const TaskSettings& task, const QString& folder, const QString& dataRoot)
{
    m_task = task;
    m_folder = folder;
    m_dataRoot = dataRoot;
    m_page->showContent();
    const bool isFirst = m_networkKey.empty() && m_dataKey.empty();
    m_delay.start(isFirst ? 0 : kTypingMs);
}

void TaskPreview::clear(const QString& hint)
{
    m_delay.stop();
    m_networkTask->cancel();
    m_dataTask->cancel();
    m_task.reset();
    m_networkKey.clear();
    m_dataKey.clear();
    m_page->showHint(hint);
}

bool TaskPreview::isBusy() const
{
    return m_delay.isActive() || m_networkTask->isBusy() || m_dataTask->isBusy();
}

void TaskPreview::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_task)
        m_delay.start(0);
}

void TaskPreview::read()
{
    if (!m_task || !isVisible())
        return;
    readNetwork();
    readData();
    if (!isBusy())
        Q_EMIT finished();
}

void TaskPreview::readNetwork()
{
    const fs::path file = fs::path(m_folder.toStdString()) / m_task->network;
    std::error_code unknown;
    const auto changed = fs::last_write_time(file, unknown).time_since_epoch().count();
    const std::string key = file.string() + ' ' + std::to_string(changed);
    if (std::exchange(m_networkKey, key) == key)
        return;
    m_networkText->setText(tr("Reading …"));
    m_networkTask->start([this, read = m_readers.network, file](const std::stop_token&) -> NewestTask::Show {
        return [this, network = read(file)] { showNetwork(network); };
    });
}

void TaskPreview::readData()
{
    const fs::path base = m_dataRoot.isEmpty() ? fs::path(m_folder.toStdString())
                                               : fs::path(m_folder.toStdString()) / m_dataRoot.toStdString();
    const std::string key = dataKey(*m_task, base);
    if (std::exchange(m_dataKey, key) == key)
        return;
    m_dataText->setText(tr("Reading …"));
    m_dataTask->start(
        [this, read = m_readers.data, task = *m_task, base](const std::stop_token& stop) -> NewestTask::Show {
            return [this, preview = read(task, base, stop)] { showData(preview); };
        });
}

void TaskPreview::showNetwork(const Result<Network>& network)
{
    m_network = network ? std::optional(*network) : std::nullopt;
    m_networkProblem->setProblem(network ? QString() : errorText(network.error()));
    m_networkText->setVisible(network.ok());
    m_layerTable->setVisible(network.ok());
    if (network) {
        m_layers->setNetwork(*network);
        fitHeight(m_layerTable, kLayerRows);
        m_networkText->setText(
            tr("%1 layers, %2 weights, %3 as float32. It takes samples of shape %4 and has %5 outputs.")
                .arg(network->layers.size())
                .arg(countText(network->trainableCount()),
                    bytesText(4.0 * static_cast<double>(network->trainableCount())),
                    QString::fromStdString(toString(network->inputShape)), countText(network->classes())));
    }
    showFit();
}

void TaskPreview::showData(const Result<DataPreview>& preview)
{
    m_data = preview ? std::optional(*preview) : std::nullopt;
    m_dataProblem->setProblem(preview ? QString() : errorText(preview.error()));
    m_dataText->setVisible(preview.ok());
    m_samples->setVisible(preview.ok());
    m_classTable->setVisible(preview.ok());
    m_samples->setData(m_data);
    m_classes->setData(m_data);
    if (preview) {
        std::int64_t count = 0;
        for (const std::int64_t samples : preview->classCounts)
            count += samples;
        QString text = tr("%1 training samples of shape %2 in %3 classes.")
                           .arg(countText(count), QString::fromStdString(toString(preview->sampleShape)),
                               countText(static_cast<std::int64_t>(preview->classCounts.size())));
        if (preview->inputShape != preview->sampleShape)
            text += QLatin1Char(' ')
                + tr("After preprocessing their shape is %1.")
                      .arg(QString::fromStdString(toString(preview->inputShape)));
        if (preview->sampleRate > 0.0)
            text += QLatin1Char(' ')
                + tr("Sound at %1 Hz.").arg(countText(static_cast<std::int64_t>(preview->sampleRate)));
        m_dataText->setText(text);
        fitHeight(m_classTable, kClassRows);
    }
    showFit();
}

void TaskPreview::showFit()
{
    m_fit->setProblem(
        m_network && m_data ? QString::fromStdString(previewMismatch(*m_network, *m_data)) : QString());
}

} // namespace palimpsest
