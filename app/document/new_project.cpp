// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/new_project.h"

#include "app/document/recipe_file.h"
#include "core/data/catalogue.h"
#include "core/io/project_folder.h"
#include "core/pipeline/samples.h"
#include "widgets/style/core_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace palimpsest {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(NewProject)
};

QString titleOf(const std::string& name)
{
    if (name == "ten")
        return Text::tr("Ten tasks");
    if (name == "onelevel")
        return Text::tr("One level");
    QString title = QString::fromStdString(name);
    return title.isEmpty() ? title : title.front().toUpper() + title.mid(1);
}

/// The sample to begin with comes first.
int rankOf(const SampleProject& sample)
{
    return sample.name == "quickstart" ? 0 : sample.name == "ten" ? 1 : 2;
}

/// Its tasks, and which of the data sets that the catalogue knows are not there yet.
QString detailsOf(const SampleProject& sample)
{
    const Result<RecipeFile> file = readRecipeFile(ProjectFolder(sample.folder).recipeFile());
    if (!file)
        return QString::fromStdString(file.error().text());
    QStringList tasks;
    QStringList missing;
    for (const TaskSettings& task : file->recipe.tasks) {
        tasks << QString::fromStdString(task.name);
        const Result<DataSetCheck> check = findDataSetFiles(task.name);
        if (check && !check->isComplete())
            missing << QString::fromStdString(task.name);
    }
    const QString line = Text::tr("Tasks: %1.").arg(tasks.join(QStringLiteral(", ")));
    if (missing.isEmpty())
        return line;
    return line + QLatin1Char('\n')
        + Text::tr("These data sets are not on this computer yet: %1.")
              .arg(missing.join(QStringLiteral(", ")));
}

} // namespace

QList<SampleChoice> sampleChoices()
{
    QList<SampleChoice> choices;
    std::vector<SampleProject> samples = sampleProjects();
    std::ranges::stable_sort(samples, {}, rankOf);
    for (const SampleProject& sample : samples)
        choices.append({ QString::fromStdString(sample.name), titleOf(sample.name),
            coreText(sample.description), detailsOf(sample) });
    choices.append({ QStringLiteral("empty"), Text::tr("Empty"),
        Text::tr("A recipe without tasks: add your own networks and data to it."), {} });
    return choices;
}

QString projectsPlace()
{
    return QDir::home().filePath(QStringLiteral("Palimpsest"));
}

Status createProject(const std::filesystem::path& folder, const std::string& sample, const std::string& name)
{
    PALIMPSEST_CHECK(newProject(folder, sample));
    PALIMPSEST_TRY(RecipeFile file, readRecipeFile(ProjectFolder(folder).recipeFile()));
    if (file.recipe.name == name)
        return success();
    file.recipe.name = name;
    PALIMPSEST_TRY(const RecipeSave saved, saveRecipeFile(folder, file.recipe, file.hash));
    if (saved.isConflict)
        return failure("another program wrote into the new project", folder.string());
    return success();
}

} // namespace palimpsest
