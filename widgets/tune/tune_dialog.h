// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tune/tune_request.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QPushButton;
class QRadioButton;

namespace palimpsest {

class NumberField;
class ProblemLabel;

/// Asks for the target of a search for a packing, its time, and what happens at its end.
class TuneDialog : public QDialog {
    Q_OBJECT
public:
    /// @param standaloneBytes  of all networks in float32, for the text; 0: not known
    TuneDialog(
        std::optional<std::int64_t> targetBytes, std::int64_t standaloneBytes, QWidget* parent = nullptr);

    /// What is set; empty: something is not, and the dialog says what.
    [[nodiscard]] std::optional<TuneRequest> request() const;

Q_SIGNALS:
    void searchRequested(const palimpsest::TuneRequest& request);

private:
    void check();
    void search();
    [[nodiscard]] QString problem() const;

    QRadioButton* m_bySize;
    QRadioButton* m_byDrop;
    QRadioButton* m_byNothing;
    NumberField* m_size;
    NumberField* m_drop;
    NumberField* m_minutes;
    QCheckBox* m_take;
    ProblemLabel* m_problem;
    QPushButton* m_search;
};

} // namespace palimpsest
