// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fisher.h"
