// SPDX-License-Identifier: Apache-2.0
#include "core/io/record_file.h"
