// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_layout.h"
