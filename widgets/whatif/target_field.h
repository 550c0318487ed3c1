// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

namespace palimpsest {

class NumberField;
class ProblemLabel;

/// A size that all networks together shall have, such as "46 KB", with what is wrong with it below.
class TargetField : public QWidget {
    Q_OBJECT
public:
    explicit TargetField(QWidget* parent = nullptr);

    [[nodiscard]] std::optional<std::int64_t> bytes() const; ///< empty: nothing, or no size, is typed
    void setProblem(const QString& text); ///< of the size that stands here; the next edit takes it away
    void clear();
    [[nodiscard]] NumberField* field() const { return m_field; }

Q_SIGNALS:
    void targetEdited(qint64 bytes); ///< above 0; at every change that is a size

private:
    void onEdited();

    NumberField* m_field;
    ProblemLabel* m_problem;
};

} // namespace palimpsest
