// SPDX-License-Identifier: Apache-2.0
#include "core/data/mat_reader.h"

#include "core/data/mat_file.h"
#include "fixtures.h"

#include <matio.h>

#include <fstream>
#include <iterator>

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::require;
using test::TempFolder;

/// A variable of a MATLAB file; values column-major.
struct MatVariable {
    std::string name;
    matio_classes kind;
    matio_types type;
    std::vector<std::size_t> dims;
    void* values;
};

void writeMat(const std::filesystem::path& path, std::vector<MatVariable> variables,
    matio_compression compression = MAT_COMPRESSION_NONE)
{
    mat_t* file = Mat_CreateVer(path.c_str(), nullptr, MAT_FT_MAT5);
    for (MatVariable& item : variables) {
        matvar_t* variable = Mat_VarCreate(item.name.c_str(), item.kind, item.type,
            static_cast<int>(item.dims.size()), item.dims.data(), item.values, 0);
        Mat_VarWrite(file, variable, compression);
        Mat_VarFree(variable);
    }
    Mat_Close(file);
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(file), {} };
}

class MatReaderTest : public testing::Test {
protected:
    /// Two pictures of 2 x 3 pixels and 3 colours: value = 100 sample + 30 colour + 10 row + column.
    void writePictures(const std::string& name, std::vector<double> labels,
        matio_compression compression = MAT_COMPRESSION_NONE)
    {
        std::vector<std::uint8_t> x;
        for (int sample = 0; sample < 2; ++sample)
            for (int colour = 0; colour < 3; ++colour)
                for (int column = 0; column < 3; ++column)
                    for (int row = 0; row < 2; ++row)
                        x.push_back(
                            static_cast<std::uint8_t>(100 * sample + 30 * colour + 10 * row + column));
        writeMat(m_folder.path() / name,
            { { "X", MAT_C_UINT8, MAT_T_UINT8, { 2, 3, 3, 2 }, x.data() },
                { "y", MAT_C_DOUBLE, MAT_T_DOUBLE, { labels.size(), 1 }, labels.data() } },
            compression);
    }
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeMatReader()->read(m_settings, m_folder.path(), part);
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("mat", "train.mat", "", 10);
};

TEST_F(MatReaderTest, ReadsPicturesAsSvhnHasThem)
{
    for (const matio_compression compression : { MAT_COMPRESSION_NONE, MAT_COMPRESSION_ZLIB }) {
        writePictures("train.mat", { 10, 3 }, compression);
        const RawSamples samples = require(read());
        EXPECT_EQ(samples.x.shape(), (Shape { 2, 3, 2, 3 }));
        EXPECT_EQ(samples.y, (std::vector<std::int32_t> { 0, 3 })) << "10 is the digit 0";
        const auto x = samples.x.as<std::uint8_t>();
        std::size_t i = 0;
        for (int sample = 0; sample < 2; ++sample)
            for (int colour = 0; colour < 3; ++colour)
                for (int row = 0; row < 2; ++row)
                    for (int column = 0; column < 3; ++column, ++i)
                        EXPECT_EQ(x[i], 100 * sample + 30 * colour + 10 * row + column) << i;
    }
}

TEST_F(MatReaderTest, LabelsThatBeginAt0StayAsTheyAre)
{
    m_settings.test = "test.mat";
    writePictures("train.mat", { 0, 9 });
    writePictures("test.mat", { 9, 1 });
    EXPECT_EQ(require(read()).y, (std::vector<std::int32_t> { 0, 9 }));
    EXPECT_EQ(require(read(Part::Test)).y, (std::vector<std::int32_t> { 9, 1 }));
    writePictures("train.mat", { 10, 1 });
    writePictures("test.mat", { 10, 9 });
    EXPECT_EQ(require(read(Part::Test)).y, (std::vector<std::int32_t> { 0, 9 })) << "as those of train count";
    writePictures("test.mat", { 0, 9 });
    EXPECT_CONTAINS(
        badInputText(read(Part::Test)), "test.mat: holds the label 0, but those of train go from 1 to 10");
}

TEST_F(MatReaderTest, ReadsTables)
{
    std::vector<float> rows { 1, 2, 10, 20, 100, 200 }; // 2 samples of 3 features, column-major
    std::vector<std::int16_t> labels { 1, 0 };
    writeMat(m_folder.path() / "train.mat",
        { { "data", MAT_C_SINGLE, MAT_T_SINGLE, { 2, 3 }, rows.data() },
            { "labels", MAT_C_INT16, MAT_T_INT16, { 1, 2 }, labels.data() } });
    const RawSamples byRow = require(read());
    EXPECT_EQ(byRow.x.shape(), (Shape { 2, 3 }));
    const auto x = byRow.x.as<float>();
    EXPECT_EQ(std::vector<float>(x.begin(), x.end()), (std::vector<float> { 1, 10, 100, 2, 20, 200 }));
    writeMat(m_folder.path() / "train.mat",
        { { "data", MAT_C_SINGLE, MAT_T_SINGLE, { 3, 2 }, rows.data() },
            { "labels", MAT_C_INT16, MAT_T_INT16, { 1, 2 }, labels.data() } });
    const RawSamples byColumn = require(read());
    EXPECT_EQ(byColumn.x.shape(), (Shape { 2, 3 }));
    EXPECT_EQ(byColumn.x.as<float>()[1], 2.0F);
}

TEST_F(MatReaderTest, NamesWhatIsMissingOrDoesNotFit)
{
    EXPECT_CONTAINS(badInputText(read()), "train.mat");
    m_folder.write("train.mat", "MATLAB 7.3 MAT-file, made by hand");
    EXPECT_CONTAINS(badInputText(read()), "save it in MATLAB with save(..., '-v7')");
    m_folder.write("train.mat", "hello");
    EXPECT_CONTAINS(badInputText(read()), "is no MATLAB file of level 5");
    std::vector<double> three { 1, 2, 3 };
    writeMat(m_folder.path() / "train.mat", { { "y", MAT_C_DOUBLE, MAT_T_DOUBLE, { 3, 1 }, three.data() } });
    EXPECT_CONTAINS(badInputText(read()), "expected a variable X");
    writePictures("train.mat", { 1, 2, 3 });
    EXPECT_CONTAINS(badInputText(read()), "holds 3 labels for samples of size [2, 3, 3, 2]");
    writePictures("train.mat", { 1, 2.5 });
    EXPECT_CONTAINS(badInputText(read()), "is no class number");
    std::vector<std::uint8_t> text { 'a', 'b' };
    writeMat(m_folder.path() / "train.mat",
        { { "X", MAT_C_CHAR, MAT_T_UINT8, { 1, 2 }, text.data() },
            { "y", MAT_C_DOUBLE, MAT_T_DOUBLE, { 2, 1 }, three.data() } });
    EXPECT_CONTAINS(badInputText(read()), "variable X: is no array of real numbers");
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "variable X");
}

/// Adds a structure `meta` of two fields, a number and a cell array of a text and nothing, to a file.
void addStructure(const std::filesystem::path& path, matio_compression compression)
{
    mat_t* file = Mat_Open(path.c_str(), MAT_ACC_RDWR);
    ASSERT_NE(file, nullptr);
    std::size_t one[] { 1, 1 };
    std::size_t two[] { 1, 2 };
    std::size_t none[] { 0, 0 };
    double number = 3.0;
    char text[] { 'a', 'b' };
    matvar_t* cells[] { Mat_VarCreate(nullptr, MAT_C_CHAR, MAT_T_UINT8, 2, two, text, 0),
        Mat_VarCreate(nullptr, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, none, nullptr, 0) };
    const char* fields[] { "when", "who" };
    matvar_t* meta = Mat_VarCreateStruct("meta", 2, one, fields, 2);
    Mat_VarSetStructFieldByName(
        meta, "when", 0, Mat_VarCreate(nullptr, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, one, &number, 0));
    Mat_VarSetStructFieldByName(
        meta, "who", 0, Mat_VarCreate(nullptr, MAT_C_CELL, MAT_T_CELL, 2, two, cells, 0));
    Mat_VarWrite(file, meta, compression);
    Mat_VarFree(meta);
    Mat_Close(file);
}

TEST_F(MatReaderTest, PassesOverStructuresAndCells)
{
    for (const matio_compression compression : { MAT_COMPRESSION_NONE, MAT_COMPRESSION_ZLIB }) {
        writePictures("train.mat", { 1, 2 }, compression);
        const RawSamples plain = require(read());
        addStructure(m_folder.path() / "train.mat", compression);
        const RawSamples samples = require(read());
        EXPECT_EQ(samples.y, plain.y);
        EXPECT_EQ(samples.x.shape(), plain.x.shape());
    }
}

TEST_F(MatReaderTest, RefusesSizesThatDoNotFitIntoTheirVariable)
{
    writePictures("train.mat", { 1, 2 });
    addStructure(m_folder.path() / "train.mat", MAT_COMPRESSION_NONE);
    const std::string whole = contentOf(m_folder.path() / "train.mat");
    std::size_t refused = 0;
    for (std::size_t tag = 136; tag + 8 <= whole.size(); tag += 8) {
        std::string spoilt = whole;
        spoilt.replace(tag + 4, 4, "\xf0\xff\xff\x7f"); // two gigabytes, or values that are no size at all
        m_folder.write("train.mat", spoilt);
        const auto samples = read();
        if (!samples.ok() && samples.error().text().find("a variable that is damaged") != std::string::npos)
            ++refused;
    }
    EXPECT_GE(refused, 12U) << "flags, sizes and names of three variables and of what lies in the last";
}

TEST_F(MatReaderTest, RefusesCutFilesOfEveryLength)
{
    for (const matio_compression compression : { MAT_COMPRESSION_NONE, MAT_COMPRESSION_ZLIB }) {
        writePictures("train.mat", { 1, 2 }, compression);
        const std::string whole = contentOf(m_folder.path() / "train.mat");
        for (std::size_t length = 0; length < whole.size(); ++length) {
            m_folder.write("train.mat", whole.substr(0, length));
            EXPECT_FALSE(read().ok()) << length << " of " << whole.size();
        }
    }
}

TEST_F(MatReaderTest, OneWrongByteNeverCrashes)
{
    for (const matio_compression compression : { MAT_COMPRESSION_NONE, MAT_COMPRESSION_ZLIB }) {
        writePictures("train.mat", { 1, 2 }, compression);
        const std::string whole = contentOf(m_folder.path() / "train.mat");
        for (std::size_t i = 124; i < whole.size(); ++i)
            for (const unsigned flip : { 0x01U, 0x80U, 0xFFU }) {
                std::string spoilt = whole;
                spoilt[i] = static_cast<char>(static_cast<unsigned char>(spoilt[i]) ^ flip);
                m_folder.write("train.mat", spoilt);
                (void)read();
            }
    }
}

} // namespace
} // namespace palimpsest
