// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"
