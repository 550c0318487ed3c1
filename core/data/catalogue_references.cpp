// SPDX-License-Identifier: Apache-2.0
// Sizes are those that the servers once gave; they are shown, and nothing is refused for them. A SHA-256 is entered where it
// was computed from a file in hand, and none was.
#include "core/data/catalogue_entries.h"

#include <array>

namespace palimpsest {

namespace {

constexpr std::int64_t kAudioRate = 8000; // Hz, of all sounds, as in the references

CatalogueEntry entryOf(std::string name, std::string title, std::string description, std::string licence,
    std::string citation, std::string page, std::int64_t classes)
{
    CatalogueEntry entry;
    entry.name = std::move(name);
    entry.title = std::move(title);
    entry.description = std::move(description);
    entry.licence = std::move(licence);
    entry.citation = std::move(citation);
    entry.page = std::move(page);
    entry.data.format = "hdf5";
    entry.data.path = entry.name + ".h5";
    entry.data.classes = classes;
    entry.source.classes = classes;
    return entry;
}

/// The four files of a set in the form of MNIST.
std::vector<CatalogueDownload> idxFiles(
    const std::string& address, const std::array<std::uint64_t, 4>& aboutBytes)
{
    const std::array<std::string, 4> names { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" };
    std::vector<CatalogueDownload> downloads;
    for (std::size_t i = 0; i < names.size(); ++i)
        downloads.push_back({ address + names[i], names[i], aboutBytes[i], "", false, "", {} });
    return downloads;
}

CatalogueEntry cifar10()
{
    CatalogueEntry entry = entryOf("cifar10", "CIFAR-10",
        "coloured pictures of animals and vehicles, 32 x 32, 10 classes; 50,000 to train, 10,000 to test",
        "none stated by the authors",
        "A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009",
        "https://www.cs.toronto.edu/~kriz/cifar.html", 10);
    entry.downloads = { { "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", "cifar-10-binary.tar.gz",
        170'052'171, "", true, "", {} } };
    entry.source.format = "cifar";
    entry.source.path = "cifar-10-batches-bin";
    return entry;
}

CatalogueEntry mnist()
{
    CatalogueEntry entry = entryOf("mnist", "MNIST",
        "grey pictures of handwritten digits, 28 x 28, 10 classes; 60,000 to train, 10,000 to test",
        "CC BY-SA 3.0",
        "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-Based Learning Applied to Document "
        "Recognition, Proceedings of the IEEE 86, 1998",
        "http://yann.lecun.com/exdb/mnist", 10);
    entry.downloads
        = idxFiles("https://ossci-datasets.s3.amazonaws.com/mnist/", { 9'912'422, 28'881, 1'648'877, 4'542 });
    entry.source.format = "idx";
    entry.source.path = ".";
    return entry;
}

CatalogueEntry fmnist()
{
    CatalogueEntry entry = entryOf("fmnist", "Fashion-MNIST",
        "grey pictures of clothes, 28 x 28, 10 classes; 60,000 to train, 10,000 to test (the set `fashion` "
        "comes with a "
        "package and holds the same)",
        "MIT", "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, arXiv:1708.07747, 2017",
        "https://github.com/zalandoresearch/fashion-mnist", 10);
    entry.downloads = idxFiles("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        { 26'421'880, 29'515, 4'422'102, 5'148 });
    entry.source.format = "idx";
    entry.source.path = ".";
    return entry;
}

CatalogueEntry gtsrb()
{
    CatalogueEntry entry = entryOf("gtsrb", "German Traffic Sign Recognition Benchmark",
        "pictures of traffic signs, here grey and cut to the sign at 32 x 32, 43 classes; 39,209 in tracks "
        "to train, 12,630 "
        "to test",
        "none stated by the authors",
        "J. Stallkamp, M. Schlipsing, J. Salmen, C. Igel: The German Traffic Sign Recognition Benchmark, "
        "IJCNN 2011",
        "https://benchmark.ini.rub.de", 43);
    const std::string address = "https://sid.erda.dk/public/archives/daaeac0d7ce1152aea9b61d9f1e19370/";
    const std::string testFolder = "GTSRB/Final_Test/Images";
    entry.downloads = { { address + "GTSRB_Final_Training_Images.zip", "GTSRB_Final_Training_Images.zip",
                            276'294'756, "", true, "", {} },
        { address + "GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_Images.zip", 88'978'620, "", true, "",
            { "*.ppm" } },
        { address + "GTSRB_Final_Test_GT.zip", "GTSRB_Final_Test_GT.zip", 99'620, "", true, testFolder,
            { "*.csv" } } };
    entry.source.format = "images";
    entry.source.path = "GTSRB/Final_Training/Images";
    entry.source.test = testFolder;
    entry.source.labels = "GT-*.csv";
    entry.source.images = { { 32, 32 }, 1 };
    entry.source.groups.before = "_";
    entry.source.groups.withinClass = true;
    return entry;
}

CatalogueEntry svhn()
{
    CatalogueEntry entry = entryOf("svhn", "Street View House Numbers",
        "coloured pictures of single digits of house numbers, 32 x 32, 10 classes; 73,257 to train, 26,032 "
        "to test",
        "for non-commercial use only",
        "Y. Netzer et al.: Reading Digits in Natural Images with Unsupervised Feature Learning, NIPS "
        "workshop 2011",
        "http://ufldl.stanford.edu/housenumbers", 10);
    entry.isNonCommercial = true;
    entry.downloads = { { "http://ufldl.stanford.edu/housenumbers/train_32x32.mat", "train_32x32.mat",
                            182'040'794, "", false, "", {} },
        { "http://ufldl.stanford.edu/housenumbers/test_32x32.mat", "test_32x32.mat", 64'275'384, "", false,
            "", {} } };
    entry.source.format = "mat";
    entry.source.path = "train_32x32.mat";
    entry.source.test = "test_32x32.mat";
    return entry;
}

CatalogueEntry gsc()
{
    CatalogueEntry entry = entryOf("gsc", "Speech Commands v0.02",
        "one second of speech, here at 8 kHz, 35 words; 105,829 clips with their official test and "
        "validation lists",
        "CC BY 4.0",
        "P. Warden: Speech Commands: A Dataset for Limited-Vocabulary Speech Recognition, arXiv:1804.03209, "
        "2018",
        "https://arxiv.org/abs/1804.03209", 35);
    entry.downloads
        = { { "https://storage.googleapis.com/download.tensorflow.org/data/speech_commands_v0.02.tar.gz",
            "speech_commands_v0.02.tar.gz", 2'428'923'189, "", true, "", {} } };
    entry.source.format = "audio";
    entry.source.path = ".";
    entry.source.audio = { kAudioRate, 1.0 };
    entry.source.lists = { "testing_list.txt", "validation_list.txt" };
    entry.source.groups.before = "_nohash_";
    return entry;
}

CatalogueEntry esc10()
{
    CatalogueEntry entry = entryOf("esc10", "ESC-10",
        "five seconds of environmental sound, here at 8 kHz, 10 classes; 400 clips in 5 folds, of which the "
        "fifth tests",
        "CC BY 3.0 (two clips CC Sampling+ 1.0)",
        "K. J. Piczak: ESC: Dataset for Environmental Sound Classification, ACM Multimedia 2015",
        "https://github.com/karolpiczak/ESC-10", 10);
    const std::string commit = "553c8f1743b9dba6b282e1323c3ca8fa76923448";
    entry.downloads = { { "https://github.com/karolpiczak/ESC-10/archive/" + commit + ".zip", "ESC-10.zip", 0,
        "", true, "", { "*.ogg" } } };
    entry.source.format = "audio";
    entry.source.path = "ESC-10-" + commit;
    entry.source.audio = { kAudioRate, 5.0 };
    entry.source.folds.before = "-";
    entry.source.folds.test = { "5" };
    return entry;
}

CatalogueEntry us8k()
{
    CatalogueEntry entry = entryOf("us8k", "UrbanSound8K",
        "up to four seconds of city noise, here at 8 kHz, 10 classes; 8,732 clips in 10 folds, of which the "
        "tenth tests",
        "CC BY-NC 3.0",
        "J. Salamon, C. Jacoby, J. P. Bello: A Dataset and Taxonomy for Urban Sound Research, ACM Multimedia "
        "2014",
        "https://urbansounddataset.weebly.com", 10);
    entry.isNonCommercial = true;
    entry.downloads = { { "https://zenodo.org/record/1203745/files/UrbanSound8K.tar.gz",
        "UrbanSound8K.tar.gz", 6'023'741'708, "", true, "", {} } };
    entry.source.format = "audio";
    entry.source.path = "UrbanSound8K";
    entry.source.labels = "metadata/UrbanSound8K.csv";
    entry.source.columns.label = "class";
    entry.source.audio = { kAudioRate, 4.0 };
    entry.source.groups.column = "fsID";
    entry.source.folds = { "fold", "", { "10" }, {} };
    return entry;
}

CatalogueEntry hhar()
{
    CatalogueEntry entry = entryOf("hhar", "Heterogeneity Activity Recognition",
        "accelerometers of phones, windows of 128 readings on 3 axes, 6 activities of 9 people, of whom two "
        "test",
        "CC BY 4.0 (UCI Machine Learning Repository)",
        "A. Stisen et al.: Smart Devices are Different, ACM SenSys 2015",
        "https://archive.ics.uci.edu/dataset/344/heterogeneity+activity+recognition", 6);
    entry.downloads = {
        { "https://archive.ics.uci.edu/ml/machine-learning-databases/00344/Activity%20recognition%20exp.zip",
            "Activity recognition exp.zip", 777'000'000, "", true, "", { "*Phones_accelerometer.csv" } }
    };
    entry.source.format = "sensors";
    entry.source.path = "Activity recognition exp/Phones_accelerometer.csv";
    entry.source.columns.label = "gt";
    entry.source.columns.values = { "x", "y", "z" };
    entry.source.columns.where = { "gt!=null" };
    entry.source.groups.column = "User";
    entry.source.folds = { "User", "", { "h", "i" }, {} };
    entry.source.windows = { 128, 128 };
    return entry;
}

CatalogueEntry obstacle()
{
    CatalogueEntry entry = entryOf("obstacle", "Dynamic Obstacle Avoidance",
        "camera pictures of a robot's way and which way to go; its authors give it out by hand",
        "none stated by the authors",
        "V. Verlencar et al.: Dynamic-Obstacle-Avoidance-DL, course project, WPI 2016",
        "https://github.com/varunverlencar/Dynamic-Obstacle-Avoidance-DL", 0);
    return entry;
}

} // namespace

std::vector<CatalogueEntry> referenceEntries()
{
    return { cifar10(), mnist(), fmnist(), gtsrb(), svhn(), gsc(), esc10(), us8k(), hhar(), obstacle() };
}

} // namespace palimpsest
