"""Makes banded.json: nested cross-validated banded ridge regression by himalaya's random search on the simplex, with
the weights of the search given, and its split scores.

Run with scikit-learn 1.9, himalaya 0.4: python make_banded.py
"""
import json
import pathlib

import numpy as np
from himalaya.kernel_ridge import generate_dirichlet_samples
from himalaya.ridge import solve_group_ridge_random_search
from himalaya.scoring import correlation_score, correlation_score_split, l2_neg_loss, r2_score, r2_score_split
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).parent
SCORES = {"mse": l2_neg_loss, "r2": r2_score, "correlation": correlation_score}


def standardized(case, x, train):
    keep = x[train].max(0) > x[train].min(0)
    if not case["standardize"]:
        return x[:, keep]
    return StandardScaler().fit(x[train][:, keep]).transform(x[:, keep])


def search(case, spaces, y, weights, local):
    return solve_group_ridge_random_search(
        spaces, y, n_iter=weights, alphas=np.array(case["alphas"]), fit_intercept=True,
        score_func=SCORES[case["selection"]], cv=KFold(case["inner"]), return_weights=True, local_alpha=local,
        progress_bar=False, warn=False)


def fit(case, spaces, y, weights):
    """λ/γ [spaces × 1 or targets], weights of the features, inner scores [samples (× targets)]."""
    if case["mode"] == "per_target":
        deltas, coefficients, inner, _ = search(case, spaces, y, weights, True)
        return np.exp(-deltas), coefficients, inner
    # One λ for all targets is chosen under every weights; the weights here for all targets too.
    inner = search(case, spaces, y, weights, False)[2].mean(1)
    best = np.argmax(inner)
    deltas, coefficients, _, _ = search(case, spaces, y, weights[best:best + 1], False)
    assert np.ptp(deltas, axis=1).max() < 1e-12
    return np.exp(-deltas[:, :1]), coefficients, inner


def solve(case):
    xs, y = [np.array(x) for x in case["spaces"]], np.array(case["y"])
    weights = np.array(case["weights"])
    constant = y.max(0) == y.min(0)
    kept = np.flatnonzero(~constant)
    folds, alphas, splits, r2s, inners = [], [], [], [], []
    for train, test in KFold(case["outer"]).split(y):
        zs = [standardized(case, x, train) for x in xs]
        found, coefficients, inner = fit(case, [z[train] for z in zs], y[train][:, kept], weights)
        measured = y[test][:, kept] - y[test][:, kept].mean(0)
        first = np.cumsum([0] + [z.shape[1] for z in zs])
        parts = np.array([z[test] @ coefficients[a:b] for z, a, b in zip(zs, first, first[1:])])
        parts = parts - parts.mean(1, keepdims=True)

        def spread(values):
            values = np.asarray(values)
            wide = np.full(values.shape[:-1] + (y.shape[1],), np.nan)
            wide[..., kept] = values
            return wide

        folds.append(spread(correlation_score(measured, parts.sum(0))))
        splits.append(spread(correlation_score_split(measured, parts)))
        r2s.append(spread(r2_score_split(measured, parts)))
        np.testing.assert_allclose(splits[-1].sum(0), folds[-1], atol=1e-9)
        np.testing.assert_allclose(r2s[-1].sum(0)[kept], r2_score(measured, parts.sum(0)), atol=1e-9)
        single = case["mode"] == "global"
        alphas.append(found if single else spread(found))
        inners.append(inner if single else spread(inner))
    return dict(score_folds=folds, band_alpha=alphas, score_split=np.mean(splits, 0), r2_split=np.mean(r2s, 0),
                inner_best=inners)


def data(seed, n, ds, m, shared=0.0):
    """Targets that depend on the first space, on the second, or on both, in turn."""
    rng = np.random.default_rng(seed)
    spaces = [rng.standard_normal((n, d)) for d in ds]
    common = rng.standard_normal((n, 1))
    y = 0.8 * rng.standard_normal((n, m)) * np.linspace(0.3, 3, m)
    for target in range(m):
        for index, x in enumerate(spaces):
            if target % (len(ds) + 1) in (index, len(ds)):
                y[:, target] += x @ (rng.standard_normal(x.shape[1]) / np.sqrt(x.shape[1]))
    return [np.round(x + shared * common, 3) for x in spaces], np.round(y, 3)


def cases():
    grid = np.logspace(-1, 4, 6).tolist()

    def case(name, spaces, y, samples=8, **options):
        weights = generate_dirichlet_samples(samples, len(spaces), random_state=len(name))
        weights[0] = 1 / len(spaces)
        weights = np.maximum(np.round(weights, 6), 1e-6)
        options = {"alphas": grid, "outer": 4, "inner": 3, "mode": "per_target", "selection": "mse",
                   "standardize": True, **options}
        return {"name": name, **options, "weights": weights.tolist(), "spaces": [x.tolist() for x in spaces],
                "y": y.tolist()}

    spaces, y = data(1, 42, [5, 3], 6)
    for mode in ["per_target", "global"]:
        for selection in ["mse", "r2", "correlation"]:
            yield case(f"{mode} {selection}", spaces, y, mode=mode, selection=selection)
    yield case("three spaces that share a signal", *data(2, 50, [3, 4, 2], 6, shared=1.0), samples=12)
    spaces, y = data(3, 30, [25, 8], 5)
    yield case("more features than rows", spaces, y)
    yield case("more features than rows, global", spaces, y, mode="global", selection="r2")
    spaces, y = data(4, 40, [4, 3], 4)
    scaled = [spaces[0] * 10, spaces[1] * 0.1]
    yield case("not standardised", scaled, y, standardize=False)
    yield case("large offset", [spaces[0] + 1e6, spaces[1] - 1e6], y + 1e6)
    hard = [np.column_stack([spaces[0], spaces[1][:, 0], np.full(40, 3.0)]), spaces[1]]
    quiet = y.copy()
    quiet[:, 2] = 1.5
    yield case("collinear and constant columns, constant target", hard, quiet, mode="global", selection="r2")
    yield case("one feature and one target", [spaces[0][:, :1], spaces[1]], y[:, :1])
    yield case("one space", spaces[:1], y, samples=1)


def plain(values):
    if np.ndim(values):
        return [plain(v) for v in values]
    return None if np.isnan(values) else float(f"{values:.10g}")


results = []
for item in cases():
    found = solve(item)
    results.append({**item, **{key: plain(value) for key, value in found.items()}})
    print(item["name"], np.nanmean(found["score_folds"]), np.nanmean(found["score_split"], 1))
(HERE / "banded.json").write_text(json.dumps(results, separators=(",", ":")) + "\n")
