// SPDX-License-Identifier: Apache-2.0
#include "core/io/reference_network.h"
