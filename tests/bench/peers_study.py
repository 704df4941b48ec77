#!/usr/bin/env python3
"""A whole study beside himalaya: every layer of every checkpoint against one recording, and the ratio of times.

    pip install himalaya torch scikit-learn
    cmake --preset bench && cmake --build --preset bench --target brainlike
    python tests/bench/peers_study.py [--layers 24] [--checkpoints 3] [--peer-units 4]

72 units of 1000 images x 256 features x 20,484 vertices (fsaverage5), nested 5 x 5 folds, ten λ, float32. brainlike is the
whole command, from study.json to scores.h5 with group maps and summaries; himalaya starts from arrays in memory and
gives r alone. himalaya's time is that of --peer-units units (0: all of them) times units, since it shares nothing
between units.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

import h5py
import numpy as np

from peers_ridge import arrays, himalaya_with, peak_memory, peer_time, threads_to_try

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERTICES = 20484


def make_study(folder, images, features, layers, checkpoints):
    x, y = arrays(images, features, VERTICES)
    random = np.random.default_rng(1)
    np.save(folder / "y.npy", y)
    names = [f"layer{layer:02d}" for layer in range(layers)]
    for step in range(checkpoints):
        for layer, name in enumerate(names):
            mixed = x + np.float32(0.1 * (1 + layer)) * random.standard_normal(x.shape, np.float32) * x.std()
            np.save(folder / f"{step}-{name}.npy", mixed)
    study = {
        "format": "brainlike-study", "version": 1, "name": "bench", "template": {"name": "fsaverage5"},
        "encoding": {},
        "models": [{"id": "m", "label": "M", "family": "f", "image_type": "natural",
                    "layers": [{"name": name, "depth": i / max(1, layers - 1)} for i, name in enumerate(names)],
                    "checkpoints": [{"step": 1000 * (step + 1), "features": f"{step}-{{layer}}.npy"}
                                    for step in range(checkpoints)]}],
        "recordings": [{"id": "s1", "subject": "s1", "kind": "fmri", "responses": "y.npy"}],
        "images": {"ids": "images.txt"}}
    (folder / "images.txt").write_text("".join(f"image{i}\n" for i in range(images)))
    (folder / "study.json").write_text(json.dumps(study))
    return y, names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brainlike", default=ROOT / "build/bench/app/brainlike", type=pathlib.Path)
    parser.add_argument("--images", type=int, default=1000)
    parser.add_argument("--features", type=int, default=256)
    parser.add_argument("--layers", type=int, default=24)
    parser.add_argument("--checkpoints", type=int, default=3)
    parser.add_argument("--peer-units", type=int, default=4)
    parser.add_argument("--threads", default="", help="of the peers, by commas (default: 1 and all cores)")
    options = parser.parse_args()
    units = options.layers * options.checkpoints
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        y, names = make_study(folder, options.images, options.features, options.layers, options.checkpoints)
        command = [options.brainlike, "encode", folder / "study.json", "--progress", "none"]
        start = time.perf_counter()
        memory = peak_memory(command)
        ours = time.perf_counter() - start
        print(f"{units} units of {options.images} x {options.features} x {VERTICES}, {os.cpu_count()} cores\n"
              f"| program | seconds | times brainlike | largest difference of r |\n|---|---:|---:|---:|\n"
              f"| brainlike ({memory} MiB) | {ours:.1f} | 1 | |", flush=True)
        with h5py.File(folder / "scores.h5") as file:
            scores = file["fmri/m/score"][:, 0]
        sampled = min(units, options.peer_units or units)
        for backend in ("torch", "numpy"):
            seconds, difference = 0.0, 0.0
            threads = threads_to_try(options.threads)
            for unit in range(sampled):
                step, layer = divmod(unit * units // sampled, options.layers)
                x = np.load(folder / f"{step}-{names[layer]}.npy")
                taken, theirs, best = peer_time(himalaya_with(backend), x, y, "global", threads, 1)
                threads = [best]
                seconds += taken
                difference = max(difference, np.nanmax(np.abs(theirs - scores[step, layer])))
            total = seconds * units / sampled
            print(f"| himalaya, {backend}, {best} threads ({sampled} units timed) | {total:.0f} | {total / ours:.1f} | "
                  f"{difference:.1e} |", flush=True)


if __name__ == "__main__":
    main()
