#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves that the two guards beside this file fail where they should: makes a small good tree, then spoils it in one place at a
# time.
#   guard_test.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
root=$folder/tree
failures=0

write() { # FILE LINE...
    file=$1
    shift
    mkdir -p "${file%/*}"
    printf '%s\n' "$@" >"$file"
}
makeGoodTree() {
    mkdir "$folder/good"
    cd "$folder/good"
    apache='SPDX-License-Identifier: Apache-2.0'
    gpl='SPDX-License-Identifier: GPL-3.0-or-later'
    write LICENSES/Apache-2.0.txt text
    write LICENSES/GPL-3.0-or-later.txt text
    write core/base/CMakeLists.txt "# $apache" 'palimpsest_add_module(base SOURCES file.cpp)'
    write core/base/file.h "// $apache" '#include <string>'
    write core/base/file.cpp "// $apache" '#include "core/base/file.h"' '#include <fcntl.h>'
    write core/base/result.h "// $apache" '#include <variant>'
    write core/pages/CMakeLists.txt "# $apache" 'palimpsest_add_module(pages SOURCES page.cpp' '  DEPENDS base network LINK x)'
    write core/pages/page.cpp "// $apache" '#include "core/network/network.h"' '#include "core/base/result.h"' '#include <queue>'
    write core/network/CMakeLists.txt "# $apache" 'palimpsest_add_module(network SOURCES network.cpp DEPENDS base)'
    write core/network/network.h "// $apache" '#include "core/base/result.h"'
    write core/backend/CMakeLists.txt "# $apache" 'palimpsest_add_module(backend SOURCES cpu.cpp DEPENDS base)'
    write core/backend/backend.h "// $apache" '#include <cstddef>'
    write core/nn/CMakeLists.txt "# $apache" 'palimpsest_add_module(nn SOURCES train.cpp DEPENDS pages LINK torch::cpu)'
    write core/nn/train.cpp "// $apache" '#include <torch/nn.h>' '#include "core/network/network.h"'
    write core/io/CMakeLists.txt "# $apache" 'palimpsest_add_module(io SOURCES store.cpp DEPENDS network)'
    write core/io/store.cpp "// $apache" '#include <hdf5.h>' '#include "core/base/file.h"'
    write core/pipeline/CMakeLists.txt "# $apache" 'palimpsest_add_module(engine SOURCES run.cpp DEPENDS core io nn)'
    write core/pipeline/run.cpp "// $apache" '#include "core/pages/page.h"' '#include "core/io/store.h"'
    write gpu/kernels/gather.cu "// $apache" '#include <cuda_runtime.h>' '#include <ATen/cuda/CUDAContext.h>' '#include "core/backend/backend.h"'
    write widgets/plots/plot.cpp "// $gpl" '#include <qcustomplot.h>' '#include <QWidget>' '#include "core/pages/page.h"'
    write app/main.cpp "// $gpl" '#include "widgets/plots/plot.h"' '#include "core/pipeline/run.h"' '#include <QApplication>'
    write app/cli/main.cpp "// $apache" '#include "core/pipeline/run.h"' '#include <CLI/CLI.hpp>'
    write tests/core/base/file_test.cpp "// $apache" '#include "core/base/file.h"'
    write tests/widgets/plot_test.cpp "// $gpl" '#include "widgets/plots/plot.h"'
    write packaging/setup '#!/bin/sh' "# $apache"
    write ./CMakeLists.txt "# $apache"
    mkdir -p resources projects .ci
}
goodTree() { # a fresh copy of it, in $root, is the current folder
    cd "$folder"
    rm -rf "$root"
    cp -r good "$root"
    cd "$root"
}
expect() { # STATUS TEXT-IN-OUTPUT GUARD WHAT
    status=0
    output=$(sh "$here/check_$3.sh" "$root" 2>&1) || status=$?
    case $status-$output in
        "$1"-*"$2"*) ;;
        *)
            printf '%s: expected status %s and "%s", got status %s and: %s\n' "$4" "$1" "$2" "$status" "$output"
            failures=$((failures + 1))
            ;;
    esac
}
crossing() { # FILE HEADER: this include in this file must be refused, by its line
    goodTree
    [ -e "$1" ] || write "$1" '// first line'
    printf '#  include %s\n' "$2" >>"$1"
    expect 1 "$1:$(wc -l <"$1"):" includes "$2 in $1"
}
unlicensed() { # FILE LINE...: this file must be refused
    goodTree
    write "$@"
    expect 1 "$1: expected" licences "$1 that begins with $2"
}

makeGoodTree
goodTree
expect 0 '' includes 'a good tree'
expect 0 '' licences 'a good tree'

crossing core/pages/page.cpp '<QString>'
crossing core/pages/page.cpp '<QtCore/qstring.h>'
crossing core/pages/page.cpp '<qstring.h>'
crossing core/pages/page.cpp '<torch/nn.h>'
crossing core/pages/page.cpp '<hdf5.h>'
crossing core/pages/page.cpp '<cuda_runtime.h>'
crossing core/pages/page.cpp '"core/io/store.h"'
crossing core/pages/page.cpp '"core/nn/train.h"'
crossing core/pages/page.cpp '"core/pipeline/run.h"'
crossing core/pages/page.cpp '"core/backend/backend.h"' # not among its DEPENDS
crossing core/pages/page.cpp '"../base/file.h"'
crossing core/pages/page.cpp '"widgets/plots/plot.h"'
crossing core/base/file.cpp '"core/network/network.h"'
crossing core/base/file.cpp '"core/backend/backend.h"'
crossing core/nn/train.cpp '<hdf5.h>'
crossing core/nn/train.cpp '"core/io/store.h"'
crossing core/nn/train.cpp '<c10/cuda/CUDAStream.h>'
crossing core/io/store.cpp '<ATen/ATen.h>'
crossing core/lost/lost.cpp '"core/base/file.h"' # no CMakeLists.txt
crossing core/pipeline/run.cpp '"app/cli/main.h"'
crossing gpu/kernels/gather.cu '<QString>'
crossing gpu/kernels/gather.cu '"core/base/file.h"' # compiled code
crossing gpu/kernels/gather.cu '"core/pages/page.h"'
crossing gpu/kernels/gather.cu '"widgets/plots/plot.h"'
crossing widgets/plots/plot.cpp '<torch/torch.h>'
crossing widgets/plots/plot.cpp '<cuda.h>'
crossing widgets/plots/plot.cpp '"core/nn/train.h"'
crossing widgets/plots/plot.cpp '"core/pipeline/run.h"'
crossing widgets/plots/plot.cpp '"app/main.h"'
crossing widgets/models/model.cpp '<qcustomplot.h>'
crossing app/main.cpp '"gpu/kernels/gather.h"'
crossing app/main.cpp '<hdf5.h>'
crossing app/main.cpp '<torch/torch.h>'
crossing app/main.cpp '"tests/core/base/helper.h"'
crossing app/cli/main.cpp '"widgets/plots/plot.h"'
crossing app/cli/main.cpp '<QCoreApplication>'

goodTree
rm -r gpu
expect 2 'no folder gpu' includes 'a tree without gpu'

unlicensed core/base/file.cpp '#include "core/base/file.h"'
unlicensed core/base/file.h '// SPDX-License-Identifier: GPL-3.0-or-later'
unlicensed core/base/file.h '//' '//' '//' '// SPDX-License-Identifier: Apache-2.0'
unlicensed app/main.cpp '// SPDX-License-Identifier: Apache-2.0'
unlicensed app/cli/main.cpp '// SPDX-License-Identifier: GPL-3.0-or-later'
unlicensed widgets/plots/plot.cpp '// SPDX-License-Identifier: MIT'
unlicensed core/base/CMakeLists.txt 'add_library(base)'
unlicensed packaging/setup '#!/bin/sh' 'echo'
unlicensed gpu/kernels/gather.cu '// a kernel'
goodTree
rm LICENSES/GPL-3.0-or-later.txt
expect 1 'is missing' licences 'a tree without the text of the GPL'

[ "$failures" -eq 0 ] || exit 1
echo 'each guard fails where it should'
