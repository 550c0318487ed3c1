// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "audio": sounds (wav, flac, ogg) whose folders are their classes, or that data.labels names
/// (LabelledFiles). Samples are int16 of shape [1, length], mono, and RawSamples::sampleRate is their rate.
///
/// The rate is data.audio.sampleRate, to which all clips are converted, or that of train's first clip, which all must
/// have. The length is data.audio.seconds, or that of train's longest clip; longer clips are cut, shorter ones
/// are filled with silence at their end.
[[nodiscard]] std::shared_ptr<const DataReader> makeAudioReader();

} // namespace palimpsest
