// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QSettings>

#include <cstdio>

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("palimpsest-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Palimpsest"));
    QApplication::setApplicationVersion(QStringLiteral(PALIMPSEST_VERSION));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/palimpsest.svg")));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Configures, runs and inspects Palimpsest projects."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("DIR"),
        QApplication::translate("main", "Project folder to open."), QStringLiteral("[DIR]"));
    const bool understood = parser.parse(QApplication::arguments());
    if (understood && parser.isSet(help))
        parser.showHelp();
    if (understood && parser.isSet(version))
        parser.showVersion();
    if (!understood || parser.positionalArguments().size() > 1) {
        const QString problem = understood
            ? QApplication::translate("main", "expected one project folder, got %1")
                  .arg(parser.positionalArguments().size())
            : parser.errorText();
        std::fprintf(
            stderr, "palimpsest-workbench: %s; see palimpsest-workbench --help\n", qPrintable(problem));
        return 2;
    }

    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("palimpsest"),
        QStringLiteral("workbench"));
    palimpsest::ThemeSwitch themes;
    palimpsest::MainWindow window(settings, themes);
    window.show();
    if (!parser.positionalArguments().isEmpty())
        window.commands().open(parser.positionalArguments().constFirst());
    return QApplication::exec();
}
