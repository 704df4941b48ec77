#!/usr/bin/env python3
"""Reference tables of small made-up scores, from the definitions with NumPy and SciPy.

The scores follow from formulas of whole numbers and +, -, *, / alone, so that tests/support/SmallScores.h makes the
same ones. Writes small_tables.json beside this script: for each table its rows as the program should give them.
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

STEPS = [0, 100, 1000, 4000, 10000]
MODELS = ["first", "second"]
BATCH = {"first": 32.0, "second": None}
LAYERS = ["block0", "block1", "block2", "block3"]
DEPTHS = np.array([0.0, 0.25, 0.5, 1.0])
FMRI = ["ann", "bea", "cyd"]
MEG = ["ann", "dan"]
SIDE = 12  # vertices a hemisphere
VERTICES = 2 * SIDE
CHANNELS = 3
TIMES = np.array([-0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
AREAS = ["V1", "V2", "MT", "IFSp", "???"]
AREA_OF = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4]
IMAGES = 1000
WINDOWS = [("mid", 0.1, 0.3), ("late", 0.35, 0.6), ("none", 2.0, 3.0)]
ROIS = [("early", ["V1", "V2"]), ("MT", ["MT"])]
ALPHA = 0.01

golden = np.float32((1 + np.sqrt(np.float32(5))) / 2)
POINTS = 50 * np.array(
    [[-1, golden, 0], [1, golden, 0], [-1, -golden, 0], [1, -golden, 0], [0, -1, golden], [0, 1, golden],
     [0, -1, -golden], [0, 1, -golden], [golden, 0, -1], [golden, 0, 1], [-golden, 0, -1], [-golden, 0, 1]],
    dtype=np.float64)


def noise(*indices):
    """In [-1, 1], from a hash of the indices."""
    value = 0
    for index in indices:
        value = (value * 131 + index + 1) % 2**32
    value = value * 2654435761 % 2**32
    value ^= value >> 15
    value = value * 2246822519 % 2**32
    value ^= value >> 13
    return (value % 20001) / 10000 - 1


def fmri_score(model, step, recording, layer, vertex):
    if vertex == 7 or (vertex == 15 and recording == 1):
        return np.nan
    area = AREA_OF[vertex % SIDE]
    right = vertex >= SIDE
    amplitude = [0.4, 0.3, 0.25, -0.05 if right else 0.1, 0.02][area]
    depth = [0.1, 0.3, 0.55, 0.9, 0.5][area]
    half = [200.0, 500.0, 1500.0, 4000.0, 1000.0][area]
    growth = 1.0 if right and area == 1 else (STEPS[step] + 20.0) / (STEPS[step] + half)
    away = (DEPTHS[layer] - depth) / 0.4
    size = amplitude * growth * (1 - 0.2 * model) / (1 + away * away)
    return size + 0.02 * noise(model, step, recording, layer, vertex)


def meg_score(model, step, recording, layer, channel, time):
    growth = (STEPS[step] + 10.0) / (STEPS[step] + 800.0)
    away = (TIMES[time] - 0.05 - 0.4 * DEPTHS[layer]) / 0.1
    size = 0.1 * (1 - 0.2 * channel) * growth / (1 + away * away) if TIMES[time] >= 0 else 0.0
    return size + 0.005 * noise(100 + model, step, recording, layer, channel, time)


def arrays():
    fmri = np.array([[[[[fmri_score(m, s, r, k, v) for v in range(VERTICES)] for k in range(len(LAYERS))]
                       for r in range(len(FMRI))] for s in range(len(STEPS))] for m in range(len(MODELS))], np.float32)
    meg = np.array([[[[[[meg_score(m, s, r, k, c, t) for t in range(len(TIMES))] for c in range(CHANNELS)]
                       for k in range(len(LAYERS))] for r in range(len(MEG))] for s in range(len(STEPS))]
                    for m in range(len(MODELS))], np.float32)
    return fmri.astype(np.float64), meg.reshape(*meg.shape[:4], -1).astype(np.float64)


def mean_over(values, axis):
    """Mean without NaN and without warnings; NaN where there is nothing."""
    there = np.isfinite(values)
    count = there.sum(axis)
    return np.where(count > 0, np.where(there, values, 0).sum(axis) / np.maximum(count, 1), np.nan)


def highest(values):
    """Over the layers (axis 0)."""
    return np.where(np.isfinite(values).any(0), np.max(np.where(np.isfinite(values), values, -np.inf), 0), np.nan)


def best_layer(values):
    filled = np.where(np.isfinite(values), values, -np.inf)
    return np.where(np.isfinite(values).any(0), filled.argmax(0), -1)


def sem(values):
    """Over subjects (axis 0), without NaN."""
    return [stats.sem(column[np.isfinite(column)]) if np.isfinite(column).sum() > 1 else np.nan for column in
            np.asarray(values, float).T]


def choose(values, choice):
    """layers x dimensions to dimensions."""
    if choice == "best":
        return highest(values)
    if choice == "mean":
        return mean_over(values, 0)
    return values[LAYERS.index(choice)]


def of_sets(values, sets):
    return np.array([mean_over(values[..., members], -1) if len(members) else np.nan for _, members in sets])


def vertex_id(vertex):
    return ("lh:" if vertex < SIDE else "rh:") + str(vertex % SIDE)


def area_sets():
    return [(side + ":" + AREAS[a], [SIDE * h + v for v in range(SIDE) if AREA_OF[v] == a])
            for h, side in enumerate(["lh", "rh"]) for a in range(4)]


def roi_sets(both=True):
    sets = []
    for name, areas in ROIS:
        sides = [(side + ":" + name, [SIDE * h + v for v in range(SIDE) if AREAS[AREA_OF[v]] in areas])
                 for h, side in enumerate(["lh", "rh"])]
        sets += ([(name, sides[0][1] + sides[1][1])] if both else []) + sides
    return sets


def window_sets():
    return [(name, [c * len(TIMES) + t for c in range(CHANNELS) for t in range(len(TIMES))
                    if start - 1e-9 <= TIMES[t] <= end + 1e-9]) for name, start, end in WINDOWS]


def sets_of(level, kind):
    if level == "model":
        return [("all", list(range(VERTICES if kind == "fmri" else CHANNELS * len(TIMES))))]
    return {"area": area_sets, "roi": roi_sets, "window": window_sets}[level]()


def kinds_of(level):
    return {"model": ["fmri", "meg"], "window": ["meg"]}.get(level, ["fmri"])


def group(values):
    """The group's R as the file keeps it: float32."""
    return mean_over(values, 0).astype(np.float32).astype(np.float64)


def q_values(p):
    q = np.full(len(p), np.nan)
    there = np.isfinite(p)
    q[there] = stats.false_discovery_control(p[there])
    return q


def group_q(values):
    """recordings x layers x vertices."""
    q = np.full(values.shape[1:], np.nan)
    for layer in range(values.shape[1]):
        p = np.array([stats.ttest_1samp(column[np.isfinite(column)], 0).pvalue if np.isfinite(column).sum() > 1 else
                      np.nan for column in values[:, layer].T])
        q[layer] = q_values(p)
    return q


def own_q(values):
    """layers x vertices of one subject: p of r with n - 2 degrees of freedom."""
    t = values * np.sqrt((IMAGES - 2) / (1 - values**2))
    return np.array([q_values(2 * stats.t.sf(np.abs(row), IMAGES - 2)) for row in t])


def correlation(x, y):
    there = np.isfinite(x) & np.isfinite(y)
    x, y = np.asarray(x)[there], np.asarray(y)[there]
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return [np.nan, len(x), np.nan, np.nan, np.nan]
    result = stats.pearsonr(x, y)
    interval = result.confidence_interval(0.95) if len(x) > 3 else (np.nan, np.nan)
    return [result.statistic, len(x), result.pvalue, interval[0], interval[1]]


def centroid(members):
    return POINTS[[member % SIDE for member in members]].mean(0)


def v1_centroid():
    return POINTS[[v for v in range(SIDE) if AREA_OF[v] == 0]].mean(0)


def depth_of(layers):
    return np.where(layers >= 0, DEPTHS[np.maximum(layers, 0)], np.nan)


def resampled_range(own, statistic):
    """Percentile interval over all resamples of few subjects: each is drawn in more than 2.5 % of the cases, so it is
    their range."""
    resampled = [statistic(group(own[list(drawn)])) for drawn in
                 itertools.combinations_with_replacement(range(len(own)), len(own))]
    there = [value for value in resampled if np.isfinite(value)]
    return [min(there), max(there)] if there else [np.nan, np.nan]


def spatial(values, level, passing=None):
    """values: layers x vertices; passing: the vertices that pass FDR in the group."""
    if level == "vertex":
        best = best_layer(values)
        distances = np.array([np.linalg.norm(POINTS[v % SIDE] - v1_centroid()) for v in range(VERTICES)])
        return correlation(np.where(passing, depth_of(best), np.nan), distances)
    sets = area_sets() if level == "area" else roi_sets(both=False)
    means = np.array([of_sets(row, sets) for row in values])
    return correlation(depth_of(best_layer(means)), np.array([np.linalg.norm(centroid(m) - v1_centroid()) for _, m in
                                                               sets]))


def t_max(values):
    """layers x (channel x time)."""
    courses = mean_over(values.reshape(len(LAYERS), CHANNELS, len(TIMES)), 1)
    late = TIMES >= 0
    times = []
    for course in courses:
        top = course[late].max()
        times.append(TIMES[late][course[late] >= 0.95 * top].mean() if top > 0 else np.nan)
    return np.array(times)


def half_time(values):
    values = np.asarray(values)
    if not np.isfinite(values[-1]) or values[-1] <= 0:
        return "final-not-positive", np.nan
    there = np.isfinite(values)
    steps, values = np.array(STEPS, float)[there], values[there]
    half = values[-1] / 2
    if values[0] >= half:
        return "at-or-before-first", np.nan
    after = int(np.argmax(values >= half))
    pair = values[after - 1:after + 1]
    if steps[after - 1] == 0:
        return "ok", float(np.interp(half, pair, steps[after - 1:after + 1]))
    return "ok", float(10 ** np.interp(half, pair, np.log10(steps[after - 1:after + 1])))


def ordered_half_time(values):
    """On the line of steps: what is censored lies beyond its ends."""
    status, half = half_time(values)
    return half if status == "ok" else -np.inf if status == "at-or-before-first" else np.inf


def metric_value(metric, values, set_members, choice="best"):
    """One score of one checkpoint. values: layers x dimensions of the group or of a subject."""
    if metric == "spatial":
        return spatial(values, "area")[0]
    if metric == "temporal":
        return correlation(DEPTHS, t_max(values))[0]
    return mean_over(choose(values, choice)[set_members], 0) if len(set_members) else np.nan


def metrics_of(level):
    if level == "model":
        return [("encoding-fmri", "fmri"), ("encoding-meg", "meg"), ("spatial", "fmri"), ("temporal", "meg")]
    return [("encoding-meg", "meg")] if level == "window" else [("encoding-fmri", "fmri")]


class Tables:
    def __init__(self):
        fmri, meg = arrays()
        self.scores = {"fmri": fmri, "meg": meg}
        self.subjects = {"fmri": FMRI, "meg": MEG}

    def at(self, model, step, kind):
        return self.scores[kind][model, step]

    def shares(self, axis, score, m, s, kind, subject, choice, sets):
        """The scores divided by their maximum over layers, times or checkpoints; never clipped."""
        def values(step):
            own = self.at(m, step, kind)
            return group(own) if subject == "mean" else own[self.subjects[kind].index(subject)]

        if axis == "layers":
            along = np.array([of_sets(layer, sets) for layer in values(s)])
        elif axis == "checkpoints":
            along = np.array([of_sets(choose(values(step), choice), sets) for step in range(len(STEPS))])
        elif kind == "meg":
            course = mean_over(choose(values(s), choice).reshape(CHANNELS, len(TIMES)), 0)
            along = np.repeat(course[:, None], len(sets), 1)
        else:
            return np.full(len(sets), np.nan)
        top = highest(along)
        return np.where(top > 0, score / np.where(top > 0, top, 1), np.nan)

    def encoding(self, level, steps, choices=("best",), subjects=("mean",), normalise=None):
        rows = []
        for m, s, kind in itertools.product(range(len(MODELS)), steps, kinds_of(level)):
            own = self.at(m, s, kind)
            vertices = level == "vertex"
            sets = [(vertex_id(v), [v]) for v in range(VERTICES)] if vertices else sets_of(level, kind)
            for subject, choice in self.order(level, subjects, choices):
                if subject != "mean" and subject not in self.subjects[kind]:
                    continue
                values = group(own) if subject == "mean" else own[self.subjects[kind].index(subject)]
                score = of_sets(choose(values, choice), sets)
                error, q = np.full(len(sets), np.nan), np.full(len(sets), np.nan)
                if subject == "mean" and not vertices:
                    error = sem([of_sets(choose(one, choice), sets) for one in own])
                if vertices:
                    layers = best_layer(values) if choice == "best" else np.full(VERTICES, LAYERS.index(choice))
                    all_q = group_q(own) if subject == "mean" else own_q(values)
                    q = [all_q[b, v] if b >= 0 else np.nan for v, b in enumerate(layers)]
                    if subject == "mean":
                        error = [sem(own[:, b, v:v + 1])[0] if b >= 0 else np.nan for v, b in enumerate(layers)]
                more = [[share] for share in self.shares(normalise, score, m, s, kind, subject, choice, sets)] if (
                    normalise) else [[]] * len(sets)
                for i, (name, _) in enumerate(sets):
                    rows.append([MODELS[m], STEPS[s], kind, choice, subject, name, score[i], error[i], q[i]] + more[i])
        return rows

    @staticmethod
    def order(level, subjects, choices):
        pairs = itertools.product(subjects, choices)
        return list(pairs) if level == "vertex" else sorted(pairs, key=lambda pair: choices.index(pair[1]))

    def best(self, level, steps, subjects=("mean",)):
        rows = []
        for m, s, subject in itertools.product(range(len(MODELS)), steps, subjects):
            own = self.at(m, s, "fmri")
            sets = [(vertex_id(v), [v]) for v in range(VERTICES)] if level == "vertex" else sets_of(level, "fmri")
            means = lambda values: np.array([of_sets(row, sets) for row in values])
            values = means(group(own) if subject == "mean" else own[FMRI.index(subject)])
            layers = best_layer(values)
            votes = np.array([best_layer(means(one)) for one in own])
            ordered = np.sort(np.where(np.isfinite(values), values, -np.inf), 0)
            for i, (name, _) in enumerate(sets):
                if layers[i] < 0:
                    rows.append([MODELS[m], STEPS[s], subject, name] + [np.nan] * 5)
                    continue
                voting = votes[:, i][votes[:, i] >= 0]
                agreement = (voting == layers[i]).mean() if subject == "mean" else np.nan
                rows.append([MODELS[m], STEPS[s], subject, name, LAYERS[layers[i]], DEPTHS[layers[i]], ordered[-1, i],
                             ordered[-1, i] - ordered[-2, i], agreement])
        return rows

    def spatial(self, level, subject="mean"):
        rows = []
        for m, s in itertools.product(range(len(MODELS)), range(len(STEPS))):
            own = self.at(m, s, "fmri")
            values = group(own) if subject == "mean" else own[FMRI.index(subject)]
            q = group_q(own) if subject == "mean" else own_q(values)
            passing = [b >= 0 and q[b, v] < ALPHA for v, b in enumerate(best_layer(values))]
            interval = resampled_range(own, lambda mean: spatial(mean, level, passing=passing)[0]) if (
                subject == "mean") else [np.nan, np.nan]
            rows.append([MODELS[m], STEPS[s], level] + spatial(values, level, passing=passing) + interval)
        return rows

    def temporal(self, level, subject="mean"):
        rows = []
        for m, s in itertools.product(range(len(MODELS)), range(len(STEPS))):
            own = self.at(m, s, "meg")
            times = t_max(group(own) if subject == "mean" else own[MEG.index(subject)])
            start = [MODELS[m], STEPS[s]]
            if level == "model":
                interval = resampled_range(own, lambda mean: correlation(DEPTHS, t_max(mean))[0])
                rows.append(start + correlation(DEPTHS, times) + interval)
            else:
                rows += [start + [LAYERS[k], DEPTHS[k], times[k]] for k in range(len(LAYERS))]
        return rows

    def curves(self, level, model, subject="mean", choice="best"):
        """(metric, id, kind, function of checkpoint and recordings) of each curve."""
        for metric, kind in metrics_of(level):
            if subject != "mean" and subject not in self.subjects[kind]:
                continue
            own = self.scores[kind][model]
            chosen = slice(None) if subject == "mean" else [self.subjects[kind].index(subject)]
            if level == "vertex":
                sets = [(vertex_id(v), [v]) for v in range(VERTICES)]
            else:
                sets = sets_of(level, kind) if metric.startswith("encoding") else [("all", [])]
            for name, members in sets:
                def values(drawn, own=own, metric=metric, members=members):
                    return [metric_value(metric, group(step[drawn]), members, choice) for step in own]
                yield metric, name, kind, values, chosen

    def half_times(self, level, subject="mean", choice="best"):
        rows = []
        for m in range(len(MODELS)):
            for metric, name, kind, values, chosen in self.curves(level, m, subject, choice):
                status, half = half_time(values(chosen))
                low = high = np.nan
                if subject == "mean" and status == "ok":
                    # Each of the few resamples is drawn in more than 2.5 % of the cases: the interval is their range.
                    count = len(self.subjects[kind])
                    resampled = [ordered_half_time(values(list(drawn))) for drawn in
                                 itertools.combinations_with_replacement(range(count), count)]
                    low, high = [end if np.isfinite(end) else np.nan for end in (min(resampled), max(resampled))]
                images = half * BATCH[MODELS[m]] if BATCH[MODELS[m]] else np.nan
                rows.append([MODELS[m], metric, name, half, status, half / STEPS[-1], images, low, high])
        return rows

    def log_fits(self, level):
        rows = []
        for m in range(len(MODELS)):
            for metric, name, _, values, chosen in self.curves(level, m):
                y = np.array(values(chosen), float)
                there = np.isfinite(y) & (np.array(STEPS) > 0)
                if there.sum() < 2:
                    rows.append([MODELS[m], metric, name, np.nan, np.nan, np.nan, int(there.sum())])
                    continue
                fit = stats.linregress(np.log10(np.array(STEPS)[there]), y[there])
                rows.append([MODELS[m], metric, name, fit.intercept, fit.slope, fit.rvalue**2, int(there.sum())])
        return rows

    def ceilings(self, level):
        """Only the first recording has a noise ceiling; the first model at its last checkpoint."""
        ncsnr = np.array([np.nan if v == 2 else v / 8 for v in range(VERTICES)], np.float32).astype(np.float64)
        ceiling = np.sqrt(ncsnr**2 / (ncsnr**2 + 1 / 3)).astype(np.float32).astype(np.float64)
        score = highest(self.at(0, len(STEPS) - 1, "fmri")[0])
        there = np.isfinite(ncsnr) & np.isfinite(score)
        maps = [np.where(there, values, np.nan) for values in (ncsnr, ceiling, score)]
        sets = [(vertex_id(v), [v]) for v in range(VERTICES)] if level == "vertex" else sets_of(level, "fmri")
        means = [of_sets(values, sets) for values in maps]
        return [["fmri-ann", name, means[0][i], means[1][i], means[2][i],
                 means[2][i] / means[1][i] if means[1][i] else np.nan] for i, (name, _) in enumerate(sets)]


def plain(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (int, np.integer)):
        return int(value)
    return float(f"{value:.9g}") if np.isfinite(value) else None


def main():
    tables = Tables()
    last, every = [len(STEPS) - 1], list(range(len(STEPS)))
    everyone = ("mean", "ann", "bea", "cyd")
    made = []

    def add(what, level, rows, **options):
        made.append({"what": what, "level": level, "options": options, "rows": [[plain(v) for v in r] for r in rows]})

    for level in ["model", "roi", "area", "window"]:
        add("encoding", level, tables.encoding(level, every))
    add("encoding", "model", tables.encoding("model", last, ("best", *LAYERS), ("mean", *FMRI, "dan")), step="last",
        layer="all", subject="all")
    add("encoding", "roi", tables.encoding("roi", last, ("mean",)), step="last", layer="mean")
    add("encoding", "vertex", tables.encoding("vertex", last), step="last")
    add("encoding", "vertex", tables.encoding("vertex", last, ("block1",), everyone), step="last", layer="block1",
        subject="all")
    for axis in ["layers", "times", "checkpoints"]:
        add("encoding", "model", tables.encoding("model", last, ("best", *LAYERS), ("mean", *FMRI, "dan"), axis),
            step="last", layer="all", subject="all", normalise=axis)
        add("encoding", "window", tables.encoding("window", every, ("mean",), normalise=axis), layer="mean",
            normalise=axis)
    add("encoding", "area", tables.encoding("area", every, normalise="checkpoints"), normalise="checkpoints")
    add("encoding", "vertex", tables.encoding("vertex", last, ("block1",), everyone, "layers"), step="last",
        layer="block1", subject="all", normalise="layers")
    for level in ["area", "roi", "vertex"]:
        add("best-layer", level, tables.best(level, last), step="last")
        add("spatial", level, tables.spatial(level))
    add("best-layer", "area", tables.best("area", last, everyone), step="last", subject="all")
    add("spatial", "vertex", tables.spatial("vertex", "bea"), subject="bea")
    for level in ["model", "layer"]:
        add("temporal", level, tables.temporal(level))
    add("temporal", "layer", tables.temporal("layer", "dan"), subject="dan")
    for level in ["model", "roi", "area", "window"]:
        add("half-time", level, tables.half_times(level))
        add("log-fit", level, tables.log_fits(level))
    add("half-time", "vertex", tables.half_times("vertex"))
    add("half-time", "model", tables.half_times("model", "ann"), subject="ann")
    add("half-time", "roi", tables.half_times("roi", choice="block2"), layer="block2")
    add("half-time", "area", tables.half_times("area", choice="mean"), layer="mean")
    for level in ["roi", "area", "vertex"]:
        add("ceiling", level, tables.ceilings(level))
    file = pathlib.Path(__file__).with_name("small_tables.json")
    lines = [json.dumps({k: v for k, v in table.items() if k != "rows"})[:-1] + ', "rows": [\n' +
             ",\n".join(json.dumps(row) for row in table["rows"]) + "]}" for table in made]
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
