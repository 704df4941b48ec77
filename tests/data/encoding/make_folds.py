"""Makes folds.json: test rows of scikit-learn's KFold and GroupKFold, nested ones too, and the shuffled orders of
core/encoding/Folds.h, computed with Python's whole numbers.

Run with scikit-learn 1.9 (its GroupKFold takes groups of one size in a stable order): python make_folds.py
"""
import json
import pathlib

import numpy as np
from sklearn.model_selection import GroupKFold, KFold

generator = np.random.default_rng(12)


def tests(splitter, rows, groups=None):
    """Row numbers of each test fold of some of the rows."""
    rows = np.array(rows)
    own = None if groups is None else np.array(groups)[rows]
    return [rows[test].tolist() for _, test in splitter.split(rows, groups=own)]


def contiguous():
    for rows, count in [(2, 2), (7, 3), (10, 4), (23, 5), (81, 9), (100, 7), (12, 12)]:
        yield {"rows": rows, "count": count, "folds": tests(KFold(count), range(rows))}


def grouped():
    for rows, names, count in [(12, 3, 2), (40, 8, 5), (60, 40, 5), (90, 30, 4), (200, 25, 10), (50, 50, 5)]:
        groups = generator.integers(-names // 2, names - names // 2, rows)
        if rows == names:
            groups = generator.permutation(rows) - 20  # every group of one row: ties alone
        outer = tests(GroupKFold(count), range(rows), groups)
        inner = [tests(GroupKFold(2), sorted(set(range(rows)) - set(test)), groups) for test in outer]
        yield {"groups": groups.tolist(), "count": count, "folds": outer, "inner": inner}


def split_mix_64(seed):
    mask = 2**64 - 1
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & mask
        mixed = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        yield mixed ^ (mixed >> 31)


def shuffled():
    for rows, seed in [(10, 42), (23, 0), (100, 2**63 + 5)]:
        bits, order = split_mix_64(seed), list(range(rows))
        for last in range(rows, 1, -1):
            accepted = (2**64 - 1) - (2**64 - 1) % last
            value = next(value for value in bits if value < accepted)
            order[last - 1], order[value % last] = order[value % last], order[last - 1]
        folds = [sorted(order[row] for row in test) for test in tests(KFold(4), range(rows))]
        yield {"rows": rows, "seed": str(seed), "order": order, "folds": folds}


answers = {"contiguous": list(contiguous()), "grouped": list(grouped()), "shuffled": list(shuffled())}
pathlib.Path(__file__).with_name("folds.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
