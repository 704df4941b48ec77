#!/usr/bin/env python3
"""Reference rows of the table `compare` on the small scores of make_tables.py, by SciPy's signed-rank test.

Writes compare.json beside this script.
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

import make_tables as small

TABLES = small.Tables()


def unit_values(unit, metric, model, step, choice):
    kind = "meg" if metric in ("encoding-meg", "temporal") else "fmri"
    own = TABLES.at(model, step, kind)
    if unit == "subjects":
        members = np.arange(own.shape[-1])
        return np.array([small.metric_value(metric, one, members, choice) for one in own])
    scores = small.choose(small.group(own), choice)
    if unit == "vertices":
        return scores
    sets = {"areas": small.area_sets, "windows": small.window_sets,
            "rois": lambda: [s for s in small.roi_sets() if ":" not in s[0]]}[unit]()
    return small.of_sets(scores, sets)


def row(names, unit, a, b):
    difference = np.asarray(a, float) - np.asarray(b, float)
    difference = difference[np.isfinite(difference)]
    used = difference[difference != 0]
    n = len(used)
    ties = len(np.unique(np.abs(used))) < n or n < len(difference)
    if n == 0:
        return [*names, unit, 0, None, None, None, None]
    exact = n <= 50 and not ties
    result = stats.wilcoxon(used, method="exact" if exact else "asymptotic", correction=False)
    smallest = 2.0 / 2**n if exact else None  # null: not compared
    return [*names, unit, n, float(result.statistic), float(result.pvalue), smallest, float(difference.mean())]


def between_models(unit, metric="encoding-fmri", step=4, choice="best"):
    return [row((small.MODELS[a], small.MODELS[b]), unit, unit_values(unit, metric, a, step, choice),
                unit_values(unit, metric, b, step, choice)) for a, b in itertools.combinations(range(2), 2)]


def between_steps(unit, other):
    rows = []
    for m, name in enumerate(small.MODELS):
        values = [unit_values(unit, "encoding-fmri", m, s, "best") for s in range(len(small.STEPS))]
        rows += [row((f"{name}@{small.STEPS[s]}", f"{name}@{small.STEPS[other]}"), unit, values[s], values[other])
                 for s in range(len(small.STEPS)) if s != other]
    return rows


cases = [{"unit": unit, "rows": between_models(unit)} for unit in ("subjects", "rois", "areas", "vertices")]
cases += [{"unit": "windows", "rows": between_models("windows", "encoding-meg")},
          {"unit": "subjects", "metric": "encoding-meg", "rows": between_models("subjects", "encoding-meg")},
          {"unit": "subjects", "metric": "spatial", "rows": between_models("subjects", "spatial")},
          {"unit": "subjects", "metric": "temporal", "rows": between_models("subjects", "temporal")},
          {"unit": "areas", "step": 1000, "layer": "block1", "rows": between_models("areas", step=2, choice="block1")},
          {"unit": "subjects", "layer": "mean", "rows": between_models("subjects", choice="mean")},
          {"unit": "areas", "between": "steps", "rows": between_steps("areas", 4)},
          {"unit": "vertices", "between": "steps", "step": 1000, "rows": between_steps("vertices", 2)}]
file = pathlib.Path(__file__).with_name("compare.json")
plain = lambda rows: [[small.plain(v) if v is not None else None for v in r] for r in rows]
file.write_text("[\n" + ",\n".join(json.dumps({**case, "rows": plain(case["rows"])}) for case in cases) + "\n]\n")
