// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle_manifest.h"

#include "core/project/recipe.h"

#include <algorithm>
#include <cctype>

namespace palimpsest {

namespace {

/// A C string literal. Control characters and what is no ASCII become octal escapes.
std::string literal(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U || byte > 0x7EU || c == '"' || c == '\\' || c == '?') { // ?: no trigraphs
            out += '\\';
            for (const unsigned shift : { 6U, 3U, 0U })
                out += static_cast<char>('0' + ((byte >> shift) & 7U));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string define(const std::string& name, const std::string& value, const std::string& comment = {})
{
    return "#define PALIMPSEST_" + name + " " + value + (comment.empty() ? "" : " /* " + comment + " */")
        + "\n";
}

/// The C name of a storage form, for one that is defined by kDecoder.
std::string formName(Storage storage)
{
    std::string name = "PALIMPSEST_" + toString(storage);
    std::transform(name.begin(), name.end(), name.begin(),
        [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

std::string taskText(const BundleTask& task, std::size_t index)
{
    const std::string prefix = "TASK_" + std::to_string(index) + "_";
    std::string text = "\n" + define(prefix + "NAME", literal(task.name));
    text += define(prefix + "PAGES", std::to_string(task.layout.pageCount), "entries of its table");
    text += define(
        prefix + "PRIVATE_SIZE", std::to_string(task.layout.privateSize), "values of its private run");
    text += define(prefix + "PRIVATE_FORM", formName(task.privateRun.storage));
    text += define(prefix + "CLASSES", std::to_string(task.classes));
    text += define(prefix + "TABLE_FILE", literal(tableFile(task.name)));
    text += define(prefix + "PRIVATE_FILE", literal(privateFile(task.name)));
    text += "static const palimpsest_tensor palimpsest_task_" + std::to_string(index) + "_tensors[] = {\n";
    for (const TensorPlace& place : task.layout.places)
        text += "    { " + literal(task.network.tensors.at(place.tensor).name) + ", "
            + std::to_string(place.offset) + ", " + std::to_string(place.size) + ", "
            + (place.isPrivate ? "1" : "0") + " },\n";
    return text + "    { 0, 0, 0, 0 }\n};\n";
}

constexpr const char* kIntroduction
    = R"(/* Sizes, places and forms of a palimpsest bundle. C99 and C++; made by the program, do not edit.
 *
 * pool.bin       SLOTS pages of PAGE_SIZE weights in POOL_FORM: the shared pages
 * exclusive.bin  EXCLUSIVE_PAGES pages in EXCLUSIVE_FORM: pages of one task each
 * private        one page of PRIVATE_SIZE values in PRIVATE_FORM
 * table          one code a page of the task, TABLE_ENTRY_BYTES each, little-endian, unsigned:
 *                below SLOTS a slot of the pool, else SLOTS + index of an exclusive page
 *
 * A file of pages holds the scales of all its pages (float16, little-endian), then the packed weights of all its pages.
 * A form of integers has one scale for every 128 weights of a page, and a weight is its scale times its code:
 *
 *     form     bits   code of weight k as stored (every page starts on a byte)
 *     INT8     8      two's complement
 *     INT6     6      code + 31, in a stream of bits that begins at the lowest bit of the page's first byte
 *     INT4     4      code + 7, the same
 *     INT3     3      code + 3, the same
 *     TERNARY  8 / 5  five a byte: sum of (code of weight 5 j + i, plus 1) times 3 to the power i, i = 0..4
 *     BINARY   1      1 for 1, 0 for -1, lowest bit first
 *
 * Page i of a task fills values i * PAGE_SIZE .. (i + 1) * PAGE_SIZE - 1 of its page image. To load a task:
 *
 *     for (i = 0; i < PALIMPSEST_TASK_0_PAGES; ++i) {
 *         unsigned long code = palimpsest_table_code(table, PALIMPSEST_TABLE_ENTRY_BYTES, i);
 *         if (code < PALIMPSEST_SLOTS)
 *             palimpsest_read_page(PALIMPSEST_POOL_FORM, pool, PALIMPSEST_SLOTS, PALIMPSEST_PAGE_SIZE, code,
 *                 image + i * PALIMPSEST_PAGE_SIZE);
 *         else
 *             palimpsest_read_page(PALIMPSEST_EXCLUSIVE_FORM, exclusive, PALIMPSEST_EXCLUSIVE_PAGES,
 *                 PALIMPSEST_PAGE_SIZE, code - PALIMPSEST_SLOTS, image + i * PALIMPSEST_PAGE_SIZE);
 *     }
 *     palimpsest_read_page(PALIMPSEST_TASK_0_PRIVATE_FORM, run, 1, PALIMPSEST_TASK_0_PRIVATE_SIZE, 0, privates);
 */
#ifndef PALIMPSEST_PAGES_H
#define PALIMPSEST_PAGES_H

#include <string.h>

)";

constexpr const char* kDecoder = R"(
/* Packed bytes of `count` weights. */
static inline unsigned long palimpsest_packed_bytes(int form, unsigned long count)
{
    switch (form) {
    case PALIMPSEST_FLOAT32: return count * 4;
    case PALIMPSEST_FLOAT16: return count * 2;
    case PALIMPSEST_INT8: return count;
    case PALIMPSEST_INT6: return (count * 6 + 7) / 8;
    case PALIMPSEST_INT4: return (count * 4 + 7) / 8;
    case PALIMPSEST_INT3: return (count * 3 + 7) / 8;
    case PALIMPSEST_TERNARY: return (count + 4) / 5;
    default: return (count + 7) / 8;
    }
}

/* Scales of `count` weights. */
static inline unsigned long palimpsest_scale_count(int form, unsigned long count)
{
    return form == PALIMPSEST_FLOAT32 || form == PALIMPSEST_FLOAT16 ? 0 : (count + 127) / 128;
}

static inline float palimpsest_float32(const unsigned char* bytes)
{
    const unsigned int bits = (unsigned int)bytes[0] | (unsigned int)bytes[1] << 8
        | (unsigned int)bytes[2] << 16 | (unsigned int)bytes[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline float palimpsest_float16(const unsigned char* bytes)
{
    const unsigned int bits = (unsigned int)bytes[0] | (unsigned int)bytes[1] << 8;
    const unsigned int exponent = bits >> 10 & 31, fraction = bits & 1023;
    float value = (float)(exponent == 0 ? fraction : fraction + 1024) / 16777216.0f; /* in units of 2^-24 */
    unsigned int i;
    for (i = 1; i < exponent; ++i)
        value *= 2.0f;
    return bits & 0x8000u ? -value : value;
}

static inline int palimpsest_bits(const unsigned char* bytes, unsigned long first, int count)
{
    unsigned int value = (unsigned int)bytes[first / 8] >> first % 8;
    if ((int)(first % 8) + count > 8)
        value |= (unsigned int)bytes[first / 8 + 1] << (8 - first % 8);
    return (int)(value & ((1u << count) - 1u));
}

/* The code of weight k of a page in a form of integers. */
static inline int palimpsest_code(int form, const unsigned char* page, unsigned long k)
{
    switch (form) {
    case PALIMPSEST_INT8: return page[k] < 128 ? page[k] : page[k] - 256;
    case PALIMPSEST_INT6: return palimpsest_bits(page, 6 * k, 6) - 31;
    case PALIMPSEST_INT4: return palimpsest_bits(page, 4 * k, 4) - 7;
    case PALIMPSEST_INT3: return palimpsest_bits(page, 3 * k, 3) - 3;
    case PALIMPSEST_TERNARY: {
        int digits = page[k / 5];
        unsigned long i;
        for (i = k % 5; i > 0; --i)
            digits /= 3;
        return digits % 3 - 1;
    }
    default: return 2 * palimpsest_bits(page, k, 1) - 1;
    }
}

/* Entry i of a page table. */
static inline unsigned long palimpsest_table_code(const unsigned char* table, int entry_bytes, unsigned long i)
{
    unsigned long code = 0;
    int byte;
    for (byte = entry_bytes - 1; byte >= 0; --byte)
        code = code << 8 | table[i * (unsigned long)entry_bytes + (unsigned long)byte];
    return code;
}

/* Weights of one page of a file that holds `pages` pages of `size` weights. */
static inline void palimpsest_read_page(int form, const unsigned char* file, unsigned long pages,
    unsigned long size, unsigned long page, float* values)
{
    const unsigned long groups = palimpsest_scale_count(form, size);
    const unsigned char* scales = file + page * groups * 2;
    const unsigned char* packed = file + pages * groups * 2 + page * palimpsest_packed_bytes(form, size);
    float scale = 0.0f;
    unsigned long k;
    for (k = 0; k < size; ++k) {
        if (form == PALIMPSEST_FLOAT32) {
            values[k] = palimpsest_float32(packed + 4 * k);
        } else if (form == PALIMPSEST_FLOAT16) {
            values[k] = palimpsest_float16(packed + 2 * k);
        } else {
            if (k % 128 == 0)
                scale = palimpsest_float16(scales + k / 128 * 2);
            values[k] = scale * (float)palimpsest_code(form, packed, k);
        }
    }
}

/* Where one tensor lies: its first value in the page image, or in the private run. */
typedef struct {
    const char* name;
    unsigned long offset;
    unsigned long size;
    int is_private;
} palimpsest_tensor;
)";

} // namespace

std::string bundleHeader(const Bundle& bundle)
{
    std::string text = kIntroduction;
    int number = 0;
    for (const char* form : { "FLOAT32", "FLOAT16", "INT8", "INT6", "INT4", "INT3", "TERNARY", "BINARY" })
        text += define(form, std::to_string(number++));
    text += "\n" + define("PAGE_SIZE", std::to_string(bundle.pageSize()), "weights");
    text += define("SLOTS", std::to_string(bundle.pool.pageCount));
    text += define("EXCLUSIVE_PAGES", std::to_string(bundle.exclusive.pageCount));
    text += define("POOL_FORM", formName(bundle.pool.storage));
    text += define("EXCLUSIVE_FORM", formName(bundle.exclusive.storage));
    text += define("TABLE_ENTRY_BYTES",
        std::to_string(tableEntryBytes(bundle.pool.pageCount, bundle.exclusive.pageCount)));
    text += define("TASKS", std::to_string(bundle.tasks.size()));
    text += kDecoder;
    for (std::size_t i = 0; i < bundle.tasks.size(); ++i)
        text += taskText(bundle.tasks[i], i);
    return text + "\n#endif\n";
}

} // namespace palimpsest
