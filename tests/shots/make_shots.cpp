// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every view of the real window on a project that was run:
//   make_shots [--german] PROJECT FOLDER [light|dark] [WIDTHxHEIGHT [NETWORK DATA]]
// With a network's file and its data the pages of the import assistant too.
// QT_SCALE_FACTOR=2 draws for a screen of twice the density. Exit code 1 where a picture is blank or of another size.
#include "app/application.h"
#include "app/language.h"
#include "app/main_window.h"
#include "tests/shots/import_shots.h"
#include "widgets/style/theme.h"
#include "widgets/view/view.h"

#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kSettleMs = 400;

void work(int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < ms) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
}

bool isOpen(MainWindow& window)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatienceMs) {
        work(50);
        if (window.session().hasProject() && !window.session().isLoading()
            && window.session().results().results != nullptr)
            return true;
    }
    return false;
}

/// Whether a picture has the size that it should have and shows more than a few colours.
bool isWhole(const QImage& image, const QSize& size)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return image.size() == size && colours.size() > 20;
}

bool save(QWidget& widget, const QDir& folder, const QString& name)
{
    const QImage image = widget.grab().toImage();
    const QSize expected = widget.size() * widget.devicePixelRatioF();
    const QString file = folder.filePath(name + QStringLiteral(".png"));
    const bool saved = image.convertToFormat(QImage::Format_RGB32).save(file);
    if (saved && isWhole(image, expected))
        return true;
    std::fprintf(stderr, "make_shots: %s is blank, not saved, or of another size than %d x %d\n",
        qPrintable(file), expected.width(), expected.height());
    return false;
}

int run(QStringList arguments)
{
    useLanguage(arguments.removeOne(QStringLiteral("--german")) ? Language::German : Language::English);
    if (arguments.size() < 3 || arguments.size() > 7 || arguments.size() == 6) {
        std::fprintf(stderr,
            "usage: make_shots [--german] PROJECT FOLDER [light|dark] [WIDTHxHEIGHT [NETWORK DATA]]\n");
        return 2;
    }
    const QString theme = arguments.value(3, QStringLiteral("light"));
    const QStringList size = arguments.value(4, QStringLiteral("1280x800")).split(QLatin1Char('x'));
    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    ThemeSwitch themes;
    themes.setTheme(theme == QStringLiteral("dark") ? Theme::Dark : Theme::Light);
    MainWindow window(settings, themes);
    themes.setTheme(theme == QStringLiteral("dark") ? Theme::Dark : Theme::Light);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    const QDir folder(arguments.at(2));
    if (!folder.mkpath(QStringLiteral("."))) {
        std::fprintf(stderr, "make_shots: %s cannot be created\n", qPrintable(folder.path()));
        return 1;
    }
    const QString suffix = theme == QStringLiteral("dark") ? QStringLiteral("-dark") : QString();
    work(kSettleMs);
    bool good = save(window, folder, QStringLiteral("start") + suffix);
    window.commands().open(arguments.at(1));
    if (!isOpen(window)) {
        std::fprintf(stderr, "make_shots: %s cannot be opened\n", qPrintable(arguments.at(1)));
        return 1;
    }
    work(kSettleMs);
    for (const View* view : window.views()) {
        window.showView(view->id());
        window.selection().set({ .task = 0, .page = 2 });
        work(kSettleMs);
        good = save(window, folder, view->id() + suffix) && good;
    }
    if (arguments.size() == 7)
        good = shootImport(window, scratch.path(), arguments.at(5), arguments.at(6),
                   [&](QWidget& widget, const QString& name) { return save(widget, folder, name + suffix); })
            && good;
    return good ? 0 : 1;
}

} // namespace
} // namespace palimpsest

int main(int argc, char** argv)
{
    const palimpsest::Application app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("palimpsest-workbench"));
    return palimpsest::run(QApplication::arguments());
}
