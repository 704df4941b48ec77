"""Writes scores.json: NumPy's and SciPy's answers to METHODS 6, written out naively, that core/scores must give."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

generator = np.random.default_rng(4)


def plain(values):
    values = np.asarray(values, dtype=float)
    return [None if np.isnan(v) else float(v) for v in values.ravel()]


def best_layer():
    layers, dimensions, subjects = 5, 60, 4
    scores = generator.normal(0.1, 0.1, (subjects, layers, dimensions)).astype(np.float32)
    scores = np.round(scores, 1)  # ties
    scores[0, 2, 4] = np.nan
    scores[:, :, 7] = np.nan
    scores[:, 1:, 9] = np.nan
    with np.errstate(all="ignore"):
        mean = np.nanmean(scores.astype(float), axis=0).astype(np.float32)
    layer, score, margin, agreement = [], [], [], []
    for d in range(dimensions):
        column = mean[:, d]
        finite = np.where(np.isfinite(column))[0]
        if len(finite) == 0:
            layer.append(-1), score.append(np.nan), margin.append(np.nan), agreement.append(np.nan)
            continue
        best = finite[np.argmax(column[finite])]
        others = [column[k] for k in finite if k != best]
        own = []
        for s in range(subjects):
            known = np.where(np.isfinite(scores[s, :, d]))[0]
            if len(known):
                own.append(known[np.argmax(scores[s, known, d])])
        layer.append(int(best)), score.append(column[best])
        margin.append(column[best] - max(others) if others else np.nan)
        agreement.append(np.mean([k == best for k in own]))
    return {"layers": layers, "dimensions": dimensions, "subjects": [plain(s) for s in scores], "mean": plain(mean),
            "layer": layer, "score": plain(score), "margin": plain(margin), "agreement": plain(agreement)}


def temporal():
    times = np.round(-0.5 + np.arange(106) / 30, 6)
    depths = np.linspace(0, 1, 6)
    peaks = 0.1 + 0.5 * depths + 0.1 * generator.normal(size=6)
    courses = np.exp(-((times[None] - peaks[:, None]) ** 2) / 0.05) + 0.01 * generator.normal(size=(6, 106))
    courses[4] = -np.abs(courses[4])
    after = times >= 0
    t_max = []
    for course in courses:
        top = course[after].max()
        t_max.append(times[after][course[after] >= 0.95 * top].mean() if top > 0 else np.nan)
    keep = ~np.isnan(t_max)
    r, p = stats.pearsonr(depths[keep], np.array(t_max)[keep])
    return {"times": plain(times), "depths": plain(depths), "courses": plain(courses), "t_max": plain(t_max),
            "r": r, "p": p, "n": int(keep.sum())}


def log_fit():
    steps = np.array([0, 10, 100, 1000, 5000, 100000])
    values = np.array([-0.01, 0.02, 0.034, np.nan, 0.071, 0.093])
    use = (steps > 0) & ~np.isnan(values)
    fit = stats.linregress(np.log10(steps[use]), values[use])
    return {"steps": steps.tolist(), "values": plain(values), "intercept": fit.intercept, "slope": fit.slope,
            "r2": fit.rvalue**2, "n": int(use.sum())}


def ceiling():
    images, repeats, dimensions = 30, 3, 6
    signal = np.repeat(generator.normal(size=(images, dimensions)), repeats, axis=0)
    trials = signal + generator.normal(size=signal.shape) * np.linspace(0.1, 4, dimensions)
    trials = ((trials - trials.mean(0)) / trials.std(0)).astype(np.float32)
    image = np.repeat(np.arange(images), repeats)
    order = generator.permutation(len(image))
    trials, image = trials[order], image[order]
    noise = np.mean([trials[image == i].astype(float).var(axis=0, ddof=1) for i in range(images)], axis=0)
    snr = np.sqrt(np.maximum(0, 1 - noise)) / np.sqrt(noise)
    return {"trials": plain(trials), "image": image.tolist(), "dimensions": dimensions, "ncsnr": plain(snr),
            "ceiling": plain(np.sqrt(snr**2 / (snr**2 + 1 / repeats)))}


answers = {"best_layer": best_layer(), "temporal": temporal(), "log_fit": log_fit(), "ceiling": ceiling()}
Path(__file__).with_name("scores.json").write_text(json.dumps(answers, allow_nan=False) + "\n")
