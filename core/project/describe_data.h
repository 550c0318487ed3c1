// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/setting_note.h"
#include "core/project/settings.h"

#include <concepts>

namespace palimpsest {

// describe<S>(visit) calls visit(key, &S::field, Note) for each field, in the order of project.json. It is
// the only place that knows keys, ranges and help texts: reading, writing, overrides, recipeSettings() and
// the JSON Schema are all made from it.

template <std::same_as<ColumnSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("file", &S::file,
        Note { .help
            = "Column with the name of each file; empty takes the one called filename, file, path or "
              "slice_file_name." });
    visit("label", &S::label,
        Note { .help
            = "Column with the class; empty takes the one called label, class, category, classid or target. "
              "With cifar: fine (default) or coarse, the two labels of CIFAR-100." });
    visit("values", &S::values,
        Note { .help = "With sensors: the columns that are the channels of a sample, in this order; an empty "
                       "list takes "
                       "all that are not the label, the group or the fold.",
            .maximumItems = 1024 });
    visit("where", &S::where,
        Note { .help = "Only rows for which all of these hold are taken, such as esc10=True or gt!=null." });
}

template <std::same_as<GroupSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("column", &S::column,
        Note { .help = "Column whose equal values mark samples that belong together, such as the person or "
                       "the recording." });
    visit("before", &S::before,
        Note { .help = "With images and audio: files whose names are the same before this text belong "
                       "together, such as "
                       "_nohash_ for the speakers of Speech Commands." });
    visit("withinClass", &S::withinClass,
        Note { .help
            = "Groups of the same name in two classes are different groups, such as the numbered tracks of "
              "GTSRB." });
}

template <std::same_as<FoldSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("column", &S::column,
        Note { .help = "Column that tells the fold of each row, such as fold, or a person." });
    visit("before", &S::before,
        Note { .help = "With images and audio, where column is empty: a file's fold is its name before this "
                       "text, such as the "
                       "1 of 1-30226-A.ogg with -." });
    visit("test", &S::test, Note { .help = "Folds that make the test split; an empty list: none." });
    visit("validation", &S::validation,
        Note { .help = "Folds that make the validation split; an empty list: split.validation cuts it." });
}

template <std::same_as<ListSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("test", &S::test,
        Note { .help = "With images and audio: text file, relative to path, that names the files of the test "
                       "split, one a "
                       "line." });
    visit("validation", &S::validation,
        Note { .help = "With images and audio: text file, relative to path, that names the files of the "
                       "validation split, "
                       "one a line." });
}

template <std::same_as<ImageSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("size", &S::size,
        Note { .help
            = "Height and width that each picture is brought to (bilinear, with a wider filter where it gets "
              "smaller); an empty list expects pictures of one size.",
            .unit = "pixels",
            .minimum = 1,
            .maximum = 16384,
            .maximumItems = 2 });
    visit("channels", &S::channels,
        Note { .help = "1 reads grey pictures, 3 coloured ones (red, green, blue); 0 takes what the first "
                       "picture has.",
            .unit = "channels",
            .minimum = 0,
            .maximum = 3 });
}

template <std::same_as<AudioSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("sampleRate", &S::sampleRate,
        Note { .help = "Rate that each clip is converted to; 0 expects clips of one rate.",
            .unit = "Hz",
            .minimum = 0,
            .maximum = 384000 });
    visit("seconds", &S::seconds,
        Note { .help = "Length of a sample: longer clips are cut, shorter ones filled with silence; 0 takes "
                       "the longest "
                       "clip of the training split.",
            .unit = "seconds",
            .minimum = 0,
            .maximum = 600 });
}

template <std::same_as<WindowSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("rows", &S::rows,
        Note { .help = "Rows of the stream that make one sample.",
            .unit = "rows",
            .minimum = 0,
            .maximum = 1e6 });
    visit("step", &S::step,
        Note { .help = "Rows from the begin of one window to that of the next; 0 takes windows.rows, so that "
                       "they do not "
                       "overlap.",
            .unit = "rows",
            .minimum = 0,
            .maximum = 1e6 });
}

template <std::same_as<DataSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("format", &S::format,
        Note { .help = "How the files of the data set are read: tables of numbers (csv), time series (ts), "
                       "arrays (idx, hdf5, npz, "
                       "cifar, mat), folders of pictures (images) or sounds (audio), or sensor streams that "
                       "are cut into windows (sensors).",
            .required = true,
            .choices = { "idx", "csv", "ts", "hdf5", "npz", "cifar", "mat", "images", "audio", "sensors" } });
    visit("path", &S::path,
        Note { .help = "Folder or file of the data set, relative to dataRoot, or to the project folder where "
                       "dataRoot is empty; what is not there is sought where `data fetch` and the set-up put "
                       "data sets.",
            .required = true,
            .pathKind = PathKind::DataPath });
    visit("test", &S::test,
        Note { .help = "File or folder of the test split where path names that of the training split alone; "
                       "empty where "
                       "path holds both, or where folds, lists or split.test tell them apart.",
            .pathKind = PathKind::DataPath });
    visit("classes", &S::classes,
        Note { .help = "Number of classes; 0 takes as many as the labels of the training split show.",
            .unit = "classes",
            .minimum = 0,
            .maximum = 1e6 });
    visit("sampleShape", &S::sampleShape,
        Note { .help = "Gives each sample this shape, such as [1, 8, 8] for a flat line of csv; an empty "
                       "list keeps the shape that "
                       "the file has.",
            .minimum = 1,
            .maximum = 1e6,
            .maximumItems = 4 });
    visit("channelsLast", &S::channelsLast,
        Note { .help = "The files hold each sample as [height, width, channels]; it becomes [channels, "
                       "height, width], "
                       "before sampleShape is applied." });
    visit("labels", &S::labels,
        Note { .help
            = "With images and audio: csv file, relative to path, with the name and the class of each file; "
              "with "
              "a star it stands for all files of such names (GT-*.csv). Empty: each folder is a class." });
    visit("columns", &S::columns, Note { .help = "What the columns of tables are." });
    visit("groups", &S::groups,
        Note { .help = "Which samples belong together and are never parted by a split." });
    visit("folds", &S::folds, Note { .help = "Splits that a column of the table tells." });
    visit("lists", &S::lists, Note { .help = "Splits that text files tell." });
    visit("images", &S::images, Note { .help = "How pictures are read." });
    visit("audio", &S::audio, Note { .help = "How sounds are read." });
    visit("windows", &S::windows, Note { .help = "How sensor streams are cut into samples." });
}

template <std::same_as<SplitSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("validation", &S::validation,
        Note { .help = "Share of the training split that is held back to choose between states of a network; "
                       "the classes keep "
                       "their proportions.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 0.9,
            .minimumExclusive = true });
    visit("test", &S::test,
        Note { .help = "Share that is cut off as test split where the data set has none of its own; 0 cuts "
                       "nothing off.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 0.9 });
    visit("testSeed", &S::testSeed,
        Note { .help = "Seed of the cut for the test split, apart from the project's seed, so that every run "
                       "is tested on the same "
                       "samples." });
    visit("block", &S::block,
        Note { .help = "Number of consecutive samples that belong together, such as the frames of one film, "
                       "and are never parted "
                       "by a split.",
            .unit = "samples",
            .minimum = 1,
            .maximum = 1e9 });
}

} // namespace palimpsest
