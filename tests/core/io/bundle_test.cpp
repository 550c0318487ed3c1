// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/mount.h>

#include <cstdlib>
#include <fstream>
#include <limits>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

BundleTask makeTask(const std::string& name, const std::vector<PageRef>& entries)
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
    for (std::int64_t i = 0; i < task.layout.privateSize; ++i)
        task.privateRun.push_back(0.1F * static_cast<float>(i) - 0.2F);
    task.preprocessing
        = { { "scale", 255.0, {}, {} }, { "standardise", 0.0, { 0.1F, -3.5F }, { 1.0F, 0.3F } } };
    return task;
}

/// 120 + 9 weights of each task: three pages of 64.
Bundle makeBundle()
{
    Bundle bundle;
    bundle.project = "quick \"start\"";
    bundle.version = "0.1.0";
    bundle.pageSize = 64;
    for (int i = 0; i < 2 * 64; ++i)
        bundle.pool.push_back(static_cast<float>(i) / 7.0F);
    for (int i = 0; i < 64; ++i)
        bundle.exclusive.push_back(-static_cast<float>(i));
    bundle.tasks.push_back(makeTask("digits", { { false, 0 }, { false, 1 }, { false, 1 } }));
    bundle.tasks.push_back(makeTask("vowels-2", { { true, 0 }, { false, 1 }, { false, 0 } }));
    return bundle;
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
    const Status status = writeBundle(target(), makeBundle());
    ASSERT_TRUE(status.ok()) << status.error().text();
    const Result<Bundle> bundle = readBundle(target());
    ASSERT_TRUE(bundle.ok()) << bundle.error().text();
    EXPECT_TRUE(*bundle == makeBundle());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder()), {}), 1) << "nothing temporary is left";
}

TEST_F(BundleTest, HoldsPlainBytesThatADeviceReads)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const std::string pool = readFile(target() / "pool.bin").value();
    ASSERT_EQ(pool.size(), 2U * 64U * 4U);
    float second = 0;
    std::memcpy(&second, pool.data() + 4, 4);
    EXPECT_EQ(second, 1.0F / 7.0F);
    EXPECT_EQ(readFile(target() / "tables" / "vowels-2.bin").value(), std::string("\x02\x01\x00", 3))
        << "2 slots + exclusive 0";
    const Json manifest = readJsonFile(target() / "manifest.json").value();
    EXPECT_EQ(manifest.at("files").at("pool.bin").at("sha256"), sha256(pool));
    EXPECT_EQ(manifest.at("tableEntryBytes"), 1);
    EXPECT_EQ(manifest.at("tasks").at(1).at("tensors").at(0).at("tensor"), "one.weight");
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

TEST_F(BundleTest, RefusesAFolderThatHoldsSomething)
{
    fs::create_directories(target());
    EXPECT_TRUE(writeBundle(target(), makeBundle()).ok()) << "an empty folder is taken";
    const Status again = writeBundle(target(), makeBundle());
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
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const Bundle original = makeBundle();
    for (const char* name : { "manifest.json", "pool.bin", "exclusive.bin", "tables/digits.bin",
             "private/vowels-2.bin", "palimpsest_pages.h" }) {
        const std::string whole = readFile(target() / name).value();
        std::fstream file(target() / name, std::ios::binary | std::ios::in | std::ios::out);
        const auto putAt = [&file](std::size_t place, char byte) {
            file.seekp(static_cast<std::streamoff>(place)).put(byte).flush();
        };
        for (std::size_t i = 0; i < whole.size(); i += 11) {
            putAt(i, static_cast<char>(whole[i] ^ 1));
            const Result<Bundle> bundle = readBundle(target());
            const bool mayBeHarmless = std::string(name) == "manifest.json"; // white space
            ASSERT_TRUE(bundle.ok() ? mayBeHarmless && *bundle == original
                                    : bundle.error().kind == ErrorKind::BadInput)
                << name << " byte " << i;
            putAt(i, whole[i]);
        }
        fs::resize_file(target() / name, whole.size() - 3);
        ASSERT_NE(error(), "") << name << " cut short";
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

/// The manifest with one change, sealed again: what a careful editor could write.
std::string reseal(Json manifest, const std::string& pointer, const Json& value)
{
    manifest[Json::json_pointer(pointer)] = value;
    manifest.erase("sha256");
    manifest["sha256"] = sha256(canonicalJson(manifest));
    return manifest.dump();
}

TEST_F(BundleTest, AManifestThatDoesNotFitIsRefused)
{
    ASSERT_TRUE(writeBundle(target(), makeBundle()).ok());
    const Json manifest = readJsonFile(target() / "manifest.json").value();
    std::ofstream(target() / "manifest.json") << reseal(manifest, "/project", "other");
    EXPECT_EQ(error(), "") << "the seal is right";
    for (const auto& [pointer, value] : std::vector<std::pair<std::string, Json>> { { "/version", 2 },
             { "/format", "x" }, { "/pageSize", 0 }, { "/pageSize", -64 }, { "/pageSize", 1ULL << 62U },
             { "/slots", 1ULL << 39U }, { "/slots", 3 }, { "/exclusivePages", 0 }, { "/tableEntryBytes", 2 },
             { "/poolStorage", "int8" }, { "/poolStorage", "x" }, { "/tasks", 3 }, { "/tasks/0", 3 },
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
    std::string codes("\x00\x01\x03", 3); // page 3 of 3
    std::ofstream(target() / "tables" / "digits.bin", std::ios::binary) << codes;
    std::ofstream(target() / "manifest.json")
        << reseal(manifest, "/files/tables~1digits.bin/sha256", sha256(codes));
    EXPECT_EQ(error(), (target() / "tables" / "digits.bin").string() + ": entry 2 names page 3 of 3");
}

TEST_F(BundleTest, RefusesWhatCannotBeStoredYet)
{
    Bundle bundle = makeBundle();
    bundle.poolStorage = Storage::Int8;
    const Status status = writeBundle(target(), bundle);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::BadInput);
    bundle = makeBundle();
    bundle.pool[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(writeBundle(target(), bundle).ok());
    EXPECT_FALSE(fs::exists(target()));
    bundle = makeBundle();
    bundle.tasks[0].table.entries.pop_back();
    EXPECT_THROW((void)writeBundle(target(), bundle), std::invalid_argument);
    bundle = makeBundle();
    bundle.tasks[0].table.entries[0].index = 2;
    EXPECT_THROW((void)writeBundle(target(), bundle), std::invalid_argument);
}

TEST_F(BundleTest, AFullDiskLeavesNothing)
{
    if (::mount("palimpsest-test", folder().c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "needs the right to mount a small file system";
    Bundle bundle = makeBundle();
    bundle.pool.resize(64 * 1000);
    const Status status = writeBundle(target(), bundle);
    const auto files = std::distance(fs::directory_iterator(folder()), {});
    ::umount(folder().c_str());
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::Failed);
    EXPECT_EQ(files, 0);
}

} // namespace
} // namespace palimpsest
