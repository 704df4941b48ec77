"""Writes stats.json: answers of NumPy, SciPy and statsmodels that core/stats must give.

Made with NumPy 2.4, SciPy 1.17, statsmodels 0.15.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import fdrcorrection

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


def correlation_p():
    """p of given r, as SciPy's pearsonr has it for n pairs (a beta distribution)."""
    cases = []
    for n in [3, 4, 10, 81, 1000, 10000]:
        for r in [0.0, 1e-6, -0.05, 0.3, -0.9, 0.9999]:
            beta = stats.beta(n / 2 - 1, n / 2 - 1, loc=-1, scale=2)
            p = 2 * beta.sf(abs(r))
            if p > 1e-290:
                cases.append({"r": r, "n": n, "p": float(p)})
    return cases


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


def bootstrap():
    """Resamples drawn as core/stats/Bootstrap.cpp describes, and NumPy's percentiles of their means."""
    cases = []
    for seed, subjects, resamples, level in [(0, 4, 50, 0.95), (7, 8, 200, 0.9), (2**40 + 1, 3, 31, 0.5), (1, 1, 3, 0.95)]:
        bits = mersenne_twister_64(seed)
        rejected = 2**64 % subjects
        values = np.round(generator.normal(0.3, 0.1, subjects), 6)
        samples = [[next(b for b in bits if b >= rejected) % subjects for _ in range(subjects)] for _ in range(resamples)]
        means = values[np.array(samples)].mean(1)
        low, high = np.percentile(means, [50 * (1 - level), 50 * (1 + level)])
        cases.append({"seed": seed, "values": plain(values), "resamples": resamples, "level": level,
                      "first": samples[:3], "low": low, "high": high})
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
    offset = 1e6 + generator.uniform(-1, 1, (6, 8))  # tiny variance on a large offset, whole in double alone
    result = stats.ttest_1samp(offset, 0)
    cases.append({"subjects": 6, "double": True, "values": plain(offset), "mean": plain(offset.mean(0)),
                  "sem": plain(stats.sem(offset, axis=0)), "t": plain(result.statistic), "p": plain(result.pvalue)})
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
        np.testing.assert_allclose(q[tested], fdrcorrection(masked[tested])[1], rtol=1e-12)
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
           "correlation_p": correlation_p(), "bootstrap": bootstrap(),
           "false_discovery": false_discovery(), "wilcoxon": wilcoxon()}
Path(__file__).with_name("stats.json").write_text(json.dumps(answers, allow_nan=False) + "\n")
