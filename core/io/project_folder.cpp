// SPDX-License-Identifier: Apache-2.0
#include "core/io/project_folder.h"
