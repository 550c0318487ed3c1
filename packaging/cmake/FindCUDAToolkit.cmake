# SPDX-License-Identifier: Apache-2.0
# CMake's own module, kept from one mistake: CMake 3.25.0 and 3.25.1 (Debian 12), where a project requires CMake 3.25, set a
# property of CUDA::nvToolsExt, a library that CUDA 13 no longer has.
set(_palimpsest_required "${CMAKE_MINIMUM_REQUIRED_VERSION}")
if(CMAKE_VERSION VERSION_LESS 3.25.2)
  set(CMAKE_MINIMUM_REQUIRED_VERSION 3.24)
endif()
include("${CMAKE_ROOT}/Modules/FindCUDAToolkit.cmake")
set(CMAKE_MINIMUM_REQUIRED_VERSION "${_palimpsest_required}")
unset(_palimpsest_required)
