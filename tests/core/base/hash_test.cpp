// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace palimpsest {
namespace {

// FIPS 180-4 examples (NIST CSRC) and the empty text.
constexpr std::string_view kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kOfTwoBlocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr std::string_view kOfAMillionA = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, GivesTheStandardsExamples)
{
    EXPECT_EQ(sha256(""), kOfNothing);
    EXPECT_EQ(sha256("abc"), kOfAbc);
    EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), kOfTwoBlocks);
    EXPECT_EQ(sha256(std::string(1'000'000, 'a')), kOfAMillionA);
}

TEST(Sha256, DoesNotDependOnThePieces)
{
    const std::string text(1000, 'x');
    for (const std::size_t piece : { 1U, 7U, 63U, 64U, 65U, 999U, 1000U }) {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += piece)
            hash.add(std::string_view(text).substr(at, piece));
        EXPECT_EQ(hash.hex(), sha256(text)) << "pieces of " << piece;
    }
}

TEST(Sha256, ReadsFilesLongerThanItsBuffer)
{
    const test::TemporaryFolder folder;
    const std::string text(3'000'001, 'q');
    ASSERT_TRUE(writeFileAtomically(folder / "long", text).ok());
    ASSERT_TRUE(writeFileAtomically(folder / "empty", "").ok());
    EXPECT_EQ(sha256File(folder / "long").value(), sha256(text));
    EXPECT_EQ(sha256File(folder / "empty").value(), kOfNothing);
}

TEST(Sha256, SaysWhichFileItCannotRead)
{
    const test::TemporaryFolder folder;
    const Result<std::string> missing = sha256File(folder / "nothing.h5");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(missing.error().where, (folder / "nothing.h5").string());
    EXPECT_NE(missing.error().message.find("No such file"), std::string::npos) << missing.error().message;
    EXPECT_FALSE(sha256File(folder.path()).ok()) << "a folder has no hash";
}

} // namespace
} // namespace palimpsest
