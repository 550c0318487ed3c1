// SPDX-License-Identifier: Apache-2.0
#include "core/project/recipe.h"
