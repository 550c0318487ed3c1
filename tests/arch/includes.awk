# SPDX-License-Identifier: Apache-2.0
# Reads "path:line:#include ..." lines and, before them, two kinds of facts about core: "module NAME: other modules" (its CMake
# files) and "compiled core/base/file" (a header with a source file beside it).
# Prints one line for each include that crosses a border of the architecture; the exit status says whether there was one.

# The rules: folder (regex at the start of the path), what it must not include (regex at the start of the header), why.
function forbid(folder, header, why) {
    ruleFolder[++rules] = "^(" folder ")/"
    ruleHeader[rules] = "^(" header ")"
    ruleWhy[rules] = why
}

# The other way round: a library that just these folders may include.
function only(header, folders, why) {
    ++libraries
    libraryHeader[libraries] = "^(" header ")"
    libraryFolders[libraries] = "^(" folders ")/"
    libraryWhy[libraries] = why
}

# Whether core module `from` may include `to`: itself, what its CMakeLists.txt names after DEPENDS, and what those name.
function reaches(from, to, seen,   i, count, names) {
    if (from == to)
        return 1
    seen[from] = 1
    count = split(depends[from], names, " ")
    for (i = 1; i <= count; ++i)
        if (!(names[i] in seen) && reaches(names[i], to, seen))
            return 1
    return 0
}

BEGIN {
    qt = "Q[A-Zt]|q[a-z0-9]+(\\.h|/)"
    cuda = "cu(da|b|dnn|fft|rand|solver|sparse)|thrust/|nccl|nv(rtc|tx)|ATen/cuda/|c10/cuda/|torch/csrc/cuda/"
    forbid(".*", "\\.\\.?/", "paths start at the root of the source tree")
    forbid("core", "widgets/|app/|gpu/|tests/", "core stands alone")
    forbid("core", qt, "core knows no Qt")
    forbid("core", cuda, "core knows no CUDA")
    forbid("core/(base|job|network|formats|data|pages|matching|backend|project|report)", "core/(nn|io|pipeline)/",
        "what needs no LibTorch and no HDF5 must not load them")
    forbid("core/base", "core/([^b]|b[^a]|ba[^s])", "base is the ground: it includes nothing of core but base")
    forbid("gpu", "widgets/|app/|tests/", "gpu implements an interface of core")
    forbid("gpu", qt, "gpu knows no Qt")
    forbid("widgets", "app/|gpu/|tests/", "widgets stand below app and know no device")
    forbid("widgets", "core/(nn|io|pipeline)/", "widgets know the value types of core alone")
    forbid("widgets|app", cuda, "CUDA is met in gpu alone")
    forbid("app", "gpu/|tests/", "gpu is loaded at run time")
    forbid("app/cli", "widgets/", "the command line is built without the workbench")
    forbid("app/cli", qt, "the command line knows no Qt")
    only("torch/|ATen/|c10/|caffe2/", "core/nn|gpu", "LibTorch is met in core/nn and gpu alone")
    only("hdf5|H5", "core/io", "HDF5 is met in core/io alone")
    only("qcustomplot", "widgets/plots", "QCustomPlot is met in widgets/plots alone")
}

/^compiled / {
    compiled[$2] = 1
    next
}

/^module / {
    name = $2
    sub(/:$/, "", name)
    known[name] = 1
    for (i = 3; i <= NF; ++i)
        depends[name] = depends[name] " " $i
    next
}

{
    place = $0
    sub(/:[ \t]*#.*/, "", place) # path:line
    path = place
    sub(/:[0-9]+$/, "", path)
    header = $0
    if (!sub(/^[^#]*#[ \t]*include[ \t]*[<"]/, "", header))
        next
    sub(/[>"].*/, "", header)
    ++includes
    why = ""
    for (i = 1; i <= rules && why == ""; ++i)
        if (path ~ ruleFolder[i] && header ~ ruleHeader[i])
            why = ruleWhy[i]
    for (i = 1; i <= libraries && why == ""; ++i)
        if (path !~ /^tests\// && path !~ libraryFolders[i] && header ~ libraryHeader[i])
            why = libraryWhy[i]
    if (why == "" && path ~ /^gpu\// && header ~ /^core\//) {
        # The module and the program would each hold a copy of compiled code and its state. gpu_module.h is their border.
        stem = header
        sub(/\.h$/, "", stem)
        if (header !~ /^core\/(base|backend)\// || (stem in compiled && stem != "core/backend/gpu_module"))
            why = "gpu includes only what core/base and core/backend hold in headers alone"
    }
    if (why == "" && path ~ /^core\/[^\/]+\// && header ~ /^core\//) {
        split(path, from, "/")
        split(header, to, "/")
        delete seen
        if (!(from[2] in known))
            why = "core/" from[2] "/CMakeLists.txt makes no module of this name"
        else if (!reaches(from[2], to[2], seen))
            why = "core/" from[2] "/CMakeLists.txt does not name " to[2] " after DEPENDS"
    }
    if (why != "") {
        print place ": " header ": " why
        bad = 1
    }
}

END {
    if (includes == 0) {
        print "no include was found: is this the root of the source tree?"
        exit 2
    }
    exit bad
}
