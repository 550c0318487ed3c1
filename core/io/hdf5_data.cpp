// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_data.h"
