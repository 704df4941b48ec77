"""Writes stats.json: SciPy's answers that core/stats must give. Needs numpy and scipy (made with SciPy 1.17)."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

generator = np.random.default_rng(20250826)


def plain(values):
    """Lists with null for NaN."""
    return [None if not np.isfinite(v) and np.isnan(v) else float(v) for v in np.ravel(values)]


def student():
    cases = []
    for degrees in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 17, 20, 37, 98.5, 798, 9998]:
        for t in [0, 1e-3, 0.5, 1, 1.96, 2.5, 5, 12, 40, 1000]:
            p = 2 * stats.t.sf(t, degrees)
            if p > 1e-290:
                cases.append({"t": t, "df": degrees, "p": float(p)})
    return cases


def correlations():
    cases = []
    for n, noise in [(4, 1.0), (5, 0.3), (15, 2.0), (81, 0.5), (360, 3.0), (1000, 1.5)]:
        x = generator.normal(50, 20, n)
        y = -0.05 * x + noise * generator.normal(0, 1, n)
        result = stats.pearsonr(x, y)
        interval = result.confidence_interval(0.95)
        cases.append({"x": plain(x), "y": plain(y), "r": result.statistic, "p": result.pvalue,
                      "low": interval.low, "high": interval.high})
    return cases


def t_tests():
    cases = []
    for subjects in [2, 3, 4, 8, 20]:
        values = generator.normal(0.03, 0.05, (subjects, 40)).astype(np.float32)
        values[0, 3] = np.nan
        values[:, 5] = np.nan
        if subjects > 3:
            values[1:3, 7] = np.nan
        data = values.astype(float)
        result = stats.ttest_1samp(data, 0, nan_policy="omit")
        few = np.sum(~np.isnan(data), axis=0) < 2
        t, p = np.where(few, np.nan, result.statistic), np.where(few, np.nan, result.pvalue)
        with np.errstate(all="ignore"):
            sem = np.where(few, np.nan, stats.sem(data, axis=0, nan_policy="omit"))
        cases.append({"subjects": subjects, "values": plain(data), "mean": plain(np.nanmean(data, axis=0)),
                      "sem": plain(sem), "t": plain(t), "p": plain(p)})
    return cases


def false_discovery():
    cases = []
    for size in [1, 2, 50, 400]:
        p = np.concatenate([generator.uniform(0, 1, size), generator.uniform(0, 1e-4, size // 3)])
        p[: size // 5] = p[0]
        masked = p.copy()
        if size > 2:
            masked[::7] = np.nan
        tested = ~np.isnan(masked)
        q = np.full(p.size, np.nan)
        q[tested] = stats.false_discovery_control(masked[tested], method="bh")
        cases.append({"p": plain(masked), "q": plain(q)})
    return cases


def wilcoxon():
    cases = []
    for n in [1, 4, 5, 8, 15, 50, 51, 200]:
        cases.append(generator.normal(0.3, 1, n))
    cases.append(generator.integers(-4, 6, 30).astype(float))  # ties and zeros
    cases.append(np.array([0.0, 0.0, 1.5, 2.5, -0.5, 3.0]))  # zeros alone
    cases.append(np.array([1.0, 1.0, -1.0, 2.0, 3.0, 4.0]))  # ties alone
    result = []
    for d in cases:
        nonzero = d[d != 0]
        clean = len(nonzero) == len(d) and len(np.unique(np.abs(d))) == len(d) and len(d) <= 50
        answer = stats.wilcoxon(d, zero_method="wilcox", correction=False, method="exact" if clean else "asymptotic")
        result.append({"d": plain(d), "statistic": float(answer.statistic), "p": float(answer.pvalue),
                       "exact": bool(clean), "n": int(len(nonzero))})
    return result


answers = {"student": student(), "correlation": correlations(), "t_test": t_tests(),
           "false_discovery": false_discovery(), "wilcoxon": wilcoxon()}
Path(__file__).with_name("stats.json").write_text(json.dumps(answers, allow_nan=False) + "\n")
