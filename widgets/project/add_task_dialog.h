// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/preview_data.h"

#include <QDialog>
#include <QList>
#include <QString>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace palimpsest {

class NewestTask;
class PathField;
class ProblemLabel;
class RecipeDocument;
class TaskPreview;

/// A data set that the program knows by name.
struct KnownData {
    QString title; ///< "Fashion-MNIST"
    DataSettings data; ///< paths absolute
    SplitSettings split;
    bool isPresent = true; ///< its files are on this computer
};

/// Asks for name, network and data of a new task, shows what the files hold, and adds it to the document.
class AddTaskDialog : public QDialog {
    Q_OBJECT
public:
    /// `document` outlives the dialog. @param folder  the project folder
    AddTaskDialog(RecipeDocument& document, PreviewReaders readers, QList<KnownData> known,
        const QString& folder, QWidget* parent = nullptr);

    void accept() override; ///< adds the task; stays open where it is refused
    [[nodiscard]] int added() const { return m_added; } ///< its index; -1: none was added
    [[nodiscard]] TaskSettings task() const; ///< as the fields have it
    void setNetwork(const QString& file); ///< as if it had been chosen
    void setData(const QString& fileOrFolder);

private:
    void createFields(QFormLayout* layout);
    void takeKnown(int index);
    void takeNetwork();
    void takeData();
    void check();

    RecipeDocument& m_document;
    QList<KnownData> m_known;
    QString m_folder;
    QString m_base; ///< that data paths are relative to
    SplitSettings m_split; ///< of the known data set that was chosen
    DataSettings m_knownData;
    bool m_isNameOwn = false;
    int m_added = -1;
    QLineEdit* m_name = nullptr;
    PathField* m_network = nullptr;
    QComboBox* m_set = nullptr;
    QComboBox* m_format = nullptr;
    PathField* m_data = nullptr;
    PathField* m_test = nullptr;
    QLineEdit* m_preprocess = nullptr;
    ProblemLabel* m_problem = nullptr;
    QPushButton* m_add = nullptr;
    TaskPreview* m_preview = nullptr;
    NewestTask* m_recognition; ///< looks what lies where the data are said to lie
};

} // namespace palimpsest
