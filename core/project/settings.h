// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/storage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

// The settings of a recipe: plain values with their defaults. Units, ranges and help texts stand in
// core/project/description.h, from which they are read, written, overridden and put into the JSON Schema.

/// What a text of a recipe names, where it names a file: forms offer to choose one.
enum class PathKind : std::uint8_t {
    None,
    ProjectFile, ///< a file, relative to the project folder
    DataFile, ///< a file, relative to dataRoot
    DataPath, ///< a file or folder, relative to dataRoot
    Folder, ///< a folder, relative to the project folder
};

/// Tables: which columns say what (csv-labelled images and sounds, sensor streams).
struct ColumnSettings {
    std::string file; ///< name of each file; empty: the column called filename, file, path or slice_file_name
    std::string label; ///< empty: the column called label, class, category, ...; cifar: "fine" or "coarse"
    std::vector<std::string> values; ///< sensors: the channels, in order; empty: all other columns
    std::vector<std::string> where; ///< rows that are taken: "esc10=True", "gt!=null"
    bool operator==(const ColumnSettings&) const = default;
};

/// Which samples belong together and never part in a split.
struct GroupSettings {
    std::string column; ///< of the table
    std::string before; ///< the part of a file's name before this text: "_nohash_"
    bool withinClass = false; ///< groups of one name in two classes are two groups
    bool operator==(const GroupSettings&) const = default;
};

/// Splits that a column of the table, or the files' names, tell.
struct FoldSettings {
    std::string column; ///< "fold"
    std::string before; ///< the fold is the part of a file's name before this text: "-"
    std::vector<std::string> test; ///< values that make the test split
    std::vector<std::string> validation; ///< values that make the validation split
    bool operator==(const FoldSettings&) const = default;
};

/// Splits that text files tell, one file name a line.
struct ListSettings {
    std::string test; ///< "testing_list.txt", relative to data.path
    std::string validation;
    bool operator==(const ListSettings&) const = default;
};

struct ImageSettings {
    Shape size; ///< [height, width] that each picture is brought to; empty: they must all have one size
    std::int64_t channels = 0; ///< 1 grey, 3 colour; 0: as the first picture has it
    bool operator==(const ImageSettings&) const = default;
};

struct AudioSettings {
    std::int64_t sampleRate = 0; ///< Hz that each clip is brought to; 0: they must all have one rate
    double seconds = 0.0; ///< length of a sample; 0: the longest clip of train
    bool operator==(const AudioSettings&) const = default;
};

/// Sensor streams are cut into windows.
struct WindowSettings {
    std::int64_t rows = 0; ///< of one sample
    std::int64_t step = 0; ///< from one window to the next; 0: rows, so that they do not overlap
    bool operator==(const WindowSettings&) const = default;
};

struct DataSettings {
    std::string format; ///< "idx", "csv", "ts", "hdf5", "npz", "cifar", "mat", "images", "audio", "sensors"
    std::string path; ///< folder or file, relative to dataRoot or to the project folder
    std::string test; ///< file or folder of the test split where `path` holds train alone
    std::int64_t classes = 0; ///< 0: as many as the labels of train show
    Shape sampleShape; ///< reshapes each sample (csv: [1, 8, 8]); empty: as the reader gives it
    bool channelsLast = false; ///< samples are [height, width, channels] and become [channels, height, width]
    std::string labels; ///< images, audio: csv file that names files and classes; empty: a folder is a class
    ColumnSettings columns;
    GroupSettings groups;
    FoldSettings folds;
    ListSettings lists;
    ImageSettings images;
    AudioSettings audio;
    WindowSettings windows;
    bool operator==(const DataSettings&) const = default;
};

struct SplitSettings {
    double validation = 0.15; ///< share of train, stratified, at least one of each class
    double test = 0.0; ///< share cut off as test split where the data have none; with testSeed, not the
        ///< project's seed
    std::uint64_t testSeed = 0;
    std::int64_t block = 1; ///< n consecutive samples that belong together
    bool operator==(const SplitSettings&) const = default;
};

struct TrainingSettings {
    std::int64_t epochs = 10;
    std::int64_t batch = 64;
    double learningRate = 1e-3; ///< Adam (Kingma & Ba 2015)
    double weightDecay = 0.0; ///< decoupled (AdamW)
    std::int64_t patience
        = 3; ///< epochs without a better validation accuracy (few samples: loss) before it stops
    bool operator==(const TrainingSettings&) const = default;
};

/// Random changes that training makes to each sample as it is drawn; they leave its class alone.
struct AugmentationSettings {
    bool flip = false; ///< left and right of a picture change places in half of the samples
    std::int64_t shift = 0; ///< pixels, each way, along both axes of a picture
    double timeShift = 0.0; ///< share of the length of a sound or sensor stream, each way
    double noise = 0.0; ///< normal; its deviation as a share of that of the training samples
    bool operator==(const AugmentationSettings&) const = default;
};

struct TaskSettings {
    std::string name;
    std::string network; ///< JSON layer list, relative to the project folder
    std::string
        weights; ///< any file that readWeightsFor() knows, relative to the project folder; empty: train stage makes them
    std::string fisher; ///< any file that readFisherFor() knows; read with FisherSource::File alone
    DataSettings data;
    std::vector<std::string> preprocess; ///< "scale=255", "standardise", ... in order
    SplitSettings split;
    TrainingSettings training;
    AugmentationSettings augmentation;
    double tolerance = 0.01; ///< accepted loss of accuracy, a fraction
    double weight = 1.0; ///< of the task's loss in joint optimisation
    std::string noAccuracy; ///< why reports state no accuracy of this task; empty: they do
    bool operator==(const TaskSettings&) const = default;
};

enum class FisherSource : std::uint8_t { Computed, File };
enum class FisherLabels : std::uint8_t { Sampled, All, Reference };
struct FisherSettings {
    FisherSource source
        = FisherSource::Computed; ///< File: what TaskSettings::fisher names, whatever the settings below
    FisherLabels labels = FisherLabels::Sampled;
    std::int64_t samples = 1000; ///< drawn without replacement from train; all of it where it is smaller
    std::int64_t batch = 100;
    bool operator==(const FisherSettings&) const = default;
};

enum class Formation : std::uint8_t { Aligned, Reference };
enum class SmallTensors : std::uint8_t { Private, Paged };
enum class PrivateStorage : std::uint8_t {
    Auto,
    Float32,
    Float16,
    Int8
}; ///< Auto: Float32 with a Float32 pool, else Float16
struct PagesSettings {
    std::int64_t pageSize = 512; ///< weights; a power of two 64..65,536 with `aligned`
    Formation formation = Formation::Aligned;
    SmallTensors smallTensors = SmallTensors::Private;
    std::int64_t poolPages = 0; ///< slots of the pool; 0: as many as budgets.level1Bytes holds
    Storage poolStorage = Storage::Float32;
    Storage exclusiveStorage = Storage::Float32;
    PrivateStorage privateStorage = PrivateStorage::Auto;
    bool operator==(const PagesSettings&) const = default;
};

enum class SeparationStrategy : std::uint8_t { Price, Density };
struct SeparationSettings {
    SeparationStrategy strategy = SeparationStrategy::Price;
    std::int64_t exclusivePages = 0; ///< price: number of exclusive pages of all tasks together
    double margin = 0.1; ///< density: share of a task's Fisher that may stay on shared pages
    bool operator==(const SeparationSettings&) const = default;
};

enum class MatchingStrategy : std::uint8_t { Identity, Random, Reference, Sequential, Descent };
enum class CostKind : std::uint8_t { Barycentre, Pairwise };
struct MatchingSettings {
    MatchingStrategy strategy = MatchingStrategy::Descent;
    CostKind cost = CostKind::Barycentre;
    double tolerance = 1e-3; ///< descent stops when a sweep gains less than this share
    std::int64_t maxSweeps = 50;
    bool operator==(const MatchingSettings&) const = default;
};

enum class PageValue : std::uint8_t { Barycentre, Mean, Last };
enum class Schedule : std::uint8_t { Simultaneous, Turns };
enum class Optimiser : std::uint8_t { AdamW, Sgd };
struct OptimisationSettings {
    Schedule schedule = Schedule::Simultaneous;
    PageValue pageValue = PageValue::Barycentre;
    std::int64_t steps = 1000; ///< minibatches of each task
    std::int64_t batch = 64;
    Optimiser optimiser = Optimiser::AdamW;
    double momentum = 0.9; ///< of Sgd
    double learningRate = 1e-3; ///< peak
    double weightDecay = 0.0;
    double warmup = 0.02; ///< share of the steps
    bool cosine = true; ///< cosine to 0; off: constant rate, and an early stop when every task is within its
        ///< tolerance
    double clipNorm
        = 5.0; ///< greatest norm of the pages' gradient, times the square root of the number of tasks; 0: none
    double distillation
        = 0.7; ///< share of the loss that compares with the stand-alone networks; 0: labels alone
    double temperature = 2.0; ///< of distillation
    double mixing = 0.5; ///< share of a minibatch that is mixed of two samples each; with distillation
    double averaging = 0.0; ///< last share of the steps over which weights are averaged; 0: none
    bool freezeFinished = false; ///< a task within its tolerance rests until it falls short again
    std::int64_t validateEvery = 100; ///< steps
    std::int64_t turnSteps = 100; ///< turns: steps of one task before the next has its turn
    double softPenalty = 0.0; ///< turns: lambda of the references' overlap penalty
    double checkpointSeconds = 30.0; ///< not part of the fingerprint
    bool operator==(const OptimisationSettings&) const = default;
};

struct BudgetSettings {
    std::int64_t level1Bytes = 0; ///< B1; 0: none set
    std::int64_t level2Bytes = 0; ///< B2; 0: none set
    bool operator==(const BudgetSettings&) const = default;
};

struct ExecutionSettings {
    std::int64_t switches = 50; ///< random, seeded
    bool operator==(const ExecutionSettings&) const = default;
};

/// A whole recipe: what project.json holds.
struct Recipe {
    std::string name;
    std::string description;
    std::uint64_t seed = 1;
    std::int64_t threads = 0; ///< of the engine; 0: as many as cores
    std::string dataRoot; ///< folder that data paths are relative to; empty: the project folder
    std::vector<TaskSettings> tasks;
    FisherSettings fisher;
    PagesSettings pages;
    SeparationSettings separation;
    MatchingSettings matching;
    OptimisationSettings optimisation;
    std::vector<std::string> baselines { "sameSteps", "float16", "int8", "int6", "int4" };
    BudgetSettings budgets;
    ExecutionSettings execution;
    bool operator==(const Recipe&) const = default;
};

} // namespace palimpsest
