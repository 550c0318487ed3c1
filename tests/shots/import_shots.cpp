// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/import_shots.h"

#include "app/document/new_project.h"
#include "app/main_window.h"
#include "widgets/import/data_page.h"
#include "widgets/import/import_assistant.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMimeData>
#include <QThread>
#include <QUrl>

#include <cstdio>

namespace palimpsest {

namespace {

constexpr int kPatienceMs = 120'000;
constexpr int kSettleMs = 700; ///< of typing that a page waits for, and of painting

bool waitFor(const std::function<bool()>& holds, const char* what)
{
    QElapsedTimer timer;
    timer.start();
    for (int good = 0; timer.elapsed() < kPatienceMs;) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(10);
        good = holds() ? good + 1 : 0;
        if (good * 10 > kSettleMs)
            return true;
    }
    std::fprintf(stderr, "make_shots: %s did not come\n", what);
    return false;
}

void drop(MainWindow& window, const QString& file)
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(QDir::current().absoluteFilePath(file)) });
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter); // Qt hands a drop to the widget that took this one
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
}

} // namespace

bool shootImport(MainWindow& window, const QString& place, const QString& network, const QString& data,
    const std::function<bool(QWidget& widget, const QString& name)>& save)
{
    const QString folder = QDir(place).filePath(QStringLiteral("imported"));
    if (const Status made = createProject(folder.toStdString(), "empty", "imported"); !made) {
        std::fprintf(stderr, "make_shots: %s\n", made.error().text().c_str());
        return false;
    }
    window.commands().open(folder);
    if (!waitFor(
            [&] {
                return window.session().hasProject() && !window.session().isLoading()
                    && window.session().folder() == folder.toStdString();
            },
            "the empty project"))
        return false;
    drop(window, network);
    const auto goesOn
        = [&] { return window.imports().assistant() != nullptr && window.imports().assistant()->canGoOn(); };
    if (!waitFor(goesOn, "the network"))
        return false;
    ImportAssistant& assistant = *window.imports().assistant();
    bool good = save(assistant, QStringLiteral("import1"));
    assistant.goOn();
    assistant.dataPage().chooseFiles(QDir::current().absoluteFilePath(data));
    if (!waitFor(goesOn, "the data"))
        return false;
    good = save(assistant, QStringLiteral("import2")) && good;
    assistant.goOn();
    if (!waitFor(goesOn, "the trial"))
        return false;
    good = save(assistant, QStringLiteral("import3")) && good;
    assistant.goOn();
    const auto isAdded = [&] {
        return window.imports().assistant() == nullptr
            && window.session().document().recipe().tasks.size() == 1;
    };
    return waitFor(isAdded, "the task") && save(window, QStringLiteral("import4")) && good;
}

} // namespace palimpsest
