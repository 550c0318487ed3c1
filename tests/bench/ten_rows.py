#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rows of the headline table: projects/ten packed to few bytes, beside what the same bytes and steps give without sharing.

    python3 tests/bench/ten_rows.py run --palimpsest BIN --data FOLDER --work FOLDER --results FILE.jsonl [--device cuda:0]
            [--rows 58x,100x] [--seeds 1,2,3] [--minutes 9] [--jobs 3] [--bundles FOLDER] [--set KEY=VALUE ...]
    python3 tests/bench/ten_rows.py train ...  (the stand-alone networks alone)
    python3 tests/bench/ten_rows.py check FILE.jsonl --palimpsest BIN --data FOLDER --bundles FOLDER  (scores bundles on the CPU)
    python3 tests/bench/ten_rows.py table FILE.jsonl ...
    python3 tests/bench/ten_rows.py picture OUT.svg FILE.jsonl ...
    python3 tests/bench/ten_rows.py list

--data is what make_ten_subset.py unpacks. --work keeps one copy of projects/ten a seed; its rows share the trained networks and
the baselines of equal steps. A row whose line is in --results is skipped, and one that was interrupted goes on from its
checkpoint. No row is begun after --minutes. Plain Python 3.
"""
import argparse
import json
import math
import shlex
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "projects" / "ten"
LARGE = 1000  # test samples of a large task
RECIPE = {"pages.pageSize": 512, "pages.privateStorage": "int8", "optimisation.batch": 128, "optimisation.learningRate": 0.004,
          "optimisation.weightDecay": 0.01, "optimisation.validateEvery": 500}
FAIR = "sameSteps,sameRecipe"
TRAINED_RIVALS = FAIR + ",float16,int8,int6,int4,int4Trained,int3Trained,ternaryTrained"


def row(storage, pages, steps=10000, baselines=FAIR + ",smallTernary", **more):
    settings = dict(RECIPE)
    settings.update({"pages.poolStorage": storage, "pages.poolPages": pages, "optimisation.steps": steps, "baselines": baselines})
    settings.update({key.replace("__", "."): value for key, value in more.items()})
    return settings


ROWS = {
    "58x": row("ternary", 352),
    "100x": row("ternary", 188),
    "58x-4000": row("ternary", 352, steps=4000),
    "100x-20000": row("ternary", 188, steps=20000),
    # Every rival once; their bytes do not depend on the pool.
    "rivals": row("ternary", 352, baselines=TRAINED_RIVALS),
    # The front, from 4 to 150 times.
    "front-4x": row("int8", 1264),
    "front-8x": row("int4", 1218),
    "front-11x": row("int3", 1150),
    "front-17x": row("ternary", 1295),
    "front-26x": row("ternary", 838),
    "front-38x": row("ternary", 568),
    "front-75x": row("ternary", 260),
    "front-132x": row("ternary", 129),
    "front-150x": row("ternary", 107),
    # One thing switched off at a time, at 58 times.
    "without-table": row("ternary", 352, baselines=FAIR, matching__strategy="random"),
    "without-start": row("ternary", 352, baselines=FAIR, optimisation__pageValue="last"),
    "without-schedule": row("ternary", 352, baselines=FAIR, optimisation__schedule="turns"),
    "without-distillation": row("ternary", 352, baselines=FAIR, optimisation__distillation=0),
    "without-mixing": row("ternary", 352, baselines=FAIR, optimisation__mixing=0),
    "without-ternary": row("int8", 77, baselines=FAIR),
    "without-private-biases": row("ternary", 377, baselines=FAIR, pages__smallTensors="paged"),
}


def wilson(share, count, z=1.959964):
    """95 % interval of a share of `count` samples (Wilson 1927)."""
    if count == 0:
        return [0.0, 1.0]
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return [middle - half, middle + half]


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


# ---- running --------------------------------------------------------------------------------------------------------------


def project_of(work, seed):
    folder = Path(work) / f"seed{seed}"
    if not (folder / "project.json").exists():
        shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
        recipe = json.loads((folder / "project.json").read_text())
        recipe["seed"] = seed
        (folder / "project.json").write_text(json.dumps(recipe, indent=2) + "\n")
    return folder


def command_of(args, seed, settings, until=None):
    devices = args.device.split(",")
    command = [args.palimpsest, "run", str(project_of(args.work, seed)), "--json", "--device", devices[(seed - 1) % len(devices)],
               "--set", f"dataRoot={Path(args.data).resolve()}"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    return command + (["--until", until] if until else [])


def run_command(command, log):
    """Runs it; the report it prints, or None. Everything it prints is kept in `log`."""
    report = None
    with open(log, "a") as kept:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in process.stdout:
            if '"progress"' not in line and '"sample"' not in line:
                kept.write(line if len(line) < 10000 else line[:200] + "...\n")
            if line.startswith('{"event":"report"'):
                report = json.loads(line)["report"]
        code = process.wait()
    if code != 0:
        raise RuntimeError(f"exit code {code}, see {log}: {shlex.join(command)}")
    return report


def result_of(name, seed, settings, command, report, seconds):
    memory = report["memory"]
    tasks = {}
    for task in report["tasks"]:
        tasks[task["name"]] = {"testSamples": task["testSamples"], "accuracy": task["accuracy"], "validation": task["validation"],
                               "interval95": {key: wilson(value, task["testSamples"]) for key, value in task["accuracy"].items()}}
    keys = set.union(*(set(t["accuracy"]) for t in tasks.values()))
    large = [t["accuracy"] for t in tasks.values() if t["testSamples"] >= LARGE]
    every = [t["accuracy"] for t in tasks.values()]
    means = {key: {"large": mean(a[key] for a in large if key in a), "all": mean(a[key] for a in every if key in a)}
             for key in sorted(keys)}
    fair = [key for key in ("sameSteps", "sameRecipe") if key in keys] or ["standalone"]
    reference = max(fair, key=lambda key: means[key]["large"] if large else means[key]["all"])
    change = lambda group: [a["virtualized"] - a[reference] for a in group]
    return {"row": name, "seed": seed, "bytes": memory["virtualizedBytes"], "standaloneBytes": memory["standaloneBytes"],
            "ratio": memory["ratio"], "memory": memory, "steps": int(settings["optimisation.steps"]), "device": report["device"],
            "version": report["version"], "reference": reference, "means": means,
            "changeLarge": mean(change(large)), "worstLarge": min(change(large), default=None),
            "changeAll": mean(change(every)), "worstAll": min(change(every)),
            "baselineBytes": {key: value["bytes"] for key, value in report["baselines"].items()},
            "tasks": tasks, "seconds": seconds, "stageSeconds": report["measured"].get("seconds", {}),
            "settings": settings, "command": shlex.join(command)}


def bundle_of(args, name, seed):
    return Path(args.bundles) / f"{name}-seed{seed}"


def export(args, name, seed, settings):
    target = bundle_of(args, name, seed)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [args.palimpsest, "export", str(project_of(args.work, seed)), "--to", str(target),
               "--set", f"dataRoot={Path(args.data).resolve()}"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    run_command(command, Path(args.work) / f"seed{seed}.log")


def check(args):
    """Compares the bytes of exported bundles, and their accuracies on the test splits, on the CPU, with what the rows say."""
    worst = 0.0
    data = {task["name"]: task["data"] for task in json.loads((PROJECT / "project.json").read_text())["tasks"]}
    for r in {(r["row"], r["seed"]): r for r in done_rows(args.results)}.values():  # a later run has replaced the bundle
        bundle = bundle_of(args, r["row"], r["seed"])
        if not bundle.exists():
            continue
        stored = sum(path.stat().st_size for path in bundle.rglob("*.bin"))
        if stored != r["bytes"]:
            raise SystemExit(f"{bundle}: its pages, scales, tables and private tensors have {stored:,} bytes, the row says {r['bytes']:,}")
        started = time.monotonic()
        for name, task in r["tasks"].items():
            path = Path(args.data) / data[name].get("test", data[name]["path"])
            done = subprocess.run([args.palimpsest, "evaluate", "--bundle", str(bundle), "--task", name, "--data", str(path), "--json"],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                raise SystemExit(f"{bundle}, {name}: {done.stderr or done.stdout}")
            accuracy = json.loads(done.stdout.strip().splitlines()[-1])["accuracy"]
            worst = max(worst, abs(accuracy - task["accuracy"]["virtualized"]))
            print(f"{r['row']}, seed {r['seed']}, {name}: {100 * accuracy:.2f} %, the row says "
                  f"{100 * task['accuracy']['virtualized']:.2f} %", flush=True)
        print(f"{r['row']}, seed {r['seed']}: {time.monotonic() - started:.0f} s", flush=True)
    print(f"largest difference: {100 * worst:.3f} points")


def done_rows(path):
    if not Path(path).exists():
        return []
    return [json.loads(line) for line in Path(path).read_text().splitlines() if line.strip()]


def run(args):
    begun = time.monotonic()
    extra = dict(pair.split("=", 1) for pair in args.set)
    names = args.rows.split(",") if args.rows else list(ROWS)
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        raise SystemExit(f"expected rows of {', '.join(ROWS)}, got {', '.join(unknown)}")
    lock = threading.Lock()
    failures = []

    def one_seed(seed):
        for name in names:
            settings = {**ROWS[name], **extra}
            if any(r["row"] == name and r["seed"] == seed and r["settings"] == json.loads(json.dumps(settings))
                   for r in done_rows(args.results)):
                continue
            if time.monotonic() - begun > args.minutes * 60:
                print(f"seed {seed}: {name} is left for the next call", flush=True)
                continue
            command = command_of(args, seed, settings)
            started = time.monotonic()
            try:
                report = run_command(command, Path(args.work) / f"seed{seed}.log")
                if report is None:
                    raise RuntimeError("it printed no report: " + shlex.join(command))
                result = result_of(name, seed, settings, command, report, time.monotonic() - started)
            except (RuntimeError, OSError, KeyError) as problem:
                failures.append(f"{name}, seed {seed}: {problem!r}")
                print(failures[-1], flush=True)
                continue
            with lock, open(args.results, "a") as results:
                results.write(json.dumps(result) + "\n")
            try:
                if args.bundles:
                    export(args, name, seed, settings)
            except RuntimeError as problem:
                failures.append(f"{name}, seed {seed}: no bundle: {problem}")
                print(failures[-1], flush=True)
            print(f"seed {seed}: {name}: {result['bytes']:,} bytes, {result['ratio']:.1f} x, large {points(result['changeLarge'])}, "
                  f"all {points(result['changeAll'])}, {result['seconds']:.0f} s", flush=True)

    over_seeds(args, one_seed)
    if failures:
        sys.exit(1)


def train(args):
    def one_seed(seed):
        started = time.monotonic()
        extra = dict(pair.split("=", 1) for pair in args.set)
        run_command(command_of(args, seed, extra, until="train"), Path(args.work) / f"seed{seed}.log")
        print(f"seed {seed}: trained, {time.monotonic() - started:.0f} s", flush=True)

    over_seeds(args, one_seed)


def over_seeds(args, work):
    seeds = [int(seed) for seed in args.seeds.split(",")]
    for seed in seeds:
        project_of(args.work, seed)
    with ThreadPoolExecutor(args.jobs) as pool:
        list(pool.map(work, seeds))


# ---- table ----------------------------------------------------------------------------------------------------------------


def points(change):
    return "-" if change is None else f"{100 * change:+.2f}"


def spread(values):
    values = [v for v in values if v is not None]
    if not values:
        return "-"
    text = points(mean(values))
    return text if len(values) == 1 else f"{text} ({points(min(values))} .. {points(max(values))})"


def table(args):
    results = [r for path in args.files for r in done_rows(path)]
    if not results:
        raise SystemExit("no results in " + ", ".join(args.files))
    groups = {}
    for r in results:
        groups.setdefault((r["row"], int(r["steps"])), []).append(r)
    tasks = results[0]["tasks"]
    large = [name for name, task in tasks.items() if task["testSamples"] >= LARGE]
    print(f"Change of test accuracy in points, mean (least .. greatest) over the runs; large tasks: {', '.join(large)}. "
          "Reference: the better of sameSteps and sameRecipe of each seed; of rows with a star, which have neither, the "
          "stand-alone networks.\n")
    print("| row | bytes | ratio | steps | runs | large tasks | worst large | all ten | worst of ten | against stand-alone |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for (name, steps), group in groups.items():
        alone = [r["means"]["virtualized"]["large"] - r["means"]["standalone"]["large"] for r in group if large]
        star = " *" if any(r["reference"] == "standalone" for r in group) else ""
        print(f"| {name}{star} | {mean(r['bytes'] for r in group):,.0f} | {mean(r['ratio'] for r in group):.1f} | {steps:,} | {len(group)} "
              f"| {spread(r['changeLarge'] for r in group)} | {points(min((r['worstLarge'] for r in group), default=None))} "
              f"| {spread(r['changeAll'] for r in group)} | {points(min(r['worstAll'] for r in group))} | {spread(alone)} |")
    print("\nWithout sharing, against the same reference:\n")
    print("| rival | beside row | bytes | ratio | runs | large tasks | worst large | all ten | worst of ten |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for (name, steps), group in groups.items():
        keys = sorted(set().union(*(r["means"] for r in group)) - {"virtualized"},
                      key=lambda k: -group[0]["baselineBytes"].get(k, group[0]["standaloneBytes"]))
        for key in keys:
            having = [r for r in group if key in r["means"]]
            if key in ("standalone", "sameSteps", "sameRecipe") and name not in ("58x", "100x", "58x-4000"):
                continue
            size = [r["baselineBytes"].get(key, r["standaloneBytes"]) for r in having]
            change = lambda r, names: [t["accuracy"][key] - t["accuracy"][r["reference"]] for n, t in r["tasks"].items() if n in names]
            print(f"| {key} | {name} | {mean(size):,.0f} | {mean(r['standaloneBytes'] / s for r, s in zip(having, size)):.1f} "
                  f"| {len(having)} | {spread(mean(change(r, large)) for r in having)} "
                  f"| {points(min((min(change(r, large)) for r in having if large), default=None))} "
                  f"| {spread(mean(change(r, tasks)) for r in having)} | {points(min(min(change(r, tasks)) for r in having))} |")
    print("\nAccuracy of each task in per cent, mean over the runs, with the half width of its 95 % interval:\n")
    shown = [g for g in groups.items() if g[0][0] in ("58x", "100x")] or list(groups.items())[:2]
    for (name, steps), group in shown:
        keys = [k for k in ("standalone", "sameSteps", "sameRecipe", "virtualized", "smallTernary") if k in group[0]["means"]]
        print(f"| {name}, {steps:,} steps | test samples | " + " | ".join(keys) + " |\n|---|---:|" + "---:|" * len(keys))
        for task in tasks:
            count = tasks[task]["testSamples"]
            cells = []
            for key in keys:
                share = mean(r["tasks"][task]["accuracy"][key] for r in group)
                low, high = wilson(share, count)
                cells.append(f"{100 * share:.1f} ± {50 * (high - low):.1f}")
            print(f"| {task} | {count:,} | " + " | ".join(cells) + " |")
        print()
    print("Commands of the first seed:\n")
    for (name, steps), group in groups.items():
        print(f"    {name}: {min(group, key=lambda r: r['seed'])['command']}")


# ---- picture --------------------------------------------------------------------------------------------------------------


def picture(args):
    """Change of the large tasks over bytes, one mark a packing with its spread over the runs, and the rivals, as an SVG."""
    results = [r for path in args.files for r in done_rows(path) if r["reference"] != "standalone"]
    marks = {}  # label -> bytes, changes; ours: label None
    for r in results:
        large = [t["accuracy"] for t in r["tasks"].values() if t["testSamples"] >= LARGE]
        change = lambda key: 100 * mean(a[key] - a[r["reference"]] for a in large)
        ours = change("virtualized")  # one mark where a run was scored again on another device
        marks.setdefault((None, r["bytes"]), {})[r["seed"], round(ours, 6)] = ours
        for key in r["means"]:
            if key not in ("virtualized", "sameSteps", "sameRecipe"):
                size = r["standaloneBytes"] if key == "standalone" else r["baselineBytes"][key]
                marks.setdefault((key, size), {})[r["seed"]] = change(key)
    if not marks:
        raise SystemExit("no rows with sameSteps or sameRecipe in " + ", ".join(args.files))
    width, height, left, right, top, bottom = 760, 420, 64, 24, 24, 64
    sizes = [size for _, size in marks]
    least = min(min(values.values()) for values in marks.values())
    low, high = math.floor(min(least, -1)), 1
    first, last = math.log10(min(sizes)) - 0.1, math.log10(max(sizes)) + 0.1
    x = lambda size: left + (math.log10(size) - first) / (last - first) * (width - left - right)
    y = lambda change: top + (high - change) / (high - low) * (height - top - bottom)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    text = lambda px, py, words, anchor="middle", more="": out.append(
        f'<text x="{px:.1f}" y="{py:.1f}" text-anchor="{anchor}" fill="#222"{more}>{words}</text>')
    for change in range(low, high + 1):
        out.append(f'<line x1="{left}" x2="{width - right}" y1="{y(change):.1f}" y2="{y(change):.1f}" '
                   f'stroke="{"#444" if change == 0 else "#ddd"}"/>')
        text(left - 8, y(change) + 4, f"{change:+d}" if change else "0", "end")
    for size in (10e3, 20e3, 50e3, 100e3, 200e3, 500e3, 1e6, 2e6):
        if 10 ** first < size < 10 ** last:
            out.append(f'<line x1="{x(size):.1f}" x2="{x(size):.1f}" y1="{top}" y2="{height - bottom}" stroke="#eee"/>')
            text(x(size), height - bottom + 18, f"{size / 1e3:g} KB" if size < 1e6 else f"{size / 1e6:g} MB")
    text((left + width - right) / 2, height - 14, "bytes of the ten networks together")
    text(16, (top + height - bottom) / 2, "points against the same steps, five large tasks", "middle",
         f' transform="rotate(-90 16 {(top + height - bottom) / 2:.0f})"')
    ours = sorted((size, list(values.values())) for (label, size), values in marks.items() if label is None)
    out.append('<polyline fill="none" stroke="#0072B2" stroke-width="2" points="'
               + " ".join(f"{x(size):.1f},{y(mean(values)):.1f}" for size, values in ours) + '"/>')
    for size, values in ours:
        out.append(f'<line x1="{x(size):.1f}" x2="{x(size):.1f}" y1="{y(min(values)):.1f}" y2="{y(max(values)):.1f}" '
                   'stroke="#0072B2" stroke-width="2"/>')
        out.append(f'<circle cx="{x(size):.1f}" cy="{y(mean(values)):.1f}" r="5" fill="#0072B2"/>')
        text(x(size) + 9, y(mean(values)) + 16, f"{results[0]['standaloneBytes'] / size:.0f} x", "start")
    for (label, size), values in marks.items():
        if label is None:
            continue
        px, py = x(size), y(mean(values.values()))
        out.append(f'<path d="M{px:.1f} {py - 6:.1f} l6 6 l-6 6 l-6 -6 z" fill="#D55E00"/>')
        text(px, py - 12, {"standalone": "stand-alone"}.get(label, label))
    for row, (mark, colour, words) in enumerate((("&#9679;", "#0072B2", "shared pages: mean, least and greatest run"),
                                                 ("&#9670;", "#D55E00", "without sharing: mean"))):
        text(left + 12, top + 20 + 20 * row, f"{mark} {words}", "start", f' style="fill:{colour}"')
    Path(args.out).write_text("\n".join(out + ["</svg>"]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, work in (("run", run), ("train", train)):
        command = commands.add_parser(name)
        command.add_argument("--palimpsest", default="palimpsest")
        command.add_argument("--data", required=True)
        command.add_argument("--work", required=True)
        command.add_argument("--device", default="auto", help="several, by comma: the seeds take turns on them")
        command.add_argument("--seeds", default="1,2,3")
        command.add_argument("--jobs", type=int, default=1, help="seeds that are run at once")
        command.add_argument("--set", action="append", default=[], help="KEY=VALUE beside or instead of the row's own")
        command.set_defaults(do=work)
        if name == "run":
            command.add_argument("--results", required=True)
            command.add_argument("--rows", default="")
            command.add_argument("--bundles", default="", help="folder that the bundles of the rows are exported to")
            command.add_argument("--minutes", type=float, default=1e9)
    command = commands.add_parser("check")
    command.add_argument("results")
    for option in ("--palimpsest", "--data", "--bundles"):
        command.add_argument(option, required=True)
    command.set_defaults(do=check)
    command = commands.add_parser("table")
    command.add_argument("files", nargs="+")
    command.set_defaults(do=table)
    command = commands.add_parser("picture")
    command.add_argument("out")
    command.add_argument("files", nargs="+")
    command.set_defaults(do=picture)
    commands.add_parser("list").set_defaults(do=lambda args: [
        print(name, " ".join(f"{key}={value}" for key, value in settings.items())) for name, settings in ROWS.items()])
    args = parser.parse_args()
    if "work" in args:
        Path(args.work).mkdir(parents=True, exist_ok=True)
    args.do(args)


if __name__ == "__main__":
    main()
