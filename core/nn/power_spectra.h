// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/preprocess.h"

namespace palimpsest {

/// PowerSpectra by torch::stft, for preprocess() and fitPreprocessing().
[[nodiscard]] PreprocessTools preprocessTools();

} // namespace palimpsest
