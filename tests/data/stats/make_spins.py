#!/usr/bin/env python3
"""References for the spin test: spins.json beside this file.

    pip install brainspace neuromaps      (made with brainspace 0.3.0, neuromaps 0.0.7)
    python tests/data/stats/make_spins.py

Both peers draw the same rotations from the same seed. neuromaps turns the points that carry the values (as Brainlike
does), BrainSpace those that look them up, so its rotations are the inverse ones.
"""
import json
import pathlib
import warnings

import numpy as np
from brainspace.null_models import SpinPermutations
from neuromaps.nulls.spins import _gen_rotation, gen_spinsamples
from neuromaps.stats import compare_images

warnings.simplefilter("ignore")
SPINS, SEED = 20, 7


def mersenne_twister_64(seed):
    """Nishimura & Matsumoto's 64-bit generator, the one C++ calls mt19937_64."""
    mask = 2**64 - 1
    state = [seed & mask]
    for i in range(1, 312):
        state.append((6364136223846793005 * (state[-1] ^ (state[-1] >> 62)) + i) & mask)
    while True:
        for i in range(312):
            x = (state[i] & 0xFFFFFFFF80000000) | (state[(i + 1) % 312] & 0x7FFFFFFF)
            state[i] = state[(i + 156) % 312] ^ (x >> 1) ^ (0xB5026F5AA96619E9 if x & 1 else 0)
        for x in state:
            x ^= (x >> 29) & 0x5555555555555555
            x ^= (x << 17) & 0x71D67FFFEDA60000
            x ^= (x << 37) & 0xFFF7EEE000000000
            yield x ^ (x >> 43)


def marsaglia_rotations(seed, count):
    """Rotations as core/stats/SpinRotations.h describes them."""
    bits = mersenne_twister_64(seed)

    def disc():
        while True:
            x, y = ((next(bits) >> 11) * 2.0**-52 - 1 for _ in range(2))
            if 0 < x * x + y * y < 1:
                return x, y, x * x + y * y

    rotations = []
    for _ in range(count):
        (w, x, first), (y, z, second) = disc(), disc()
        y, z = (value * np.sqrt((1 - first) / second) for value in (y, z))
        rotations.append([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
                          2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
                          2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])
    return np.array(rotations)


def sphere(state, count):
    points = state.normal(size=(count, 3))
    return (100 * points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def neuromaps_spins(points, method):
    hemispheres = np.repeat([0, 1], [len(side) for side in points])
    spins, cost = gen_spinsamples(np.vstack(points).astype(float), hemispheres, n_rotate=SPINS, seed=SEED,
                                  method=method, check_duplicates=False, return_cost=True)
    return {"sources": spins.T.tolist(), "distances": cost.mean(0).tolist()}, spins


def listed(points):
    return {name: np.asarray(side, float).tolist() for name, side in zip(("left", "right"), points)}


def nulls(values):
    return [None if np.isnan(value) else float(value) for value in values]


state = np.random.RandomState(1)
vertices = sphere(state, 110), sphere(state, 90)
parcels = sphere(state, 34), sphere(state, 29)
rotation_state = np.random.RandomState(SEED)
drawn = np.array([_gen_rotation(rotation_state)[0] for _ in range(SPINS)])

brainspace = SpinPermutations(n_rep=SPINS, random_state=SEED).fit(*(side.astype(float) for side in vertices))
original, spins = neuromaps_spins(vertices, "original")
both = np.vstack(vertices)
x = both @ [0.02, 0.01, -0.01] + 0.3 * state.normal(size=len(both))
y = 0.5 * x + np.sin(both @ [0.0, 0.03, 0.02]) + 0.3 * state.normal(size=len(both))
x[:12] = np.nan  # the medial wall of one map, and another one of the other map
x[110:118] = np.nan
y[5:16] = np.nan
r, p, null = compare_images(x, y, ignore_zero=False, nulls=x[spins], nan_policy="omit", return_nulls=True)
r_second, p_second, null_second = compare_images(y, x, ignore_zero=False, nulls=y[spins], nan_policy="omit",
                                                 return_nulls=True)
reference = {
    "rotations": drawn.reshape(SPINS, 9).tolist(),
    "seeded": {"seed": 20250824, "rotations": marsaglia_rotations(20250824, 400)[[0, 1, 399]].tolist()},
    "vertices": listed(vertices) | {"neuromaps": original,
                                    "brainspace": np.hstack([brainspace.spin_lh_, brainspace.spin_rh_ + 110]).tolist()},
    "parcels": listed(parcels) | {method: neuromaps_spins(parcels, method)[0] for method in ("vasa", "hungarian")},
    "test": {"x": nulls(x), "y": nulls(y), "r": float(r), "p": float(p), "null": nulls(null),
             "p_second": float(p_second), "null_second": nulls(null_second)},
}
pathlib.Path(__file__).with_name("spins.json").write_text(json.dumps(reference, separators=(",", ":")) + "\n")
