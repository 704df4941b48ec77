#!/usr/bin/env python3
"""Reading a large scores file beside h5py: the same file, the same arrays, times and peak of memory of each.

    pip install h5py numpy
    cmake --preset bench && cmake --build --preset bench --target score_peer
    python tests/bench/peers_scores.py [--models 2] [--steps 10] [--layers 10] [--vertices 163842] [--file F.h5]

Makes a file of about 2 GB (random scores, laid out as brainlike encode does) unless --file names one that is there.
Both read it once before, so that it lies in the system's cache as far as that has room.
"""
import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = h5py.string_dtype()
CHANNELS, TIMES = 271, 106


def dataset(group, name, lead, axes, make, dtype="f4"):
    """One chunk for each of the leading indices."""
    data = group.create_dataset(name, shape=lead + axes, dtype=dtype, chunks=tuple(1 for _ in lead) + axes)
    for index in np.ndindex(*lead):
        data[index] = make(axes)
    return data


def make_kind(file, kind, model, steps, recordings, layers, axes):
    random = np.random.default_rng(1)
    scores = random.normal(0.1, 0.05, axes).astype("f4")

    def near(shape):
        return np.roll(scores, int(random.integers(1, 1000))) * np.float32(random.uniform(0.5, 1.5))

    group = file.create_group(f"{kind}/{model}")
    dataset(group, "score", (steps, len(recordings), layers), axes, near).attrs["recordings"] = np.array(
        recordings, dtype=TEXT)
    group = group.create_group("group")
    for what in ["mean", "sem", "t", "p", "q"]:
        dataset(group, what, (steps, layers), axes, near)
    for what in ["best_score", "margin", "agreement"]:
        dataset(group, what, (steps,), axes, near)
    dataset(group, "best_layer", (steps,), axes, lambda shape: random.integers(0, layers, shape), "i2")


def make(path, options):
    models = [f"model{number}" for number in range(options.models)]
    with h5py.File(path, "w") as file:
        study = {"format": "brainlike-study", "version": 1, "name": "large", "models": [{"id": name} for name in models]}
        file.attrs.update({"format": "brainlike-scores", "version": np.int64(1), "study": json.dumps(study),
                           "created_by": "peers_scores.py", "options": "{}", "name": "large", "template": "fsaverage"})
        subjects = ["one", "two"]
        for subject in subjects:
            fmri, meg = (file.create_group(f"recordings/{kind}-{subject}") for kind in ["fmri", "meg"])
            fmri.attrs.update({"kind": "fmri", "subject": subject, "images": np.int64(1000)})
            fmri["vertex_counts"] = np.array([options.vertices, options.vertices], "i8")
            meg.attrs.update({"kind": "meg", "subject": subject, "images": np.int64(1000)})
            meg.create_dataset("channel_names", data=[f"MEG{i:03}" for i in range(CHANNELS)], dtype=TEXT)
            meg["channel_positions"] = np.random.default_rng(0).normal(size=(CHANNELS, 3))
            meg["times"] = np.linspace(-0.5, 3, TIMES)
        for name in models:
            group = file.create_group(f"models/{name}")
            group["steps"] = np.arange(options.steps, dtype="i8") * 1000
            group.create_dataset("layer_names", data=[f"block{i:02}" for i in range(options.layers)], dtype=TEXT)
            group["layer_depths"] = np.linspace(0, 1, options.layers)
            summary = file.create_group(f"summary/{name}")
            for what in ["encoding_fmri", "encoding_meg", "spatial", "temporal"]:
                summary[what] = np.linspace(0, 1, options.steps)
            make_kind(file, "fmri", name, options.steps, [f"fmri-{s}" for s in subjects], options.layers,
                      (2 * options.vertices,))
            make_kind(file, "meg", name, options.steps, [f"meg-{s}" for s in subjects], options.layers,
                      (CHANNELS, TIMES))


def read_with_h5py(path):
    """The arrays that score_peer reads as they are asked for."""
    start = time.perf_counter()
    file = h5py.File(path, "r")
    models = {name: (list(group["steps"]), len(group["layer_names"])) for name, group in file["models"].items()}
    opening = time.perf_counter() - start
    times = []
    for name, (steps, layers) in models.items():
        fmri, meg = file[f"fmri/{name}/group"], file[f"meg/{name}"]
        for step in range(len(steps)):
            start = time.perf_counter()
            for what in ["best_layer", "best_score", "margin", "agreement"]:
                fmri[what][step]
            fmri["mean"][step, layers - 1], fmri["q"][step, layers - 1]
            meg["group/mean"][step], meg["score"][step]
            times.append(time.perf_counter() - start)
    milliseconds = 1000 * np.array(times)
    return {"open": 1000 * opening, "step": {"median": float(np.median(milliseconds)),
                                             "largest": milliseconds.max(), "all": milliseconds.sum()},
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in [("models", 2), ("steps", 10), ("layers", 10), ("vertices", 163842)]:
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--file", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/bench/tests/bench/score_peer")
    parser.add_argument("--h5py-only", action="store_true", help="read FILE with h5py and print that alone")
    options = parser.parse_args()
    if options.h5py_only:
        print(json.dumps(read_with_h5py(options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or pathlib.Path(folder) / "scores.h5"
        if not path.exists():
            make(path, options)
        print(f"{path.stat().st_size / 1e9:.2f} GB")
        alone = [sys.executable, __file__, "--h5py-only", "--file", str(path)]
        subprocess.run(alone, check=True, capture_output=True)
        peer = json.loads(subprocess.run(alone, check=True, capture_output=True, text=True).stdout)
        ours = json.loads(subprocess.run([str(options.program), str(path)], check=True, capture_output=True,
                                         text=True).stdout)
        for name, row in [("h5py", peer), ("brainlike, as asked", ours["as_asked"]),
                          ("brainlike, read ahead", ours["read_ahead"])]:
            print(f"{name:24} open {row['open']:7.1f} ms, step {row['step']['median']:6.1f} ms "
                  f"(largest {row['step']['largest']:.1f}), all steps {row['step']['all']:8.1f} ms")
        print(f"peak of memory: h5py {peer['peak_mib']:.0f} MiB, brainlike {ours['peak_mib']:.0f} MiB "
              f"(cache {ours['read_ahead']['cache_mib']:.0f} MiB)")


if __name__ == "__main__":
    main()
