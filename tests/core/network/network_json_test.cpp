// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/network/network.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <limits>

namespace palimpsest {
namespace {

Json json(const std::string& text)
{
    Result<Json> parsed = parseJson(text, "test");
    EXPECT_TRUE(parsed.ok()) << text;
    return parsed.ok() ? parsed.value() : Json();
}

/// A small network with `layer` in front of its only linear layer.
Json withLayer(const std::string& layer)
{
    return json(R"({"format":"palimpsest-network","version":1,"name":"n","inputShape":[2,8,8],"layers":[)"
        + layer + R"(,{"type":"flatten"},{"type":"linear","name":"out","outputs":3}]})");
}

std::string errorOf(const Json& value)
{
    const Result<Network> parsed = parseNetwork(value, "net.json");
    return parsed.ok() ? "no error" : parsed.error().text();
}

TEST(NetworkJson, ReadsTheExampleOfFormatMd)
{
    const Result<std::string> page
        = readFile(std::filesystem::path(PALIMPSEST_SOURCE_DIR) / "core/network/FORMAT.md");
    ASSERT_TRUE(page.ok()) << page.error().text();
    const std::string opening = "```json\n";
    const std::size_t begin = page->find(opening) + opening.size();
    const std::size_t end = page->find("```", begin);
    ASSERT_LT(end, page->size());
    const Result<Network> parsed = parseNetwork(json(page->substr(begin, end - begin)), "FORMAT.md");
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(parsed->name, "digits");
    EXPECT_EQ(parsed->layers[0].padding, (Shape { 1, 1 }));
    EXPECT_EQ(parsed->layers[4].name, "add4");
    EXPECT_EQ(parsed->outputShapes[6], (Shape { 256 })); // 16 channels of 4 x 4
    EXPECT_EQ(parsed->classes(), 10);
}

TEST(NetworkJson, EveryTypeAndKeyComesBackUnchanged)
{
    const Json all = json(R"({"format":"palimpsest-network","version":1,"name":"all","inputShape":[3,16,16],
        "layout":"tensorflow","layers":[
        {"type":"conv2d","name":"c","outputs":4,"kernel":[3,5],"stride":[1,2],"padding":[0,1],"bias":false,"weightName":"w/0"},
        {"type":"batchNorm","name":"n","epsilon":0.001,"momentum":0.2},
        {"type":"leakyRelu","name":"l","slope":0.2},{"type":"relu","name":"r"},{"type":"sigmoid","name":"s"},
        {"type":"tanh","name":"t"},{"type":"add","name":"a","from":"r"},
        {"type":"maxPool","name":"m","kernel":[2,2]},
        {"type":"averagePool","name":"v","kernel":[2,2],"stride":[1,1],"padding":[1,1]},
        {"type":"dropout","name":"d","probability":0.25},{"type":"globalAveragePool","name":"g"},
        {"type":"linear","name":"o","outputs":5,"weightName":"w","biasName":"b"}]})");
    const Result<Network> parsed = parseNetwork(all, "net.json");
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(toJson(*parsed), all);
    const Result<Network> again = parseNetwork(toJson(*parsed), "net.json");
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(*again, *parsed);
    EXPECT_EQ(parsed->layout, TensorLayout::TensorFlow);
    EXPECT_EQ(parsed->tensors[0].name, "w/0");
    EXPECT_FALSE(parsed->layers[0].bias);
    EXPECT_EQ(parsed->layers[2].slope, 0.2);
    EXPECT_EQ(parsed->layers[9].probability, 0.25);
}

TEST(NetworkJson, DefaultsAreThoseOfTheHeader)
{
    const Result<Network> parsed = parseNetwork(
        withLayer(
            R"({"type":"conv2d","outputs":4,"kernel":3},{"type":"maxPool","kernel":2},{"type":"dropout"})"),
        "net.json");
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(parsed->layout, TensorLayout::Native);
    EXPECT_TRUE(parsed->layers[0].bias);
    EXPECT_EQ(parsed->outputShapes[0], (Shape { 4, 6, 6 })); // stride 1, no padding
    EXPECT_EQ(parsed->outputShapes[1], (Shape { 4, 3, 3 })); // stride as the kernel
    EXPECT_EQ(parsed->layers[2].probability, 0.5);
}

TEST(NetworkJson, BranchesAndTheirKeysComeBackUnchanged)
{
    const Json all = json(R"({"format":"palimpsest-network","version":1,"name":"all","inputShape":[4,9,8],
        "layout":"native","layers":[
        {"type":"pad","name":"p","padding":[0,1,1,2],"value":0.5},
        {"type":"conv2d","name":"c","outputs":6,"kernel":[3,3],"padding":[1,0,2,1],"dilation":[2,1],"groups":2},
        {"type":"conv2d","name":"e","input":"p","outputs":2,"kernel":[2,2]},
        {"type":"clip","name":"f","minimum":0.0,"maximum":6.0},
        {"type":"clip","name":"h","input":"c","maximum":1.5},
        {"type":"concat","name":"j","parts":["h","f"]},
        {"type":"averagePool","name":"v","kernel":[2,2],"stride":[1,1],"padding":[0,0,1,1],"countPadding":false},
        {"type":"add","name":"a","input":"j","from":"v"},
        {"type":"softmax","name":"s"},{"type":"scale","name":"q","weightName":"gain"},
        {"type":"permute","name":"o","order":[2,0,1]},
        {"type":"reshape","name":"r","shape":[720]},
        {"type":"linear","name":"l","outputs":5}]})");
    const Result<Network> parsed = parseNetwork(all, "net.json");
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(toJson(*parsed), all);
    const Result<Network> again = parseNetwork(toJson(*parsed), "net.json");
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(*again, *parsed);
    EXPECT_EQ(parsed->layers[1].groups, 2);
    EXPECT_EQ(parsed->layers[4].maximum, 1.5);
    EXPECT_EQ(parsed->layers[4].minimum, -std::numeric_limits<double>::infinity());
    EXPECT_EQ(parsed->sources[2], (std::vector<std::size_t> { 0 }));
    EXPECT_EQ(parsed->sources[5], (std::vector<std::size_t> { 4, 3 }));
}

TEST(NetworkJson, UnknownKeysNameTheNearestOne)
{
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":4,"kernel":3,"paddng":1})")),
        "net.json: layers[0].paddng: unknown key (did you mean \"padding\"?); known here: type, name, "
        "input, outputs, kernel, stride, padding, dilation, groups, bias, weightName, biasName");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"relu","slope":0.1})")),
        "net.json: layers[0].slope: unknown key; known here: type, name, input");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"convd2"})")),
        "net.json: layers[0].type: unknown layer type \"convd2\" (did you mean \"conv2d\"?); known: conv1d, "
        "conv2d, linear, maxPool, "
        "averagePool, globalAveragePool, batchNorm, leakyRelu, relu, sigmoid, tanh, dropout, flatten, add, "
        "concat, clip, softmax, pad, reshape, scale, permute");
    Json top = withLayer(R"({"type":"relu"})");
    top["inputshape"] = 3;
    EXPECT_EQ(errorOf(top),
        "net.json: inputshape: unknown key (did you mean \"inputShape\"?); known here: format, version, "
        "name, inputShape, layout, "
        "layers");
}

TEST(NetworkJson, MissingKeysAreNamed)
{
    EXPECT_EQ(
        errorOf(withLayer(R"({"type":"conv2d","outputs":4})")), "net.json: layers[0].kernel: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"linear"})")), "net.json: layers[0].outputs: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"add"})")), "net.json: layers[0].from: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"concat"})")), "net.json: layers[0].parts: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"reshape"})")), "net.json: layers[0].shape: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"permute"})")), "net.json: layers[0].order: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"pad"})")), "net.json: layers[0].padding: is missing");
    EXPECT_EQ(errorOf(withLayer(R"({"name":"x"})")), "net.json: layers[0].type: is missing");
    for (const char* key : { "format", "version", "inputShape", "layers" }) {
        Json top = withLayer(R"({"type":"relu"})");
        top.erase(key);
        EXPECT_EQ(errorOf(top), "net.json: " + std::string(key) + ": is missing");
    }
}

TEST(NetworkJson, WrongTypesSayWhatWasExpected)
{
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":"4","kernel":3})")),
        "net.json: layers[0].outputs: expected a whole number, got \"4\"");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":4.5,"kernel":3})")),
        "net.json: layers[0].outputs: expected a whole number, got 4.5");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":18446744073709551615,"kernel":3})")),
        "net.json: layers[0].outputs: expected a whole number, got 18446744073709551615");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":4,"kernel":[3,"3"]})")),
        "net.json: layers[0].kernel: expected a whole number or a list of them, got [3,\"3\"]");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":4,"kernel":[]})")),
        "net.json: layers[0].kernel: expected a whole number or a list of them, got []");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"conv2d","outputs":4,"kernel":3,"bias":1})")),
        "net.json: layers[0].bias: expected true or false, got 1");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"leakyRelu","slope":"steep"})")),
        "net.json: layers[0].slope: expected a number, got \"steep\"");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"concat","parts":"@input"})")),
        "net.json: layers[0].parts: expected a list of texts, got \"@input\"");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"concat","parts":["@input",3]})")),
        "net.json: layers[0].parts: expected a list of texts, got [\"@input\",3]");
    EXPECT_EQ(errorOf(withLayer(R"({"type":"reshape","shape":16})")),
        "net.json: layers[0].shape: expected a list of whole numbers, got 16");
    EXPECT_EQ(errorOf(withLayer(R"({"type":3})")), "net.json: layers[0].type: expected a string, got 3");
    EXPECT_EQ(
        errorOf(withLayer("[1,2]")), "net.json: layers[0]: expected an object {\"type\": ...}, got [1,2]");
    EXPECT_EQ(
        errorOf(json("[]")), "net.json: expected an object with \"format\": \"palimpsest-network\", got []");

    Json top = withLayer(R"({"type":"relu"})");
    top["format"] = "other";
    EXPECT_EQ(errorOf(top), "net.json: format: expected \"palimpsest-network\", got \"other\"");
    top = withLayer(R"({"type":"relu"})");
    top["version"] = 2;
    top["newKey"] = true; // the version is what the user must hear of
    EXPECT_EQ(errorOf(top), "net.json: version: expected 1, the version this program reads, got 2");
    top = withLayer(R"({"type":"relu"})");
    top["layout"] = "caffe";
    EXPECT_EQ(errorOf(top), "net.json: layout: expected \"native\" or \"tensorflow\", got \"caffe\"");
    top = withLayer(R"({"type":"relu"})");
    top["inputShape"] = 64;
    EXPECT_EQ(errorOf(top), "net.json: inputShape: expected a list of whole numbers, got 64");
    top["inputShape"] = { 2, 8, 8 };
    top["layers"] = "many";
    EXPECT_EQ(errorOf(top), "net.json: layers: expected a list of layers, got \"many\"");
}

TEST(NetworkJson, LongValuesAreCutInMessages)
{
    const std::string text
        = errorOf(withLayer(R"({"type":"leakyRelu","slope":")" + std::string(500, 'x') + "\"}"));
    EXPECT_LT(text.size(), 150U);
    EXPECT_NE(text.find("xxx..."), std::string::npos);
}

TEST(NetworkJson, ReadsAFileAndNamesItInErrors)
{
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "palimpsest_network.json";
    ASSERT_TRUE(writeFileAtomically(path, withLayer(R"({"type":"relu"})").dump(2)).ok());
    const Result<Network> read = readNetwork(path);
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(read->classes(), 3);
    ASSERT_TRUE(writeFileAtomically(path, "{\"format\": 1,}").ok());
    const Result<Network> broken = readNetwork(path);
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ(broken.error().kind, ErrorKind::BadInput);
    EXPECT_NE(broken.error().text().find("palimpsest_network.json"), std::string::npos);
    std::filesystem::remove(path);
    EXPECT_FALSE(readNetwork(path).ok());
}

} // namespace
} // namespace palimpsest
