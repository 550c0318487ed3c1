// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle_manifest.h"

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

std::string taskText(const BundleTask& task, std::size_t index)
{
    const std::string prefix = "TASK_" + std::to_string(index) + "_";
    std::string text = "\n" + define(prefix + "NAME", literal(task.name));
    text += define(prefix + "PAGES", std::to_string(task.layout.pageCount), "entries of its table");
    text += define(
        prefix + "PRIVATE_SIZE", std::to_string(task.layout.privateSize), "floats of its private run");
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

} // namespace

std::string bundleHeader(const Bundle& bundle)
{
    std::string text
        = R"(/* Sizes and places of a palimpsest bundle. C99 and C++; made by the program, do not edit.
 *
 * pool.bin       [SLOTS][PAGE_SIZE] float32, little-endian: the shared pages
 * exclusive.bin  [EXCLUSIVE_PAGES][PAGE_SIZE] float32: pages of one task each
 * table          one code a page of the task, TABLE_ENTRY_BYTES each, little-endian, unsigned:
 *                below SLOTS a slot of the pool, else SLOTS + index of an exclusive page
 * private        [PRIVATE_SIZE] float32
 *
 * Page i of a task fills floats i * PAGE_SIZE .. (i + 1) * PAGE_SIZE - 1 of its page image.
 */
#ifndef PALIMPSEST_PAGES_H
#define PALIMPSEST_PAGES_H

)";
    text += define("PAGE_SIZE", std::to_string(bundle.pageSize), "weights");
    text += define("SLOTS", std::to_string(bundle.slotCount()));
    text += define("EXCLUSIVE_PAGES", std::to_string(bundle.exclusiveCount()));
    text += define(
        "TABLE_ENTRY_BYTES", std::to_string(tableEntryBytes(bundle.slotCount(), bundle.exclusiveCount())));
    text += define("TASKS", std::to_string(bundle.tasks.size()));
    text += R"(
/* Where one tensor lies: its first float in the page image, or in the private run. */
typedef struct {
    const char* name;
    unsigned long offset;
    unsigned long size;
    int is_private;
} palimpsest_tensor;
)";
    for (std::size_t i = 0; i < bundle.tasks.size(); ++i)
        text += taskText(bundle.tasks[i], i);
    return text + "\n#endif\n";
}

} // namespace palimpsest
