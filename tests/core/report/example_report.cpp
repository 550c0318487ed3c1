// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/example_report.h"

#include "core/base/random.h"

namespace palimpsest {

namespace {

ReportTask exampleTask(const char* name, const char* data, std::int64_t weights, std::int64_t pages,
    std::int64_t testSamples, std::vector<double> accuracies)
{
    static const std::vector<std::string> kKeys { "standalone", "sameSteps", "virtualized", "float16", "int8",
        "int6", "int4" };
    ReportTask task;
    task.name = name;
    task.data = data;
    task.weights = weights;
    task.pages = pages;
    task.exclusivePages = pages / 25;
    task.trainSamples = testSamples * 5;
    task.validationSamples = testSamples;
    task.testSamples = testSamples;
    task.tolerance = 0.01;
    for (std::size_t i = 0; i < kKeys.size(); ++i)
        task.accuracy[kKeys[i]] = accuracies.at(i);
    task.validation = { { "standalone", accuracies[0] + 0.004 }, { "sameSteps", accuracies[1] + 0.004 },
        { "virtualized", accuracies[2] + 0.003 } };
    double rest = 1.0; // no std::pow: its last bit may differ between machines
    for (int i = 0; i <= 20; ++i, rest *= 0.75) {
        const double ripple = 0.003 * ((i * 7) % 5 - 2);
        task.jointCurve.steps.push_back(50.0 * i);
        task.jointCurve.accuracy.push_back(accuracies[2] - 0.25 * rest + ripple * rest);
        task.sameStepsCurve.steps.push_back(50.0 * i);
        task.sameStepsCurve.accuracy.push_back(
            accuracies[0] + (accuracies[1] - accuracies[0]) * (1.0 - rest) + ripple * 0.3);
        task.standaloneCurve.steps.push_back(100.0 * i);
        task.standaloneCurve.accuracy.push_back(accuracies[0] - 0.6 * rest);
    }
    return task;
}

} // namespace

ReportModel exampleReport()
{
    ReportModel model;
    model.project = "quickstart";
    model.description = "Clothes, handwritten digits, spoken vowels and body movements on shared pages.";
    model.version = "0.1.0";
    model.device = "cpu";
    model.run = "2024-06-01T12-30-00-1";
    model.seed = 1;
    model.settings = R"({"name":"quickstart","seed":1,"tasks":[{"name":"fashion","network":"fashion.json"},
        {"name":"digits","network":"digits.json"}],"pages":{"pageSize":512,"formation":"aligned"},
        "matching":{"strategy":"descent","cost":"barycentre"}})";
    model.tasks = {
        exampleTask("fashion",
            "idx, 51,000 train, 9,000 validation and 10,000 test samples of shape [1, 28, 28], 10 classes",
            206'922, 412, 10'000, { 0.9031, 0.9068, 0.9042, 0.9031, 0.9029, 0.9012, 0.8544 }),
        exampleTask("digits",
            "csv, 1,222 train, 216 validation and 359 test samples of shape [1, 8, 8], 10 classes", 38'282,
            79, 359, { 0.9777, 0.9805, 0.9721, 0.9777, 0.9777, 0.9749, 0.9471 }),
        exampleTask("vowels",
            "ts, 230 train, 40 validation and 370 test samples of shape [12, 29], 9 classes", 25'993, 54, 370,
            { 0.9568, 0.9595, 0.9649, 0.9568, 0.9568, 0.9541, 0.9351 }),
        exampleTask("motions", "ts, 34 train, 6 validation and 40 test samples of shape [6, 100], 4 classes",
            17'156, 36, 40, { 0.975, 0.975, 0.95, 0.975, 0.975, 0.975, 0.925 }),
    };
    model.memory = { 1'153'412, 204'800, 43'008, 5'284, 1'162, 0, 827'688, 0, 0, 0 };
    model.baselineBytes = { { "float16", 576'706 }, { "int8", 301'874 }, { "int6", 229'794 },
        { "int4", 157'714 }, { "sameSteps", 1'153'412 } };
    model.baselinesNotRun = { "sameRecipe", "int4Trained", "int3Trained", "ternaryTrained", "smallTernary" };
    model.matching.strategy = "descent";
    model.matching.costBarycentre = 0.01873;
    model.matching.costPairwise = 24.61;
    model.matching.slots = 100;
    model.matching.pageSize = 512;
    Random random(7);
    for (int slot = 0; slot < 100; ++slot) {
        const auto tenants = static_cast<std::int64_t>(slot % 17 == 16 ? 1 : 3 + random.below(5));
        model.matching.tenants.push_back(tenants);
        model.matching.slotCosts.push_back(
            tenants < 2 ? 0.0 : 2e-5 + 8e-4 * random.uniform() * random.uniform());
    }
    for (const char* stage : { "import", "train", "fisher", "pages", "separate", "match", "optimise",
             "evaluate", "place", "execute" })
        model.stages.push_back({ stage, "done", std::string(60, '0') + "abcd" });
    model.measured
        = R"({"seconds":{"import":0.41,"train":18.2,"fisher":2.1,"match":0.6,"optimise":31.7,"total":75.3},
        "switch":{"networkBytes":288353,
          "wholeCopy":{"medianUs":21.4,"p95Us":29.9,"samplesUs":[20.1,21.0,21.4,22.8,29.9]},
          "paged":{"medianUs":24.7,"p95Us":33.1,"samplesUs":[22.9,23.8,24.7,25.5,33.1]},
          "fileReload":{"medianUs":612,"p95Us":871,"samplesUs":[580,598,612,640,871]},
          "allResident":{"medianUs":0.05,"p95Us":0.08,"samplesUs":[0.04,0.05,0.05,0.06,0.08]}},
        "memory":{"residentBytes":241172480},"host":"bench","date":"2024-06-01T12:31:15Z"})";
    return model;
}

ReportModel bareReport()
{
    ReportModel model;
    model.project = "<script>alert('1 & \"2\"')</script>";
    model.description = "</style><img src=x onerror=alert(1)>";
    model.device = "cpu";
    ReportTask task;
    task.name = "a\"b<c>,d";
    task.testSamples = 10;
    task.tolerance = 0.02;
    task.accuracy = { { "standalone", 0.9 }, { "virtualized", 0.8 }, { "own<baseline>", 0.7 } };
    model.tasks.push_back(task);
    return model;
}

} // namespace palimpsest
