// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace palimpsest {

class ProblemLabel;

/// A sample that a new project can be made from.
struct SampleChoice {
    QString name; ///< "quickstart": what the engine calls it
    QString title; ///< "Quickstart"
    QString description; ///< what it shows, a sentence or two
    QString details; ///< its tasks, what it needs; may be empty
};

/// Asks for sample, name and folder of a new project. It makes nothing: on createRequested() the caller does, and then calls
/// accept(), or showProblem().
class NewProjectDialog : public QDialog {
    Q_OBJECT
public:
    /// @param samples  at least one; the first is chosen
    /// @param place    folder in which new projects go, such as ~/Palimpsest; it need not exist
    NewProjectDialog(QList<SampleChoice> samples, const QString& place, QWidget* parent = nullptr);

    [[nodiscard]] QString sample() const; ///< SampleChoice::name
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const; ///< absolute
    /// It could not be made: the dialog stays open with this sentence.
    void showProblem(const QString& text);

Q_SIGNALS:
    /// Once; then the fields are locked until showProblem().
    void createRequested();

private:
    void create();
    [[nodiscard]] QWidget* createSamples();
    [[nodiscard]] QWidget* createFields();
    void showSample();
    void suggestFolder();
    void chooseFolder();
    void check();

    QList<SampleChoice> m_samples;
    QString m_place;
    bool m_isFolderOwn = false; ///< the user has chosen the folder: the name does not change it
    bool m_isNameOwn = false;
    QListWidget* m_list = nullptr;
    QLabel* m_description = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_folder = nullptr;
    QWidget* m_fields = nullptr;
    QPushButton* m_create = nullptr;
    ProblemLabel* m_problem = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace palimpsest
