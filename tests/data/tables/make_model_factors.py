#!/usr/bin/env python3
"""SciPy's fits of a score against log10(parameters), for CompareTableTest."""
import json
import math
import pathlib

from scipy.stats import linregress

parameters = [21e6, 86e6, 300e6, 1.1e9, 300e6]
scores = [0.096, 0.101, 0.105, 0.107, 0.082]
types = ["photographs"] * 4 + ["cells"]


def fit(chosen):
    found = linregress([math.log10(parameters[i]) for i in chosen], [scores[i] for i in chosen])
    return {"slope": found.slope, "intercept": found.intercept, "r": found.rvalue, "p": found.pvalue, "n": len(chosen)}


reference = {
    "parameters": parameters,
    "scores": scores,
    "types": types,
    "all": fit(range(5)),
    "photographs": fit(range(4)),
}
path = pathlib.Path(__file__).with_name("model_factors.json")
path.write_text(json.dumps(reference, indent=1) + "\n")
