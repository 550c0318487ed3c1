// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/device_picker.h"

#include "widgets/style/text.h"

#include <algorithm>

namespace palimpsest {

namespace {

QString describe(const DeviceInfo& device)
{
    const QString id = QString::fromStdString(device.id);
    return device.name.empty() ? id : QStringLiteral("%1  %2").arg(id, QString::fromStdString(device.name));
}

} // namespace

DevicePicker::DevicePicker(const QString& wanted, QWidget* parent)
    : QComboBox(parent)
    , m_wanted(wanted)
    , m_found(std::make_shared<DeviceList>())
{
    setObjectName(QStringLiteral("device"));
    setAccessibleName(tr("Device for jobs"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addItem(QStringLiteral("cpu"), QStringLiteral("cpu"));
    setToolTip(tr(
        "Where jobs run. Each device runs one job at a time. Default: the first CUDA device, else the CPU."));
    connect(this, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT deviceChanged(device()); });
    connect(this, &QComboBox::activated, this, [this] {
        m_wanted = device();
        Q_EMIT chosen(m_wanted);
    });
    connect(&m_looker, &JobRunner::stateChanged, this, [this](JobRunner::State state) {
        if (state == JobRunner::State::Finished)
            showDevices(*m_found);
    });
    m_looker.start([found = m_found](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        *found = listDevices();
        return JobEnd::Finished;
    });
}

QString DevicePicker::device() const
{
    return currentData().toString();
}

void DevicePicker::showDevices(const DeviceList& list)
{
    for (const DeviceInfo& device : list.devices) {
        const QString id = QString::fromStdString(device.id);
        int row = findData(id);
        if (row < 0) {
            addItem(describe(device), id);
            row = count() - 1;
        } else {
            setItemText(row, describe(device));
        }
        setItemData(row,
            tr("%1 of memory, %2 free")
                .arg(bytesText(static_cast<double>(device.memoryBytes)),
                    bytesText(static_cast<double>(device.freeBytes))),
            Qt::ToolTipRole);
    }
    // The CPU comes first, so the first CUDA device is the second row.
    setCurrentIndex(m_wanted.isEmpty() ? std::min(1, count() - 1) : std::max(findData(m_wanted), 0));
    if (!list.whyNoCuda.empty()) {
        setToolTip(toolTip() + QStringLiteral("\n\n") + QString::fromStdString(list.whyNoCuda));
        Q_EMIT cudaMissing(QString::fromStdString(list.whyNoCuda));
    }
}

} // namespace palimpsest
