// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"

#include <QString>
#include <QWidget>

class QLabel;

namespace palimpsest {

/// How much smaller the networks became: "93.2 KB instead of 587 KB: 6.31 times smaller."
[[nodiscard]] QString memorySentence(const ReportModel& report);
/// Whether they still work: "✗ 1 of 4 tasks keeps its tolerance; digits loses most: −10.51 points, accepted are −1.00."
[[nodiscard]] QString accuracySentence(const ReportModel& report);

/// Above the views: what a run came to, in two sentences, each a link to the view that says more. Hidden while there is no report.
class ResultStrip : public QWidget {
    Q_OBJECT
public:
    explicit ResultStrip(QWidget* parent = nullptr);

    void setReport(const ReportModel* report); ///< nullptr: there is none
    [[nodiscard]] QString text() const; ///< both sentences, without links; empty while it is hidden

Q_SIGNALS:
    void viewRequested(const QString& id); ///< "memory", "accuracy"

private:
    QLabel* m_memory;
    QLabel* m_accuracy;
    QString m_text;
};

} // namespace palimpsest
