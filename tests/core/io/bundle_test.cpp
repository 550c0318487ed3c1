// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/project/settings.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/mount.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <sstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// The storage forms of a bundle's parts.
struct Forms {
    Storage pool = Storage::Float32;
    Storage exclusive = Storage::Float32;
    Storage privates = Storage::Float32;
};

BundleTask makeTask(const std::string& name, const std::vector<PageRef>& entries, Storage privates)
{
    BundleTask task;
    task.name = name;
    task.classes = 3;
    task.classNames = { "a", "b\"\\", "\xC3\xBC" };
    const Result<Json> json
        = parseJson(R"({ "format": "palimpsest-network", "version": 1, "name": "net", "inputShape": [40],
        "layers": [ { "type": "linear", "name": "one", "outputs": 3 }, { "type": "leakyRelu", "slope": 0.1 },
                    { "type": "linear", "name": "two", "outputs": 3 } ] })",
            "test");
    task.network = parseNetwork(*json, "test").value();
    PagesSettings settings;
    settings.pageSize = 64;
    task.layout = formPages(task.network, settings).value();
    task.table.entries = entries;
    std::vector<float> run;
    for (std::int64_t i = 0; i < task.layout.privateSize; ++i)
        run.push_back(0.1F * static_cast<float>(i) - 0.2F);
    task.privateRun = encodePages(run, task.layout.privateSize, privates);
    task.preprocessing
        = { { "scale", 255.0, {}, {} }, { "standardise", 0.0, { 0.1F, -3.5F }, { 1.0F, 0.3F } } };
    return task;
}

/// 120 + 9 weights of each task: three pages of 64.
Bundle makeBundle(const Forms& forms = {}, bool hasExclusivePage = true)
{
    Bundle bundle;
    bundle.project = "quick \"start\"";
    bundle.version = "0.1.0";
    std::vector<float> pool, exclusive;
    for (int i = 0; i < 2 * 64; ++i)
        pool.push_back(static_cast<float>(i * 37 % 101 - 50) / 7.0F);
    for (int i = 0; hasExclusivePage && i < 64; ++i)
        exclusive.push_back(static_cast<float>(i * 23 % 67 - 40) / 11.0F);
    bundle.pool = encodePages(pool, 64, forms.pool);
    bundle.exclusive = encodePages(exclusive, 64, forms.exclusive);
    bundle.tasks.push_back(makeTask("digits", { { false, 0 }, { false, 1 }, { false, 1 } }, forms.privates));
    bundle.tasks.push_back(
        makeTask("vowels-2", { { hasExclusivePage, 0 }, { false, 1 }, { false, 0 } }, forms.privates));
    return bundle;
}

constexpr Storage kStorages[] { Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int6,
    Storage::Int4, Storage::Int3, Storage::Ternary, Storage::Binary };

/// The manifest with a new seal: what a careful editor could write.
std::string reseal(Json manifest)
{
    manifest.erase("sha256");
    manifest["sha256"] = sha256(canonicalJson(manifest));
    return manifest.dump();
}

std::string reseal(Json manifest, const std::string& pointer, const Json& value)
{
    manifest[Json::json_pointer(pointer)] = value;
    return reseal(std::move(manifest));
}

class BundleTest : public testing::Test {
protected:
    [[nodiscard]] fs::path target() const { return m_folder.path() / "out"; }
    [[nodiscard]] const fs::path& folder() const { return m_folder.path(); }
    std::string error()
    {
        const Result<Bundle> bundle = readBundle(target());
        return bundle.ok() ? std::string() : bundle.error().text();
    }

private:
    TemporaryFolder m_folder;
};

TEST_F(BundleTest, ComesBackAsItWas)
{
    int number = 0;
    constexpr Storage kPrivates[] { Storage::Float32, Storage::Float16, Storage::Int8 };
    for (std::size_t i = 0; i < std::size(kStorages); ++i)
        for (const bool hasExclusivePage : { true, false }) {
            const Forms forms { kStorages[i], kStorages[(i + 3) % std::size(kStorages)], kPrivates[i % 3] };
            const Bundle bundle = makeBundle(forms, hasExclusivePage);
            const fs::path place = folder() / std::to_string(number++);
            const Result<BundleSize> size = writeBundle(place, bundle);
            ASSERT_TRUE(size.ok()) << size.error().text();
            const Result<Bundle> again = readBundle(place);
            ASSERT_TRUE(again.ok()) << again.error().text();
            ASSERT_TRUE(*again == bundle) << i;
        }
    EXPECT_EQ(std::distance(fs::directory_iterator(folder()), {}), number) << "nothing temporary is left";
}

TEST_F(BundleTest, StoresWhatIsCountedAndNothingElse)
{
    for (const Storage pool : kStorages) {
        const Storage privates = pool == Storage::Float32 || pool == Storage::Int4 ? pool : Storage::Int8;
        const Result<BundleSize> size = writeBundle(target(), makeBundle({ pool, Storage::Int6, privates }));
        ASSERT_TRUE(size.ok()) << size.error().text();
        std::int64_t files = 0;
        std::int64_t whole = 0;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(target())) {
            const auto bytes = entry.is_regular_file() ? static_cast<std::int64_t>(entry.file_size()) : 0;
            whole += bytes;
            files += entry.path().extension() == ".bin" ? bytes : 0;
        }
        // Two slots, one exclusive page with a scale, three entries a task, six biases a task.
        const std::int64_t counted = 2 * (packedBytes(pool, 64) + scaleBytes(pool, 64)) + 64 * 6 / 8 + 2
            + 2 * 3 + 2 * (packedBytes(privates, 6) + scaleBytes(privates, 6));
        EXPECT_EQ(files, counted) << static_cast<int>(pool);
        EXPECT_EQ(size->storedBytes, counted);
        EXPECT_EQ(size->otherBytes, whole - counted);
        fs::remove_all(target());
    }
}

TEST_F(BundleTest, HoldsPlainBytesThatADeviceReads)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const std::string pool = readFile(target() / "pool.bin").value();
    ASSERT_EQ(pool.size(), 2U * 64U * 4U);
    float second = 0;
    std::memcpy(&second, pool.data() + 4, 4);
    EXPECT_EQ(second, -13.0F / 7.0F) << "37 - 50";
    EXPECT_EQ(readFile(target() / "tables" / "vowels-2.bin").value(), std::string("\x02\x01\x00", 3))
        << "2 slots + exclusive 0";
    const Json manifest = readJsonFile(target() / "manifest.json").value();
    EXPECT_EQ(manifest.at("files").at("pool.bin").at("sha256"), sha256(pool));
    EXPECT_EQ(manifest.at("tableEntryBytes"), 1);
    EXPECT_EQ(manifest.at("tasks").at(1).at("tensors").at(0).at("tensor"), "one.weight");
}

TEST_F(BundleTest, HoldsScalesAndThenPackedWeights)
{
    Bundle bundle = makeBundle({ Storage::Ternary, Storage::Float32, Storage::Float32 });
    std::vector<float> codes(
        128, 0.0F); // digit 1 each: 1 + 3 + 9 + 27 + 81 = 121 a byte, 1 + 3 + 9 + 27 = 40 for the last four
    codes[0] = 1.0F; // 122
    codes[64] = -1.0F; // 120
    const std::vector<std::uint16_t> scales { 0x3C00, 0x4000 }; // 1 and 2
    bundle.pool = encodePages(codes, 64, Storage::Ternary, scales);
    bundle.pool.scales = scales;
    ASSERT_TRUE(writeBundle(target(), bundle).ok());
    std::string expected("\x00\x3C\x00\x40", 4);
    expected += '\x7A' + std::string(11, '\x79') + '\x28';
    // The second page has the scale 2: -1 / 2 rounds to even, to 0.
    expected += std::string(12, '\x79') + '\x28';
    EXPECT_EQ(readFile(target() / "pool.bin").value(), expected);
}

TEST_F(BundleTest, EqualBundlesMakeEqualFiles)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    ASSERT_TRUE(writeBundle(folder() / "again", makeBundle()).ok());
    for (const char* file : { "manifest.json", "pool.bin", "exclusive.bin", "palimpsest_pages.h",
             "tables/digits.bin", "private/digits.bin" })
        EXPECT_EQ(readFile(target() / file).value(), readFile(folder() / "again" / file).value()) << file;
}

TEST_F(BundleTest, TheHeaderIsCAndCpp)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    if (std::system("cc --version > /dev/null 2>&1") != 0)
        GTEST_SKIP() << "needs a C compiler called cc";
    std::ofstream(folder() / "main.c")
        << "#include \"out/palimpsest_pages.h\"\n"
           "#include <string.h>\n"
           "int main(void) {\n"
           "    return PALIMPSEST_SLOTS == 2 && PALIMPSEST_TASK_1_PAGES == 3\n"
           "        && strcmp(PALIMPSEST_TASK_1_NAME, \"vowels-2\") == 0\n"
           "        && strcmp(palimpsest_task_1_tensors[2].name, \"two.weight\") == 0\n"
           "        && palimpsest_task_0_tensors[2].size == 9 ? 0 : 1; }\n";
    const std::string place = folder().string();
    EXPECT_EQ(std::system(("cc -std=c99 -Wall -Wextra -Werror -o " + place + "/main " + place + "/main.c && "
                  + place + "/main")
                              .c_str()),
        0);
    EXPECT_EQ(
        std::system(("c++ -x c++ -Wall -Wextra -Werror -fsyntax-only " + place + "/main.c").c_str()), 0);
}

/// A program in C that loads the second task with the header alone, and prints the bits of each value.
constexpr const char* kLoader = R"(#include "out/palimpsest_pages.h"
#include <stdio.h>
static unsigned char pool[4096], exclusive[4096], table[64], run[256];
static float image[PALIMPSEST_TASK_1_PAGES * PALIMPSEST_PAGE_SIZE], privates[PALIMPSEST_TASK_1_PRIVATE_SIZE];
static int load(const char* folder, const char* name, unsigned char* bytes, unsigned long size)
{
    char path[1024];
    FILE* file;
    unsigned long count;
    sprintf(path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (!file)
        return 0;
    count = (unsigned long)fread(bytes, 1, size, file);
    fclose(file);
    return count > 0;
}
static void show(const float* values, unsigned long count)
{
    unsigned long i;
    for (i = 0; i < count; ++i) {
        unsigned int bits;
        memcpy(&bits, values + i, 4);
        printf("%08x\n", bits);
    }
}
int main(int argc, char** argv)
{
    unsigned long i;
    if (argc != 2 || !load(argv[1], "pool.bin", pool, sizeof pool)
        || !load(argv[1], "exclusive.bin", exclusive, sizeof exclusive)
        || !load(argv[1], PALIMPSEST_TASK_1_TABLE_FILE, table, sizeof table)
        || !load(argv[1], PALIMPSEST_TASK_1_PRIVATE_FILE, run, sizeof run))
        return 1;
    for (i = 0; i < PALIMPSEST_TASK_1_PAGES; ++i) {
        unsigned long code = palimpsest_table_code(table, PALIMPSEST_TABLE_ENTRY_BYTES, i);
        if (code < PALIMPSEST_SLOTS)
            palimpsest_read_page(PALIMPSEST_POOL_FORM, pool, PALIMPSEST_SLOTS, PALIMPSEST_PAGE_SIZE, code,
                image + i * PALIMPSEST_PAGE_SIZE);
        else
            palimpsest_read_page(PALIMPSEST_EXCLUSIVE_FORM, exclusive, PALIMPSEST_EXCLUSIVE_PAGES,
                PALIMPSEST_PAGE_SIZE, code - PALIMPSEST_SLOTS, image + i * PALIMPSEST_PAGE_SIZE);
    }
    palimpsest_read_page(
        PALIMPSEST_TASK_1_PRIVATE_FORM, run, 1, PALIMPSEST_TASK_1_PRIVATE_SIZE, 0, privates);
    show(image, PALIMPSEST_TASK_1_PAGES * PALIMPSEST_PAGE_SIZE);
    show(privates, PALIMPSEST_TASK_1_PRIVATE_SIZE);
    return 0;
}
)";

std::string bitsOf(const std::vector<float>& values)
{
    std::ostringstream text;
    for (const float value : values)
        text << std::hex << std::setw(8) << std::setfill('0') << std::bit_cast<std::uint32_t>(value) << "\n";
    return text.str();
}

TEST_F(BundleTest, ADeviceLoadsATaskWithTheHeaderAlone)
{
    if (std::system("cc --version > /dev/null 2>&1") != 0)
        GTEST_SKIP() << "needs a C compiler called cc";
    std::ofstream(folder() / "load.c") << kLoader;
    const std::string place = folder().string();
    for (const Forms& forms : { Forms { Storage::Ternary, Storage::Int8, Storage::Float16 },
             Forms { Storage::Int6, Storage::Binary, Storage::Int8 },
             Forms { Storage::Int4, Storage::Int3, Storage::Float32 },
             Forms { Storage::Float16, Storage::Float32, Storage::Int8 } }) {
        const Bundle bundle = makeBundle(forms);
        ASSERT_TRUE(writeBundle(target(), bundle).ok());
        ASSERT_EQ(std::system(("cc -std=c99 -O1 -Wall -Wextra -Werror -o " + place + "/load " + place
                      + "/load.c && " + place + "/load " + target().string() + " > " + place + "/bits")
                                  .c_str()),
            0);
        const std::vector<float> pool = decodePages(bundle.pool);
        std::vector<float> expected = decodePages(bundle.exclusive); // the table: exclusive 0, slot 1, slot 0
        expected.insert(expected.end(), pool.begin() + 64, pool.end());
        expected.insert(expected.end(), pool.begin(), pool.begin() + 64);
        const std::vector<float> run = decodePages(bundle.tasks[1].privateRun);
        expected.insert(expected.end(), run.begin(), run.end());
        EXPECT_EQ(readFile(folder() / "bits").value(), bitsOf(expected)) << static_cast<int>(forms.pool);
        fs::remove_all(target());
    }
}

TEST_F(BundleTest, RefusesAFolderThatHoldsSomething)
{
    fs::create_directories(target());
    EXPECT_TRUE(writeBundle(target(), makeBundle()).ok()) << "an empty folder is taken";
    const Result<BundleSize> again = writeBundle(target(), makeBundle());
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().text(),
        target().string()
            + ": expected a folder that does not exist yet or is empty; name another one, or remove it "
              "first");
    std::ofstream(folder() / "file") << "x";
    EXPECT_FALSE(writeBundle(folder() / "file", makeBundle()).ok());
    EXPECT_TRUE(writeBundle(folder() / "new" / "deep" / "", makeBundle()).ok())
        << "folders above it are made";
    EXPECT_TRUE(readBundle(folder() / "new" / "deep").ok());
}

TEST_F(BundleTest, EveryFlippedByteIsRefusedOrHarmless)
{
    const Bundle original = makeBundle({ Storage::Ternary, Storage::Int4, Storage::Float16 });
    ASSERT_TRUE(writeBundle(target(), original).ok());
    for (const char* name : { "manifest.json", "pool.bin", "exclusive.bin", "tables/digits.bin",
             "private/vowels-2.bin", "palimpsest_pages.h" }) {
        const std::string whole = readFile(target() / name).value();
        std::fstream file(target() / name, std::ios::binary | std::ios::in | std::ios::out);
        const auto putAt = [&file](std::size_t place, char byte) {
            file.seekp(static_cast<std::streamoff>(place)).put(byte).flush();
        };
        const std::size_t stride = whole.size() > 2000 ? 11 : 1;
        for (std::size_t i = 0; i < whole.size(); i += stride) {
            putAt(i, static_cast<char>(whole[i] ^ 1));
            const Result<Bundle> bundle = readBundle(target());
            const bool mayBeHarmless = std::string(name) == "manifest.json"; // white space
            ASSERT_TRUE(bundle.ok() ? mayBeHarmless && *bundle == original
                                    : bundle.error().kind == ErrorKind::BadInput)
                << name << " byte " << i;
            putAt(i, whole[i]);
        }
        for (std::size_t size = 0; size < whole.size(); size += stride) {
            std::ofstream(target() / name, std::ios::binary) << whole.substr(0, size);
            const Result<Bundle> bundle = readBundle(target());
            const bool mayBeHarmless = std::string(name) == "manifest.json" && size + 1 == whole.size();
            ASSERT_TRUE(bundle.ok() ? mayBeHarmless : bundle.error().kind == ErrorKind::BadInput)
                << name << " cut to " << size;
        }
        std::ofstream(target() / name, std::ios::binary) << whole << '\0';
        ASSERT_EQ(error().empty(), std::string(name) == "manifest.json") << name << " with a byte too many";
        std::ofstream(target() / name, std::ios::binary) << whole;
        ASSERT_EQ(error(), "") << name;
    }
}

TEST_F(BundleTest, SaysWhatIsWrongWithAFile)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    std::ofstream(target() / "pool.bin", std::ios::binary | std::ios::in) << "!";
    EXPECT_EQ(error(),
        (target() / "pool.bin").string()
            + ": the content does not match the SHA-256 of the manifest: the file is damaged; export the "
              "bundle again");
    fs::remove(target() / "pool.bin");
    EXPECT_EQ(error(),
        (target() / "pool.bin").string()
            + ": cannot be opened: No such file or directory; export the bundle again");
    EXPECT_FALSE(readBundle(folder()).ok());
}

/// What the program wrote before pages could be packed: no `storedBytes`, no `privateStorage`.
Json manifestOfVersion1(Json manifest)
{
    manifest["version"] = 1;
    manifest.erase("storedBytes");
    for (Json& task : manifest["tasks"])
        task.erase("privateStorage");
    return manifest;
}

TEST_F(BundleTest, AnOlderBundleIsReadAndANewerOneIsNot)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const Json manifest = readJsonFile(target() / "manifest.json").value();
    EXPECT_EQ(manifest.at("version"), 2);
    std::ofstream(target() / "manifest.json") << reseal(manifestOfVersion1(manifest));
    const Result<Bundle> bundle = readBundle(target());
    ASSERT_TRUE(bundle.ok()) << bundle.error().text();
    EXPECT_TRUE(*bundle == makeBundle());
    std::ofstream(target() / "manifest.json")
        << reseal(manifestOfVersion1(manifest), "/poolStorage", "ternary");
    EXPECT_EQ(error(),
        (target() / "manifest.json").string()
            + ": a bundle of version 1 has pages in float32 alone; export the bundle again");
    std::ofstream(target() / "manifest.json") << reseal(manifest, "/version", 3);
    EXPECT_EQ(error(),
        (target() / "manifest.json").string() + ": the bundle has version 3, and this program (palimpsest "
            + PALIMPSEST_VERSION + ") reads versions 1 to 2; use the newer palimpsest that wrote it");
}

TEST_F(BundleTest, AManifestThatDoesNotFitIsRefused)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const Json manifest = readJsonFile(target() / "manifest.json").value();
    std::ofstream(target() / "manifest.json") << reseal(manifest, "/project", "other");
    EXPECT_EQ(error(), "") << "the seal is right";
    for (const auto& [pointer, value] : std::vector<std::pair<std::string, Json>> { { "/version", 0 },
             { "/format", "x" }, { "/pageSize", 0 }, { "/pageSize", -64 }, { "/pageSize", 1ULL << 62U },
             { "/slots", 1ULL << 39U }, { "/slots", 3 }, { "/exclusivePages", 0 }, { "/tableEntryBytes", 2 },
             { "/poolStorage", "int8" }, { "/poolStorage", "x" }, { "/exclusiveStorage", "ternary" },
             { "/storedBytes", 5 }, { "/storedBytes", "x" }, { "/tasks/0/privateStorage", "float16" },
             { "/tasks/0/privateStorage", 3 }, { "/tasks", 3 }, { "/tasks/0", 3 },
             { "/tasks/0/name", "../../etc" }, { "/tasks/0/name", "vowels-2" }, { "/tasks/0/pageCount", 4 },
             { "/tasks/0/pageCount", 1ULL << 39U }, { "/tasks/0/privateSize", 5 },
             { "/tasks/0/privateSize", 7 }, { "/tasks/0/tensors/0/offset", 100 },
             { "/tasks/0/tensors/0/offset", 1ULL << 40U }, { "/tasks/0/tensors/0/size", 119 },
             { "/tasks/0/tensors/0/tensor", "two.weight" }, { "/tasks/0/tensors/0/private", true },
             { "/tasks/0/tensors", Json::array() }, { "/tasks/0/network/layers", Json::array() },
             { "/tasks/0/preprocessing", { 1 } }, { "/files/pool.bin/bytes", 4 }, { "/files/pool.bin", 4 },
             { "/files", Json::object() } }) {
        std::ofstream(target() / "manifest.json") << reseal(manifest, pointer, value);
        EXPECT_NE(error(), "") << pointer << " = " << value.dump();
    }
    Json many = manifest; // 100 pages of which 97 hold nothing
    many["tasks"][0]["pageCount"] = 100;
    many["storedBytes"] = manifest.at("storedBytes").get<int>() + 97;
    std::ofstream(target() / "manifest.json") << reseal(many);
    EXPECT_EQ(error(),
        (target() / "manifest.json").string()
            + ": tasks[0]: expected pages for 129 weights, got 100 pages of 64");
    std::string codes("\x00\x01\x03", 3); // page 3 of 3
    std::ofstream(target() / "tables" / "digits.bin", std::ios::binary) << codes;
    std::ofstream(target() / "manifest.json")
        << reseal(manifest, "/files/tables~1digits.bin/sha256", sha256(codes));
    EXPECT_EQ(error(), (target() / "tables" / "digits.bin").string() + ": entry 2 names page 3 of 3");
}

TEST_F(BundleTest, RefusesWhatIsNoNumberAndWhatDoesNotFit)
{
    for (const Storage storage : { Storage::Float32, Storage::Float16 }) {
        Bundle bundle = makeBundle({ storage, Storage::Float32, Storage::Float32 });
        std::fill_n(bundle.pool.bytes.begin(), 4, std::uint8_t { 0xFF });
        const Result<BundleSize> size = writeBundle(target(), bundle);
        ASSERT_FALSE(size.ok());
        EXPECT_EQ(size.error().kind, ErrorKind::BadInput);
    }
    Bundle bundle = makeBundle({ Storage::Ternary, Storage::Float32, Storage::Float32 });
    bundle.pool.scales[1] = 0x7C00; // infinite
    EXPECT_FALSE(writeBundle(target(), bundle).ok());
    EXPECT_FALSE(fs::exists(target()));
    bundle = makeBundle();
    bundle.tasks[0].table.entries.pop_back();
    EXPECT_THROW((void)writeBundle(target(), bundle), std::invalid_argument);
    bundle = makeBundle();
    bundle.tasks[0].table.entries[0].index = 2;
    EXPECT_THROW((void)writeBundle(target(), bundle), std::invalid_argument);
    bundle = makeBundle({ Storage::Ternary, Storage::Float32, Storage::Float32 });
    bundle.pool.scales.pop_back();
    EXPECT_THROW((void)writeBundle(target(), bundle), std::invalid_argument);
}

TEST_F(BundleTest, AFullDiskLeavesNothing)
{
    if (::mount("palimpsest-test", folder().c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "needs the right to mount a small file system";
    Bundle bundle = makeBundle();
    bundle.pool = encodePages(std::vector<float>(64 * 1000), 64, Storage::Float32);
    const Result<BundleSize> status = writeBundle(target(), bundle);
    const auto files = std::distance(fs::directory_iterator(folder()), {});
    ::umount(folder().c_str());
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::Failed);
    EXPECT_EQ(files, 0);
}

} // namespace
} // namespace palimpsest
