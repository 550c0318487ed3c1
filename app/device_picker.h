// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/gpu_module.h"
#include "widgets/job/job_runner.h"

#include <QComboBox>

#include <memory>

namespace palimpsest {

/// Where jobs run. Devices are looked for on a worker thread, which opens CUDA; until they are known, and where there is no
/// CUDA, it is the CPU. What the user chose is taken again as soon as that device is there.
class DevicePicker : public QComboBox {
    Q_OBJECT
public:
    /// @param wanted  "cuda:0", as it was chosen the last time; empty: the first CUDA device, else the CPU
    explicit DevicePicker(const QString& wanted, QWidget* parent = nullptr);

    [[nodiscard]] QString device() const; ///< "cpu", "cuda:0"
    [[nodiscard]] bool isLooking() const { return m_looker.isBusy(); }

Q_SIGNALS:
    void deviceChanged(const QString& device);
    void chosen(const QString& device); ///< by the user
    /// Why CUDA is off; once, where it is.
    void cudaMissing(const QString& reason);

private:
    void showDevices(const DeviceList& list);

    QString m_wanted;
    std::shared_ptr<DeviceList> m_found; ///< written by the looker's thread before it ends
    JobRunner m_looker;
};

} // namespace palimpsest
