// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every view, pane and dialog of the real window, on a project that was run and on the same one before its first run, and its report:
//   make_shots [--german] PROJECT FOLDER [light|dark|contrast] [WIDTHxHEIGHT [NETWORK DATA]]
// With a network's file and its data the pages of the import assistant too.
// QT_SCALE_FACTOR=2 draws for a screen of twice the density. Exit code 1 where a picture is blank or of another size.
#include "app/application.h"
#include "app/language.h"
#include "app/main_window.h"
#include "app/report_export.h"
#include "tests/shots/import_shots.h"
#include "widgets/actions/action_registry.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/style/theme.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QImage>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <filesystem>
#include <utility>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kSettleMs = 400;
constexpr int kPage = 2; ///< of the first task: what is selected in all pictures

void work(int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < ms) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
}

/// Opens a project and waits until it is read.
bool open(MainWindow& window, const QString& folder)
{
    window.commands().open(folder);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatienceMs) {
        work(50);
        const auto place = std::filesystem::path(folder.toStdString());
        if (window.session().hasProject() && window.session().folder() == place
            && !window.session().isLoading())
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

/// The desktop's palette of people who need strong contrasts: white and yellow on black.
QPalette contrastPalette()
{
    QPalette palette(
        Qt::white, Qt::black, Qt::white, Qt::black, Qt::gray, Qt::white, Qt::white, Qt::black, Qt::black);
    palette.setColor(QPalette::Highlight, Qt::yellow);
    palette.setColor(QPalette::HighlightedText, Qt::black);
    palette.setColor(QPalette::Link, Qt::cyan);
    palette.setColor(QPalette::ToolTipBase, Qt::black);
    palette.setColor(QPalette::ToolTipText, Qt::yellow);
    palette.setColor(QPalette::PlaceholderText, Qt::lightGray);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, Qt::gray);
    return palette;
}

/// Takes pictures of one window in one look.
class Photographer {
public:
    Photographer(MainWindow& window, const QDir& folder, QString suffix)
        : m_window(window)
        , m_folder(folder)
        , m_suffix(std::move(suffix))
    {
    }

    [[nodiscard]] bool isGood() const { return m_isGood; }

    bool take(QWidget& widget, const QString& name)
    {
        work(kSettleMs);
        const QImage image = widget.grab().toImage();
        const QSize expected = widget.size() * widget.devicePixelRatioF();
        const QString file = m_folder.filePath(name + m_suffix + QStringLiteral(".png"));
        const bool saved = image.convertToFormat(QImage::Format_RGB32).save(file);
        if (saved && isWhole(image, expected))
            return true;
        std::fprintf(stderr, "make_shots: %s is blank, not saved, or of another size than %d x %d\n",
            qPrintable(file), expected.width(), expected.height());
        m_isGood = false;
        return false;
    }

    void takeViews(const QString& prefix)
    {
        for (const View* view : m_window.views()) {
            m_window.showView(view->id());
            const auto results = m_window.session().results().results;
            m_window.selection().set(results ? pageItem(*results, 0, kPage) : SelectedItem {});
            take(m_window, prefix + view->id());
        }
    }

    /// The report with the views' pictures, in both forms.
    void saveReport()
    {
        const auto results = m_window.session().results().results;
        const auto report = results != nullptr ? results->report : nullptr;
        for (const char* name : { "report.html", "report.pdf" }) {
            const Status saved = report != nullptr ? exportReport({ .model = report,
                                     .pictures = recordViews(m_window.views()),
                                     .file = m_folder.filePath(QLatin1String(name)).toStdString() })
                                                   : badInput("there is no report");
            if (!saved)
                std::fprintf(stderr, "make_shots: %s\n", saved.error().text().c_str());
            m_isGood = m_isGood && saved;
        }
    }

    /// With another pane in front of a dock.
    void takePane(const QString& dock)
    {
        for (QDockWidget* pane : m_window.findChildren<QDockWidget*>())
            if (pane->objectName() == QStringLiteral("dock.") + dock)
                pane->raise();
        take(m_window, QStringLiteral("pane-") + dock);
    }

    /// The window that an action opens.
    void takeWindowOf(const char* action, const QString& name)
    {
        m_window.actionRegistry().action(QLatin1String(action))->trigger();
        work(kSettleMs);
        bool found = false;
        for (QWidget* other : QApplication::topLevelWidgets()) {
            if (other == &m_window || !other->isVisible() || other->windowType() == Qt::ToolTip
                || other->windowType() == Qt::Popup)
                continue;
            take(*other, name);
            other->close();
            found = true;
        }
        if (!found)
            std::fprintf(stderr, "make_shots: %s opens no window\n", action);
        m_isGood = m_isGood && found;
        work(kSettleMs);
    }

private:
    MainWindow& m_window;
    QDir m_folder;
    QString m_suffix;
    bool m_isGood = true;
};

/// What a project is before its first run.
bool copyWithoutResults(const QString& from, const QString& to)
{
    const auto all = std::filesystem::copy_options::recursive;
    std::error_code error;
    const std::filesystem::path source(from.toStdString());
    const std::filesystem::path target(to.toStdString());
    std::filesystem::create_directories(target, error);
    for (const char* part : { "project.json", "networks" })
        std::filesystem::copy(source / part, target / part, all, error);
    return !error;
}

int run(QStringList arguments)
{
    useLanguage(arguments.removeOne(QStringLiteral("--german")) ? Language::German : Language::English);
    const QString theme = arguments.value(3, QStringLiteral("light"));
    const QStringList themeNames { QStringLiteral("light"), QStringLiteral("dark"),
        QStringLiteral("contrast") };
    const QStringList size = arguments.value(4, QStringLiteral("1280x800")).split(QLatin1Char('x'));
    if (arguments.size() < 3 || arguments.size() > 7 || arguments.size() == 6 || !themeNames.contains(theme)
        || size.size() != 2) {
        std::fprintf(stderr,
            "usage: make_shots [--german] PROJECT FOLDER [light|dark|contrast] [WIDTHxHEIGHT [NETWORK "
            "DATA]]\n");
        return 2;
    }
    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    ThemeSwitch themes;
    const Theme wanted = theme == QStringLiteral("light") ? Theme::Light : Theme::Dark;
    themes.setTheme(wanted);
    MainWindow window(settings, themes);
    themes.setTheme(wanted); // the window took what its settings say
    if (theme == QStringLiteral("contrast"))
        QApplication::setPalette(contrastPalette());
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    const QDir folder(arguments.at(2));
    if (!folder.mkpath(QStringLiteral("."))) {
        std::fprintf(stderr, "make_shots: %s cannot be created\n", qPrintable(folder.path()));
        return 1;
    }
    Photographer photographer(
        window, folder, theme == QStringLiteral("light") ? QString() : QLatin1Char('-') + theme);
    photographer.take(window, QStringLiteral("start"));
    photographer.takeWindowOf("project.new", QStringLiteral("dialog-new"));
    const QString fresh = scratch.filePath(QStringLiteral("fresh"));
    if (!copyWithoutResults(arguments.at(1), fresh) || !open(window, fresh)) {
        std::fprintf(stderr, "make_shots: %s cannot be copied\n", qPrintable(arguments.at(1)));
        return 1;
    }
    photographer.takeViews(QStringLiteral("empty-"));
    const QString project = QDir::current().absoluteFilePath(arguments.at(1));
    if (!open(window, project) || window.session().results().results == nullptr) {
        std::fprintf(
            stderr, "make_shots: %s cannot be opened, or was not run\n", qPrintable(arguments.at(1)));
        return 1;
    }
    photographer.takeViews({});
    photographer.saveReport();
    for (const char* pane : { "tasks", "whatIf" })
        photographer.takePane(QLatin1String(pane));
    photographer.takeWindowOf("project.dataSets", QStringLiteral("dialog-dataSets"));
    photographer.takeWindowOf("project.exportReport", QStringLiteral("dialog-report"));
    photographer.takeWindowOf("settings.shortcuts", QStringLiteral("dialog-shortcuts"));
    photographer.takeWindowOf("help.contents", QStringLiteral("help"));
    photographer.takeWindowOf("help.about", QStringLiteral("dialog-about"));
    const bool isImported = arguments.size() < 7
        || shootImport(window, scratch.path(), arguments.at(5), arguments.at(6),
            [&](QWidget& widget, const QString& name) { return photographer.take(widget, name); });
    return photographer.isGood() && isImported ? 0 : 1;
}

} // namespace
} // namespace palimpsest

int main(int argc, char** argv)
{
    const palimpsest::Application app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("palimpsest-workbench"));
    return palimpsest::run(QApplication::arguments());
}
