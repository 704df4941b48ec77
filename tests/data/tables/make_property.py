#!/usr/bin/env python3
"""Reference correlations of the table `property` on planted scores, from the definitions with NumPy and SciPy.

The scores follow from formulas of whole numbers and +, -, *, / alone, so that tests/support/PlantedScores.h makes the
same ones. Writes property.json beside this script.
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

from make_tables import best_layer, correlation, group, group_q, highest, mean_over, noise, plain

STEPS = [0, 100, 1000, 4000, 10000]
DEPTHS = np.array([0, 0.25, 0.5, 0.75, 1.0])
SUBJECTS, SIDE, AREAS = 3, 162, 23  # areas of 7 vertices, the last vertex is medial wall
NAMES = [f"A{i:02}" for i in range(AREAS)]
ROIS = [("front", ["A01", "A02"])] + [(f"R{i}", [f"A{i:02}"]) for i in range(4, 23, 2)]


def layer_of(area, side):
    return (7 * area + 3 * side) % 5


def amplitude(area, side):
    return -0.1 if (area, side) == (22, 1) else 0.1 + 0.01 * area + 0.05 * side


def half(area, side):
    return 200.0 + 150.0 * ((11 * area + 5 * side) % 23)


def score(step, subject, layer, vertex):
    side, at = divmod(vertex, SIDE)
    area = at // 7
    if area == AREAS:
        return 0.002 * noise(step, subject, layer, vertex)
    if (area, side) == (21, 0):
        return np.nan
    growth = (STEPS[step] + 20.0) / (STEPS[step] + half(area, side))
    away = (DEPTHS[layer] - DEPTHS[layer_of(area, side)]) / 0.4
    return amplitude(area, side) * growth / (1 + away * away) + 0.002 * noise(step, subject, layer, vertex)


def area_value(name, area, side):
    if name == "depth":
        return 3.0 - 2.0 * DEPTHS[layer_of(area, side)]
    if name == "size":
        return 1.0 + 10.0 * amplitude(area, side)
    if name == "half":
        return half(area, side)
    if name == "right":
        return noise(area, 77) if side == 1 and area != 3 else np.nan
    return noise(area, side, 5)  # chance


PROPERTIES = ["depth", "size", "half", "right", "chance"]


def half_time(values):
    if not np.isfinite(values[-1]) or values[-1] <= 0 or values[0] >= values[-1] / 2:
        return np.nan
    after = int(np.argmax(values >= values[-1] / 2))
    pair = values[after - 1:after + 1]
    if after == 1:
        return np.interp(values[-1] / 2, pair, STEPS[:2])
    return 10 ** np.interp(values[-1] / 2, pair, np.log10(STEPS[after - 1:after + 1]))


def members_of(side, names):
    return [side * SIDE + 7 * NAMES.index(name) + k for name in names for k in range(7)]


def units_of(level):
    if level == "area":
        return [(side, [i], members_of(side, [NAMES[i]])) for side in range(2) for i in range(AREAS)]
    return [(side, [NAMES.index(a) for a in areas], members_of(side, areas)) for _, areas in ROIS for side in range(2)]


def sets_mean(values, members):
    return np.array([mean_over(values[..., m], -1) for m in members])


def maps_of(level, mean, passing):
    """The three maps of the scores over the units of a level; mean: layers x vertices of each checkpoint."""
    best = [highest(one) for one in mean]
    if level == "vertex":
        layers = best_layer(mean[-1])
        maps = {"half-time": np.array([half_time(np.array([b[v] for b in best])) for v in range(2 * SIDE)]),
                "score": best[-1], "best-layer": np.where(layers >= 0, DEPTHS[np.maximum(layers, 0)], np.nan)}
        return {name: np.where(passing, values, np.nan) for name, values in maps.items()}
    members = [m for _, _, m in units_of(level)]
    course = np.array([sets_mean(b, members) for b in best])
    layers = best_layer(np.array([sets_mean(layer, members) for layer in mean[-1]]))
    return {"half-time": np.array([half_time(c) for c in course.T]), "score": course[-1],
            "best-layer": np.where(layers >= 0, DEPTHS[np.maximum(layers, 0)], np.nan)}


def property_of(level, name):
    if level == "vertex":
        return np.array([np.nan if v % SIDE // 7 == AREAS else area_value(name, v % SIDE // 7, v // SIDE) +
                         0.01 * noise(v) for v in range(2 * SIDE)])
    return np.array([mean_over(np.array([area_value(name, a, side) for a in areas]), 0)
                     for side, areas, _ in units_of(level)])


def main():
    scores = np.array([[[[score(s, r, k, v) for v in range(2 * SIDE)] for k in range(5)] for r in range(SUBJECTS)]
                       for s in range(len(STEPS))], np.float32).astype(np.float64)
    mean = [group(one) for one in scores]
    last = best_layer(mean[-1])
    q = group_q(scores[-1])
    passing = np.array([b >= 0 and q[b, v] < 0.01 for v, b in enumerate(last)])
    rows = []
    for level in ("area", "roi", "vertex"):
        # Each of the few resamples is drawn in more than 2.5 % of the cases: the interval is their range.
        resampled = [maps_of(level, [group(one[list(drawn)]) for one in scores], passing) for drawn in
                     itertools.combinations_with_replacement(range(SUBJECTS), SUBJECTS)]
        for map_name, values in maps_of(level, mean, passing).items():
            for name in PROPERTIES:
                known = property_of(level, name)
                drawn = [correlation(known, maps[map_name])[0] for maps in resampled]
                rows.append([level, name, map_name] +
                            [plain(v) for v in correlation(known, values) + [min(drawn), max(drawn)]])
    file = pathlib.Path(__file__).with_name("property.json")
    file.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    main()
