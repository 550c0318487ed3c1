// SPDX-License-Identifier: Apache-2.0
#include "core/data/catalogue_entries.h"

namespace palimpsest {

namespace {

DataSettings settingsOf(
    std::string format, std::string path, std::string test, std::int64_t classes, Shape sampleShape)
{
    DataSettings settings;
    settings.format = std::move(format);
    settings.path = std::move(path);
    settings.test = std::move(test);
    settings.classes = classes;
    settings.sampleShape = std::move(sampleShape);
    return settings;
}

SplitSettings cutTest(double share)
{
    SplitSettings split;
    split.test = share;
    return split;
}

CatalogueEntry fashion()
{
    return { "fashion", "Fashion-MNIST",
        "grey pictures of clothes, 28 x 28, 10 classes; 60,000 to train, 10,000 to test", "MIT",
        "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, arXiv:1708.07747, 2017",
        "Debian package dataset-fashion-mnist", settingsOf("idx", "fashion", "", 10, { 1, 28, 28 }), {},
        { { "fashion/train-images-idx3-ubyte.gz", 26'421'856,
              "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
              "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz" },
            { "fashion/train-labels-idx1-ubyte.gz", 29'491,
                "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
                "/usr/share/datasets/fashion-mnist/train-labels-idx1-ubyte.gz" },
            { "fashion/t10k-images-idx3-ubyte.gz", 4'422'079,
                "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
                "/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz" },
            { "fashion/t10k-labels-idx1-ubyte.gz", 5'125,
                "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
                "/usr/share/datasets/fashion-mnist/t10k-labels-idx1-ubyte.gz" } } };
}

CatalogueEntry digits()
{
    return { "digits", "Optical recognition of handwritten digits",
        "grey pictures of digits, 8 x 8 with values 0..16, 10 classes; 1,797, of which 20 % are cut off to "
        "test",
        "CC BY 4.0 (UCI Machine Learning Repository)",
        "E. Alpaydin, C. Kaynak: Cascading Classifiers, Kybernetika 34, 1998", "wheel scikit-learn 1.9.1",
        settingsOf("csv", "digits/digits.csv.gz", "", 10, { 1, 8, 8 }), cutTest(0.2),
        { { "digits/digits.csv.gz", 57'523,
            "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
            "sklearn/datasets/data/digits.csv.gz" } } };
}

CatalogueEntry vowels()
{
    return { "vowels", "Japanese Vowels",
        "spoken vowels as 12 cepstrum coefficients over 7 to 29 frames, 9 speakers to tell apart; 270 to "
        "train, 370 to test",
        "CC BY 4.0 (UCI Machine Learning Repository)",
        "M. Kudo, J. Toyama, M. Shimbo: Multidimensional Curve Classification Using Passing-Through Regions, "
        "Pattern "
        "Recognition Letters 20, 1999",
        "wheel aeon 1.6.0",
        settingsOf("ts", "vowels/JapaneseVowels_TRAIN.ts", "vowels/JapaneseVowels_TEST.ts", 9, {}), {},
        { { "vowels/JapaneseVowels_TRAIN.ts", 487'971,
              "68a430eabd919cc77f40b1f5f3bc0dcafacc1486bca9260785aeb7d262cc78cd",
              "aeon/datasets/data/JapaneseVowels/JapaneseVowels_TRAIN.ts" },
            { "vowels/JapaneseVowels_TEST.ts", 649'132,
                "b3d41d6a0ca3bcad3afb9ca7d4365382aa51341e2e58bae2a574babdda5b9462",
                "aeon/datasets/data/JapaneseVowels/JapaneseVowels_TEST.ts" } } };
}

CatalogueEntry motions()
{
    return { "motions", "Basic Motions",
        "accelerometer and gyroscope of a smart watch, 6 channels over 100 steps of 0.1 s, 4 activities; 40 "
        "to train, 40 to test",
        "none stated by the archive; the package is under the BSD 3-Clause licence",
        "A. Bagnall et al.: The UEA multivariate time series classification archive, arXiv:1811.00075, 2018",
        "wheel aeon 1.6.0",
        settingsOf("ts", "motions/BasicMotions_TRAIN.ts", "motions/BasicMotions_TEST.ts", 4, {}), {},
        { { "motions/BasicMotions_TRAIN.ts", 227'790,
              "8dc43cc6306cb679c888c01e26f91772ac4441a916da43bac8b79734a538b9d6",
              "aeon/datasets/data/BasicMotions/BasicMotions_TRAIN.ts" },
            { "motions/BasicMotions_TEST.ts", 227'713,
                "79213102bc6fca1a398ad98ce1185dff0208fa3d1465e687f48288946b0ff8dc",
                "aeon/datasets/data/BasicMotions/BasicMotions_TEST.ts" } } };
}

} // namespace

std::vector<CatalogueEntry> quickstartEntries()
{
    return { fashion(), digits(), vowels(), motions() };
}

} // namespace palimpsest
