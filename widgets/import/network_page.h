// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_page.h"
#include "widgets/import/import_values.h"

#include <QString>
#include <QTimer>

#include <optional>

class QFormLayout;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace palimpsest {

class EmptyPage;
class LayerModel;
class MappingModel;
class NewestTask;
class PathField;
class ProblemLabel;
class TableView;

/// What a file holds: its form, size and hash, the layers, and what became of each tensor. Asks for what the form of file leaves
/// open, and, before a file that is a program is read, whether it is trusted.
class NetworkPage : public ImportPage {
    Q_OBJECT
public:
    /// `worker` outlives the page.
    NetworkPage(const ImportEngine& engine, NewestTask& worker, QWidget* parent = nullptr);

    /// @param beside  its layer list or its weights, where they are in another file; may be empty
    void setFile(const QString& file, const QString& beside = {});
    void trust(); ///< as the button says
    void setShape(const QString& text); ///< as if it had been typed
    [[nodiscard]] SharedNetwork network() const { return m_network; } ///< nullptr: none was read
    [[nodiscard]] QString file() const;
    [[nodiscard]] QString problem() const; ///< that is shown
    [[nodiscard]] bool asksForTrust() const;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString explanation() const override;
    [[nodiscard]] bool isComplete() const override { return m_network != nullptr; }
    void enter() override;

private:
    [[nodiscard]] QWidget* createForm();
    [[nodiscard]] QWidget* createTrust();
    [[nodiscard]] QWidget* createContent();
    void look();
    void showFile(const Result<ImportFile>& file);
    void read();
    void showNetwork(const Result<SharedNetwork>& network);
    void showProblem(const Error& error);
    void showFields();
    void clearNetwork(const QString& hint);

    ImportEngine m_engine;
    NewestTask& m_worker;
    QString m_looked; ///< the file that was looked at last
    QString m_beside; ///< that was dropped with the file
    std::optional<ImportFile> m_file;
    ImportOptions m_options; ///< the last read was with
    SharedNetwork m_network;
    QTimer m_typing;
    QFormLayout* m_form = nullptr;
    PathField* m_path = nullptr;
    ProblemLabel* m_fileProblem = nullptr;
    QLabel* m_kind = nullptr;
    QLabel* m_hash = nullptr;
    PathField* m_layers = nullptr;
    PathField* m_weights = nullptr;
    QLineEdit* m_shape = nullptr;
    ProblemLabel* m_fieldProblem = nullptr;
    QFrame* m_trustBox = nullptr;
    QLabel* m_trustText = nullptr;
    EmptyPage* m_page = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_notes = nullptr;
    QTabWidget* m_tabs = nullptr;
    LayerModel* m_layerModel;
    MappingModel* m_mapping;
    TableView* m_layerTable = nullptr;
    TableView* m_mappingTable = nullptr;
};

} // namespace palimpsest
