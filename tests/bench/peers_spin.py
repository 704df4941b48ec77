#!/usr/bin/env python3
"""Spins beside BrainSpace and neuromaps: the same points, the same rotations, the same answers, and the ratio of times.

    pip install brainspace neuromaps
    cmake --preset bench && cmake --build --preset bench --target spin_peer
    python tests/bench/peers_spin.py [--spins 1000] [--threads 1,2] [--fsaverage5 FOLDER]

Neither peer uses more than one thread for this. Without the fsaverage5 template (./run build fetches it) points evenly
spread on a sphere stand in for its vertices, and 180 of them a hemisphere for the areas.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time
import warnings

import nibabel
import numpy as np
from brainspace.null_models import SpinPermutations
from neuromaps.nulls.spins import _gen_rotation, gen_spinsamples

ROOT = pathlib.Path(__file__).resolve().parents[2]


def template_folder():
    data = pathlib.Path(os.environ.get("XDG_DATA_HOME", pathlib.Path.home() / ".local/share"))
    return data / "brainlike/templates/fsaverage5"


def spiral(count):
    """Points evenly spread on a sphere."""
    i = np.arange(count) + 0.5
    polar, turn = np.arccos(1 - 2 * i / count), np.pi * (1 + 5**0.5) * i
    points = np.c_[np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)]
    return (100 * points).astype(np.float32)


def spheres(folder):
    if not (folder / "sphere_left.gii.gz").exists():
        print(f"fsaverage5 is not in {folder}: evenly spread points stand in for it")
        return spiral(10242), spiral(10242) * np.float32([-1, 1, 1])
    return tuple(nibabel.load(folder / f"sphere_{side}.gii.gz").agg_data()[0] for side in ("left", "right"))


def areas(points, annot):
    """Centroids as neuromaps has them: the vertex nearest to the mean of an area's vertices."""
    if not annot.exists():
        nearest = [np.argmin(((points - target) ** 2).sum(1)) for target in spiral(180)]
        return points[nearest]
    labels = nibabel.freesurfer.read_annot(annot)[0][: len(points)]
    means = [points[labels == label].mean(0) for label in np.unique(labels) if label > 0]
    return np.array([points[np.argmin(((points - mean) ** 2).sum(1))] for mean in means])


def peer_rotations(spins, seed):
    """Both peers draw the same rotations from the same seed."""
    state = np.random.RandomState(seed)
    return np.array([_gen_rotation(state)[0] for _ in range(spins)])


def timed(function):
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def ours(program, method, points, rotations, threads, folder):
    paths = [folder / f"{name}.npy" for name in ("left", "right", "rotations", "sources")]
    for path, array in zip(paths, (*points, np.ascontiguousarray(rotations))):
        np.save(path, array)
    output = subprocess.run([program, method, *paths[:3], str(threads), paths[3]], check=True, capture_output=True,
                            text=True).stdout
    return json.loads(output), np.load(paths[3])


def brainspace_spins(points, spins, seed):
    peer = SpinPermutations(n_rep=spins, random_state=seed).fit(*points)
    return np.hstack([peer.spin_lh_, peer.spin_rh_ + len(points[0])])


def neuromaps_spins(points, spins, seed, method):
    hemispheres = np.repeat([0, 1], [len(side) for side in points])
    # Its search for duplicates would draw another rotation where a small one leaves every parcel in place.
    return gen_spinsamples(np.vstack(points), hemispheres, n_rotate=spins, seed=seed, method=method,
                           check_duplicates=False).T


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/bench/tests/bench/spin_peer")
    parser.add_argument("--spins", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", default=f"1,{os.cpu_count()}")
    parser.add_argument("--fsaverage5", type=pathlib.Path, default=template_folder())
    options = parser.parse_args()
    warnings.simplefilter("ignore")

    vertices = spheres(options.fsaverage5)
    centroids = tuple(areas(points, options.fsaverage5 / f"{name}.HCP-MMP1.annot")
                      for points, name in zip(vertices, ("lh", "rh")))
    drawn = peer_rotations(options.spins, options.seed)
    # BrainSpace turns the points to which values are looked up, neuromaps the points that carry them.
    inverse = drawn.transpose(0, 2, 1)
    cases = [
        ("BrainSpace", "alexander-bloch", vertices, inverse, lambda: brainspace_spins(vertices, options.spins, options.seed)),
        ("neuromaps", "alexander-bloch", vertices, drawn,
         lambda: neuromaps_spins(vertices, options.spins, options.seed, "original")),
        ("neuromaps", "vasa", centroids, drawn, lambda: neuromaps_spins(centroids, options.spins, options.seed, "vasa")),
        ("neuromaps", "hungarian", centroids, drawn,
         lambda: neuromaps_spins(centroids, options.spins, options.seed, "hungarian")),
    ]
    print(f"{options.spins} spins\n{'method':16}{'points':>8}  {'peer':11}{'peer s':>8}{'threads':>9}{'ours s':>9}"
          f"{'ratio':>8}{'test s':>9}  same answers")
    with tempfile.TemporaryDirectory() as temporary:
        for peer, method, points, rotations, run in cases:
            seconds, expected = timed(run)
            for threads in options.threads.split(","):
                times, sources = ours(options.program, method, points, rotations, threads, pathlib.Path(temporary))
                print(f"{method:16}{expected.shape[1]:8}  {peer:11}{seconds:8.2f}{threads:>9}{times['assign']:9.3f}"
                      f"{seconds / times['assign']:7.0f}×{times['test']:9.3f}  {(sources == expected).mean():.6%}",
                      flush=True)


if __name__ == "__main__":
    main()
