#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The ten data sets of projects/ten in one archive of at most 30 MiB, for machines that the whole sets cannot be brought to.

    /usr/bin/python3 tests/bench/make_ten_subset.py make ARCHIVE.tar --h5 FOLDER --data FOLDER
    python3 tests/bench/make_ten_subset.py unpack ARCHIVE.tar FOLDER
    palimpsest run DIR --set dataRoot=FOLDER

--h5 holds the seven .h5 files, --data is the program's own data folder (fashion, motions, vowels). Packing needs h5py
(Debian: python3-h5py), unpacking numpy alone. The samples are drawn by seed, with equal shares of each class as in the whole
set; gtsrb keeps whole tracks (15 consecutive frames), and the small sets are kept whole. mnist, fmnist, motions and vowels are
exact. The pictures of cifar10, svhn and gtsrb and all sounds are lossy copies: an 8 x 8 cosine transform with the tables of
JPEG at quality 75 (ITU-T T.81, annex K), and a lapped cosine transform (Princen & Bradley 1986) with a step that follows the
level of each of 20 bands. Unpacked files have the names, formats and types of the whole sets.
"""
import argparse
import gzip
import io
import json
import lzma
import tarfile
from pathlib import Path

import numpy as np

SEED = 20261124
TRACK = 15  # frames of one gtsrb track
# Samples that are taken: name, of train, of test; 0: all. How x is coded.
PICTURES = [("cifar10", 0, 0, "dct"), ("mnist", 13000, 4000, "exact"), ("svhn", 0, 0, "dct"),
            ("gtsrb", 12000, 6000, "dct")]
SOUNDS = ["gsc", "esc10", "us8k"]
FASHION = (9000, 4000)
COPIED = ["motions/BasicMotions_TRAIN.ts", "motions/BasicMotions_TEST.ts", "vowels/JapaneseVowels_TRAIN.ts",
          "vowels/JapaneseVowels_TEST.ts"]


def pack(data):
    """.xz of the coder's settings that make it smallest."""
    return min((lzma.compress(data, filters=[dict(id=lzma.FILTER_LZMA2, preset=9 | lzma.PRESET_EXTREME, dict_size=64 << 20,
                                                  lc=lc, lp=0, pb=0)]) for lc in (0, 3)), key=len)


# ---- pictures -------------------------------------------------------------------------------------------------------------

LUMA = np.array("""16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 62
18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 98 112 100 103 99""".split(), float)
CHROMA = np.array("""17 18 24 47 99 99 99 99 18 21 26 66 99 99 99 99 24 26 56 99 99 99 99 99 47 66 99 99 99 99 99 99
99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99""".split(), float)
DIAGONAL = sorted(range(64), key=lambda i: (i // 8 + i % 8, i))
COSINE = np.array([[np.sqrt((1 if k == 0 else 2) / 8) * np.cos(np.pi * (2 * n + 1) * k / 16) for n in range(8)] for k in range(8)])


def table(values):  # at quality 75
    return np.floor((values * 50 + 50) / 100)


def encode_plane(plane, values):
    """plane: [n, H, W], 0..255. Codes of each coefficient by itself, from the coarse to the fine."""
    n, h, w = plane.shape
    blocks = (plane.astype(float) - 128).reshape(n, h // 8, 8, w // 8, 8).transpose(0, 1, 3, 2, 4)
    codes = np.rint((COSINE @ blocks @ COSINE.T).reshape(-1, 64) / table(values))
    return np.clip(codes, -128, 127).astype(np.int8)[:, DIAGONAL]


def decode_plane(codes, shape, values):
    n, h, w = shape
    flat = np.zeros((len(codes), 64))
    flat[:, DIAGONAL] = codes
    blocks = COSINE.T @ (flat * table(values)).reshape(n, h // 8, w // 8, 8, 8) @ COSINE
    return blocks.transpose(0, 1, 3, 2, 4).reshape(n, h, w) + 128


def encode_pictures(x):
    x = x.astype(float)
    if x.shape[1] == 1 or (np.array_equal(x[:, 0], x[:, 1]) and np.array_equal(x[:, 0], x[:, 2])):
        return [encode_plane(x[:, 0], LUMA)]
    r, g, b = x[:, 0], x[:, 1], x[:, 2]
    n, h, w = r.shape
    half = lambda p: p.reshape(n, h // 2, 2, w // 2, 2).mean(axis=(2, 4))
    luma = 0.299 * r + 0.587 * g + 0.114 * b
    return [encode_plane(luma, LUMA), encode_plane(half(128 + (b - luma) / 1.772), CHROMA),
            encode_plane(half(128 + (r - luma) / 1.402), CHROMA)]


def decode_pictures(planes, shape):
    n, channels, h, w = shape
    luma = decode_plane(planes[0], (n, h, w), LUMA)
    if len(planes) == 1:
        parts = [luma] * channels
    else:
        cb, cr = (decode_plane(p, (n, h // 2, w // 2), CHROMA).repeat(2, axis=1).repeat(2, axis=2) - 128 for p in planes[1:])
        parts = [luma + 1.402 * cr, luma - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587, luma + 1.772 * cb]
    return np.clip(np.rint(np.stack(parts, axis=1)), 0, 255).astype(np.uint8)


# ---- sounds ---------------------------------------------------------------------------------------------------------------

HOP = 256
BANDS = [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256]
STEP = 1.2  # of a code, in rms of its band
_n = np.arange(2 * HOP)
LAPPED = (np.sqrt(2 / HOP) * np.cos(np.pi / HOP * (_n[:, None] + 0.5 + HOP / 2) * (np.arange(HOP) + 0.5))
          * np.sin(np.pi * (_n + 0.5) / (2 * HOP))[:, None])


def band_steps(levels):
    """Step of each coefficient: [..., HOP]; levels are half octaves of the rms, 0: an empty band."""
    return np.repeat(STEP * 2.0 ** (levels / 2), np.diff(BANDS), axis=-1)


def encode_sounds(x):
    n, length = x.shape
    frames = -(-length // HOP) + 1
    padded = np.zeros((n, (frames + 1) * HOP))
    padded[:, HOP:HOP + length] = x
    c = np.stack([padded[:, i * HOP:(i + 2) * HOP] for i in range(frames)], axis=1) @ LAPPED
    rms = np.stack([np.sqrt((c[..., lo:hi] ** 2).mean(-1)) for lo, hi in zip(BANDS, BANDS[1:])], axis=-1)
    levels = np.where(rms < 2, 0, np.rint(2 * np.log2(np.maximum(rms, 2)))).astype(np.int8)
    codes = np.sign(c) * np.floor(np.abs(c) / band_steps(levels) + 0.4)
    codes[np.repeat(levels == 0, np.diff(BANDS), axis=-1)] = 0
    return [np.clip(codes, -127, 127).astype(np.int8),
            np.ascontiguousarray(np.diff(levels, axis=1, prepend=np.int8(0)).transpose(2, 0, 1))]


def decode_sounds(codes, differences, shape):
    n, length = shape[0], shape[2]
    frames = -(-length // HOP) + 1
    levels = np.cumsum(differences.reshape(len(BANDS) - 1, n, frames).transpose(1, 2, 0), axis=1, dtype=np.int8)
    y = (codes.reshape(n, frames, HOP) * band_steps(levels)) @ LAPPED.T
    sound = np.zeros((n, (frames + 1) * HOP))
    for i in range(frames):
        sound[:, i * HOP:(i + 2) * HOP] += y[:, i]
    return np.clip(np.rint(sound[:, HOP:HOP + length]), -32768, 32767).astype(np.int16).reshape(shape)


# ---- choice of the samples ------------------------------------------------------------------------------------------------

def choose(labels, count, rng, block=1):
    """Indices in order: `count` of them in whole blocks of each class's own samples, each class by its share."""
    if count == 0 or count >= len(labels):
        return np.arange(len(labels))
    groups = []
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        groups.append([own[i:i + block] for i in range(0, len(own) - block + 1, block)])
    total = sum(len(g) for g in groups)
    taken = []
    for group in groups:
        wanted = max(2 if block > 1 else 1, int(count / block * len(group) / total + 0.5))
        taken += [group[i] for i in rng.permutation(len(group))[:wanted]]
    return np.sort(np.concatenate(taken))


# ---- archive --------------------------------------------------------------------------------------------------------------

class Writer:
    def __init__(self, path):
        self.tar = tarfile.open(path, "w")
        self.entries = []

    def add(self, name, data):
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        self.tar.addfile(entry, io.BytesIO(data))
        return len(data)

    def parts(self, name, arrays):
        """Adds the arrays as .xz files; their names and bytes in all."""
        names = [f"{name}.{i}.xz" for i in range(len(arrays))]
        return names, sum(self.add(n, pack(a.tobytes())) for n, a in zip(names, arrays))


def make(args):
    import h5py
    writer = Writer(args.archive)
    rng = np.random.RandomState(SEED)
    files, rows = [], []

    def add_h5(name, train, test, codec):
        with h5py.File(Path(args.h5) / f"{name}.h5", "r") as source:
            skeleton = io.BytesIO()
            splits, size = [], 0
            arrays = {}
            with h5py.File(skeleton, "w", libver="earliest") as copy:
                for key, value in source.attrs.items():
                    copy.attrs[key] = value
                for split, count in (("train", train), ("test", test)):
                    labels = source[split]["y"][:]
                    index = choose(labels, count, rng, TRACK if (name, split) == ("gtsrb", "train") else 1)
                    arrays[split] = source[split]["x"][:][index]
                    copy[f"{split}/x"] = np.zeros_like(arrays[split])
                    copy[f"{split}/y"] = labels[index]
                    rows.append((name, split, len(index), len(labels)))
                offsets = {split: copy[split]["x"].id.get_offset() for split in arrays}
            for split, x in arrays.items():
                coded = {"exact": lambda: [x], "dct": lambda: encode_pictures(x),
                         "lapped": lambda: encode_sounds(x[:, 0].astype(float))}[codec]()
                if codec == "dct":  # coefficient after coefficient
                    coded = [np.ascontiguousarray(c.T) for c in coded]
                names, more = writer.parts(f"{name}-{split}", coded)
                size += more
                splits.append(dict(parts=names, codec=codec, shape=list(x.shape), offset=offsets[split]))
            size += writer.add(f"{name}.h5.xz", pack(skeleton.getvalue()))
            files.append(dict(path=f"{name}.h5", kind="h5", skeleton=f"{name}.h5.xz", splits=splits))
            sizes[name] = size

    sizes = {}
    for picture in PICTURES:
        add_h5(*picture)
    for name in SOUNDS:
        add_h5(name, 0, 0, "lapped")

    sizes["fmnist"] = 0
    for split, prefix, count in (("train", "train", FASHION[0]), ("test", "t10k", FASHION[1])):
        folder = Path(args.data) / "fashion"
        labels = np.frombuffer(gzip.open(folder / f"{prefix}-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
        pictures = np.frombuffer(gzip.open(folder / f"{prefix}-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 28, 28)
        index = choose(labels, count, rng)
        for kind, values in (("images-idx3", pictures[index]), ("labels-idx1", labels[index])):
            head = bytes([0, 0, 8, values.ndim]) + b"".join(int(s).to_bytes(4, "big") for s in values.shape)
            name = f"{prefix}-{kind}-ubyte"
            sizes["fmnist"] += writer.add(name + ".xz", pack(head + values.tobytes()))
            files.append(dict(path=f"fashion/{name}.gz", kind="gzip", part=name + ".xz"))
        rows.append(("fmnist", split, len(index), len(labels)))
    for path in COPIED:
        name = path.split("/")[0]
        text = (Path(args.data) / path).read_bytes()
        samples = [l for l in text.decode().splitlines() if l and l[0] not in "#@"]
        sizes[name] = sizes.get(name, 0) + writer.add(Path(path).name + ".xz", pack(text))
        files.append(dict(path=path, kind="copy", part=Path(path).name + ".xz"))
        rows.append((name, "train" if "TRAIN" in path else "test", len(samples), len(samples)))

    writer.add("manifest.json", json.dumps(files).encode())
    writer.tar.close()
    print("| set | train | test | KiB |\n|---|---:|---:|---:|")
    for name in sizes:
        counts = {split: f"{n:,}" + ("" if n == of else f" of {of:,}") for who, split, n, of in rows if who == name}
        print(f"| {name} | {counts['train']} | {counts['test']} | {sizes[name] / 1024:,.0f} |")
    size = Path(args.archive).stat().st_size
    print(f"| all | | | {size / 1024:,.0f} |")
    if size > 30 * 2 ** 20:
        raise SystemExit(f"{args.archive}: {size:,} bytes are more than 30 MiB")


def unpack(args):
    with tarfile.open(args.archive) as tar:
        raw = lambda name: lzma.decompress(tar.extractfile(name).read())
        for file in json.loads(tar.extractfile("manifest.json").read()):
            target = Path(args.folder) / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            if file["kind"] == "copy":
                target.write_bytes(raw(file["part"]))
            elif file["kind"] == "gzip":
                target.write_bytes(gzip.compress(raw(file["part"]), 1, mtime=0))
            else:
                data = bytearray(raw(file["skeleton"]))
                for split in file["splits"]:
                    parts = [np.frombuffer(raw(name), np.int8) for name in split["parts"]]
                    shape = tuple(split["shape"])
                    if split["codec"] == "dct":
                        x = decode_pictures([p.reshape(64, -1).T for p in parts], shape)
                    elif split["codec"] == "lapped":
                        x = decode_sounds(*parts, shape)
                    else:
                        x = parts[0]
                    data[split["offset"]:split["offset"] + x.nbytes] = x.tobytes()
                target.write_bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("make")
    command.add_argument("archive")
    command.add_argument("--h5", required=True)
    command.add_argument("--data", required=True)
    command.set_defaults(run=make)
    command = commands.add_parser("unpack")
    command.add_argument("archive")
    command.add_argument("folder")
    command.set_defaults(run=unpack)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
