// SPDX-License-Identifier: Apache-2.0
#include "core/data/recognise.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::require;
using test::TempFolder;

TEST(Recognise, FilesByTheirNames)
{
    const TempFolder folder;
    for (const auto& [name, format] : { std::pair { "a.csv", "csv" }, { "a.CSV.gz", "csv" }, { "a.ts", "ts" },
             { "a.npz", "npz" }, { "train_32x32.mat", "mat" }, { "a.h5", "hdf5" } }) {
        const DataSettings settings = require(recogniseData(folder.write(name, "x")));
        EXPECT_EQ(settings.format, format);
        EXPECT_EQ(settings.path, (folder.path() / name).string());
    }
    EXPECT_CONTAINS(
        badInputText(recogniseData(folder.write("a.txt", "x"))), "expected .csv, .ts, .npz, .mat or .h5");
    EXPECT_CONTAINS(badInputText(recogniseData(folder.path() / "none")), "there is no such file or folder");
}

TEST(Recognise, FoldersByWhatLiesInThem)
{
    const TempFolder folder;
    for (const auto& [name, format] :
        { std::pair { "idx/train-images-idx3-ubyte.gz", "idx" }, { "cifar/data_batch_1.bin", "cifar" },
            { "cifar100/train.bin", "cifar" }, { "npy/x_train.npy", "npz" },
            { "images/cat/deep/a.JPG", "images" }, { "audio/yes/a.wav", "audio" } }) {
        folder.write(name, "x");
        const std::filesystem::path top = *std::filesystem::path(name).begin();
        EXPECT_EQ(require(recogniseData(folder.path() / top)).format, format);
    }
    folder.write("flat/a.png", "x");
    EXPECT_CONTAINS(badInputText(recogniseData(folder.path() / "flat")), "a folder for each class");
}

} // namespace
} // namespace palimpsest
