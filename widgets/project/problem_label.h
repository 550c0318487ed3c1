// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace palimpsest {

/// What is wrong with a field, as a sentence beside it, with a warning sign. Hidden while nothing is wrong.
class ProblemLabel : public QLabel {
    Q_OBJECT
public:
    explicit ProblemLabel(QWidget* parent = nullptr);
    void setProblem(const QString& text);
    [[nodiscard]] const QString& problem() const { return m_problem; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void showProblem();

    QString m_problem;
};

} // namespace palimpsest
