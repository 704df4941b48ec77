"""Writes scores.json: answers of NumPy, SciPy and statsmodels to METHODS 6, written out naively, that core/scores must
give. Made with NumPy 2.4, SciPy 1.17, statsmodels 0.15."""

import json
from pathlib import Path

import numpy as np
import statsmodels.api as sm
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
    line = sm.OLS(values[use], sm.add_constant(np.log10(steps[use]))).fit()
    np.testing.assert_allclose([*line.params, line.rsquared], [fit.intercept, fit.slope, fit.rvalue**2], rtol=1e-10)
    residuals = np.full(len(steps), np.nan)
    residuals[use] = line.resid
    return {"steps": steps.tolist(), "values": plain(values), "residuals": plain(residuals), "intercept": fit.intercept, "slope": fit.slope,
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


def encoding():
    """Score of sets by each choice of layer, and what they are made from."""
    layers, dimensions = 4, 30
    scores = generator.normal(0.1, 0.1, (layers, dimensions)).astype(np.float32)
    scores[generator.random(scores.shape) < 0.2] = np.nan
    scores[:, 3] = np.nan
    sets = [np.sort(generator.choice(dimensions, size, replace=False)).tolist() for size in (1, 5, 17)] + [[3]]
    with np.errstate(all="ignore"):
        known = scores.astype(float)
        chosen = {"best": np.nanmax(known, axis=0), "layer": known[2], "mean": np.nanmean(known, axis=0)}
        means = np.array([np.nanmean(known[:, s], axis=1) for s in sets]).T
        answer = {name: {"dimensions": plain(values), "all": np.nanmean(values),
                         "sets": plain([np.nanmean(values[s]) for s in sets]),
                         "normalised": plain(values / np.nanmax(values))} for name, values in chosen.items()}
    return {"layers": layers, "size": dimensions, "scores": plain(scores), "sets": sets, "group_means": plain(means),
            **answer}


def spatial():
    """All three levels: areas by their mean R, vertices that pass FDR at their best layer, and units as given."""
    layers, vertices, areas = 5, 300, 24
    depths = np.sort(generator.random(layers))
    area = generator.integers(0, areas, vertices)
    distance = generator.uniform(0, 120, areas)
    vertex_distance = distance[area] + generator.normal(0, 5, vertices)
    scores = generator.normal(0.1, 0.05, (layers, vertices)).astype(np.float32)
    scores[np.clip((vertex_distance / 25).astype(int), 0, layers - 1), np.arange(vertices)] += 0.08
    scores[:, area == 4] = np.nan
    scores[:, 11] = np.nan
    distance[9] = np.nan
    q = generator.uniform(0, 0.03, (layers, vertices)).astype(np.float32)
    members = [np.flatnonzero(area == a).tolist() for a in range(areas)]

    def correlation(depth, d):
        keep = ~np.isnan(depth) & ~np.isnan(d)
        result = stats.pearsonr(depth[keep], d[keep])
        interval = result.confidence_interval()
        return {"r": result.statistic, "p": result.pvalue, "n": int(keep.sum()), "low": interval.low,
                "high": interval.high}

    def depth_of(values):
        return np.array([np.nan if np.isnan(column).all() else depths[np.nanargmax(column)] for column in values.T])

    with np.errstate(all="ignore"):
        means = np.array([np.nanmean(scores[:, m].astype(float), axis=1) for m in members]).T
    depth = depth_of(scores)
    best = [-1 if np.isnan(column).all() else int(np.nanargmax(column)) for column in scores.T]
    passing = np.array([k >= 0 and float(q[k, v]) < 0.01 for v, k in enumerate(best)])
    return {"layers": layers, "depths": plain(depths), "scores": plain(scores), "q": plain(q), "members": members,
            "distances": plain(distance), "vertex_distances": plain(vertex_distance), "best": best,
            "passing": passing.astype(int).tolist(), "areas": correlation(depth_of(means), distance),
            "units": correlation(depth, vertex_distance),
            "vertices": correlation(np.where(passing, depth, np.nan), vertex_distance)}


def half_times():
    """Crossings found by brute force: a fine grid over log10(step), or over step right after 0."""
    cases = []
    for case in range(12):
        steps = np.unique(np.round(10 ** np.sort(generator.uniform(0.5, 6, 9))).astype(int))
        if case % 3 == 0:
            steps = np.concatenate([[0], steps])
        values = 0.1 * np.linspace(-0.2, 1, len(steps)) ** (1 + case % 2 * 2) + 0.02 * generator.normal(size=len(steps))
        if case % 4 == 1:
            values[2] = np.nan
        if case == 7:
            values[0] = 1.0
        if case == 8:
            values[-1] = -0.1
        known = ~np.isnan(values)
        x, y = steps[known], values[known]
        if y[-1] <= 0:
            status, step = "final-not-positive", np.nan
        elif y[0] >= y[-1] / 2:
            status, step = "at-or-before-first", np.nan
        else:
            status, after = "ok", int(np.argmax(y >= y[-1] / 2))
            pair = slice(after - 1, after + 1)
            if x[after - 1] == 0:
                step = np.interp(y[-1] / 2, y[pair], x[pair].astype(float))
            else:
                step = 10 ** np.interp(y[-1] / 2, y[pair], np.log10(x[pair]))
        cases.append({"steps": steps.tolist(), "values": plain(values), "status": status, "step": plain([step])[0],
                      "share": plain([step / steps[-1]])[0]})
    return cases


def channels():
    channel_count, times = 7, 11
    scores = generator.normal(0.05, 0.1, (3, channel_count, times)).astype(np.float32)
    scores[generator.random(scores.shape) < 0.15] = np.nan
    scores[1, :, 4] = np.nan
    with np.errstate(all="ignore"):
        means = np.nanmean(scores.astype(float), axis=1)
    return {"times": times, "scores": plain(scores), "means": plain(means)}


answers = {"best_layer": best_layer(), "temporal": temporal(), "log_fit": log_fit(), "ceiling": ceiling(),
           "encoding": encoding(), "spatial": spatial(), "half_times": half_times(), "channels": channels()}
Path(__file__).with_name("scores.json").write_text(json.dumps(answers, allow_nan=False) + "\n")
