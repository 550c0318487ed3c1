// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/pipeline/stage.h"

#include <string>

namespace palimpsest {

class Project;

/// Says what a part reads: the settings, the hashes of input files, and the fingerprints of the parts before it.
/// Two parts with equal inputs have equal results (bit-equal on one machine and thread count). The device is not an input.
class Fingerprinter {
public:
    Fingerprinter(const Project& project, DataReaders readers)
        : m_project(&project)
        , m_readers(std::move(readers))
    {
    }

    /// Canonical JSON. The parts before this one must be planned already.
    [[nodiscard]] Result<std::string> inputsOf(const StagePart& part) const;

private:
    const Project* m_project;
    DataReaders m_readers;
};

/// The first difference between two inputs, for people: "pages.pageSize was 512, is 256". Empty where only results of
/// earlier stages differ.
[[nodiscard]] std::string describeChange(const std::string& oldInputs, const std::string& newInputs);

} // namespace palimpsest
