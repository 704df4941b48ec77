"""Makes ridge.json: nested cross-validated ridge regression by scikit-learn (global λ) and, one λ a target, by a plain
loop over scikit-learn's Ridge (checked against himalaya's RidgeCV where that has the same definition).

Run with scikit-learn 1.9, himalaya 0.4: python make_ridge.py
"""
import json
import pathlib

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).parent


def make_splits(case):
    if case.get("groups"):
        groups = np.array(case["groups"])
        outer = list(GroupKFold(case["outer"]).split(np.zeros(len(groups)), groups=groups))
        inner = [list(GroupKFold(case["inner"]).split(np.zeros(len(tr)), groups=groups[tr])) for tr, _ in outer]
    else:
        n = len(case["x"])
        outer = list(KFold(case["outer"]).split(np.zeros(n)))
        inner = [list(KFold(case["inner"]).split(np.zeros(len(tr)))) for tr, _ in outer]
    return outer, inner


def correlation(prediction, measured):
    prediction = prediction - prediction.mean(0)
    measured = measured - measured.mean(0)
    with np.errstate(all="ignore"):
        return (prediction * measured).sum(0) / np.sqrt((prediction**2).sum(0) * (measured**2).sum(0))


def standardized(case, x, train):
    if not case.get("standardize", True):
        return x
    keep = x[train].max(0) > x[train].min(0)
    return StandardScaler().fit(x[train][:, keep]).transform(x[:, keep])


def inner_scores(case, x, y, splits, selection):
    """[inner × λ × targets], NaN where undefined."""
    scores = []
    for train, test in splits:
        row = []
        for alpha in case["alphas"]:
            prediction = Ridge(alpha=alpha, solver="svd").fit(x[train], y[train]).predict(x[test]).reshape(len(test), -1)
            error = ((prediction - y[test]) ** 2).mean(0)
            if selection == "mse":
                row.append(-error)
            elif selection == "correlation":
                row.append(correlation(prediction, y[test]))
            else:
                total = ((y[test] - y[test].mean(0)) ** 2).mean(0)
                row.append(np.where(total > 0, 1 - error / np.where(total > 0, total, 1), np.nan))
        scores.append(row)
    return np.array(scores)


def solve(case):
    x, y = np.array(case["x"]), np.array(case["y"])
    y = y.reshape(len(y), -1)
    constant = y.max(0) == y.min(0)
    varying = y[:, ~constant]
    selection = case.get("selection") or ("r2" if case["mode"] == "global" else "mse")
    outer, inner = make_splits(case)
    fold_scores, alphas, kept = [], [], []
    for (train, test), splits in zip(outer, inner):
        z = standardized(case, x, train)
        scores = inner_scores(case, z[train], varying[train], splits, selection)
        if case["mode"] == "global":
            mean = np.nanmean(np.nanmean(scores, axis=2), axis=0)
            chosen = np.full(varying.shape[1], np.argmax(mean))
            alphas.append([case["alphas"][int(np.argmax(mean))]])
        else:
            mean = np.nanmean(scores, axis=0)
            chosen = np.argmax(mean, axis=0)
            row = np.full(y.shape[1], np.nan)
            row[~constant] = np.array(case["alphas"])[chosen]
            alphas.append(row)
        kept.append(mean)
        prediction = np.column_stack(
            [Ridge(alpha=case["alphas"][a], solver="svd").fit(z[train], varying[train, j]).predict(z[test])
             for j, a in enumerate(chosen)])
        r = np.full(y.shape[1], np.nan)
        r[~constant] = correlation(prediction, varying[test])
        spread = (varying[test].max(0) == varying[test].min(0)) | (varying[train].max(0) == varying[train].min(0))
        r[np.flatnonzero(~constant)[spread]] = np.nan
        fold_scores.append(r)
    return np.array(fold_scores), np.array(alphas), np.array(kept)


def check_with_pipeline(case, fold_scores, alphas):
    """The same by scikit-learn's own pipeline, where it applies."""
    x, y = np.array(case["x"]), np.array(case["y"])
    for fold, (train, test) in enumerate(KFold(case["outer"]).split(x)):
        model = make_pipeline(StandardScaler(), RidgeCV(alphas=case["alphas"], cv=case["inner"]))
        model.fit(x[train], y[train])
        assert model[-1].alpha_ == alphas[fold][0], (model[-1].alpha_, alphas[fold])
        r = correlation(model.predict(x[test]).reshape(len(test), -1), y[test].reshape(len(test), -1))
        np.testing.assert_allclose(r, fold_scores[fold], atol=1e-9)


def check_with_himalaya(case, alphas):
    """One λ a target, by each of himalaya's scores."""
    from himalaya.ridge import RidgeCV as VoxelwiseRidge
    from himalaya.scoring import correlation_score, l2_neg_loss, r2_score

    x, y = np.array(case["x"]), np.array(case["y"])
    score = {"mse": l2_neg_loss, "r2": r2_score, "correlation": correlation_score}[case.get("selection", "mse")]
    for fold, (train, test) in enumerate(KFold(case["outer"]).split(x)):
        z = standardized(case, x, train)[train]
        model = VoxelwiseRidge(alphas=case["alphas"], cv=KFold(case["inner"]), fit_intercept=True,
                               solver_params={"score_func": score, "warn": False})
        model.fit(z, y[train])
        np.testing.assert_allclose(model.best_alphas_, alphas[fold])


def data(seed, n, d, m, noise=1.0, sparse=3):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, d))
    weights = rng.standard_normal((d, m)) * (rng.random((d, m)) < sparse / d)
    y = x @ weights + noise * rng.standard_normal((n, m)) * np.linspace(0.3, 3, m)
    return np.round(x, 4), np.round(y, 4)


def cases():
    grid = np.logspace(0, 8, 10).tolist()
    fine = np.logspace(-2, 4, 13).tolist()
    base = dict(alphas=grid, outer=5, inner=5, mode="global")

    def case(name, x, y, **options):
        return {"name": name, **base, **options, "x": x.tolist(), "y": y.tolist()}

    x, y = data(1, 50, 6, 8)
    for mode in ["global", "per_target"]:
        for selection in ["r2", "mse", "correlation"]:
            yield case(f"{mode} {selection}", x, y, mode=mode, selection=selection, alphas=fine,
                       himalaya=mode == "per_target")
    yield case("global default", x, y, pipeline=True)
    yield case("per target default", x, y, mode="per_target", himalaya=True)
    yield case("not standardised", x * np.array([1, 10, 0.1, 3, 1, 5]), y, standardize=False, alphas=fine)
    x, y = data(2, 40, 60, 6, sparse=6)
    yield case("more features than rows", x, y, pipeline=True)
    yield case("more features than rows, per target", x, y, mode="per_target", alphas=fine, himalaya=True)
    yield case("more features than rows, per target correlation", x, y, mode="per_target", alphas=fine,
               selection="correlation", himalaya=True)
    wide = x[:30, :24], y[:30, :3]  # as many features as inner training rows and one more
    yield case("per target r2, wide", *wide, mode="per_target", alphas=fine, selection="r2", himalaya=True)
    yield case("global mse, wide", *wide, alphas=fine, selection="mse")
    yield case("global correlation, wide", *wide, alphas=fine, selection="correlation")
    x, y = data(3, 40, 28, 5, sparse=4)
    yield case("as many features as training rows", x, y, alphas=fine, pipeline=True)
    yield case("as many features as training rows, per target", x, y, alphas=fine, mode="per_target")
    x, y = data(4, 45, 5, 4)
    constant = x.copy()
    constant[:, 2] = 7.25
    constant[9:, 3] = 1.5  # constant in the first training set alone
    yield case("constant column", constant, y, alphas=fine)
    yield case("constant column, per target", constant, y, alphas=fine, mode="per_target")
    quiet = y.copy()
    quiet[:, 1] = -3.5
    yield case("constant target", x, quiet, alphas=fine)
    yield case("constant target, per target", x, quiet, alphas=fine, mode="per_target")
    quiet[9:18, 2] = 2.0  # constant in one outer test fold
    quiet[:8, 3] = 1.0  # constant in one inner test fold of four outer folds
    yield case("fold-constant target", x, quiet, alphas=fine)
    yield case("fold-constant target, per target r2", x, quiet, alphas=fine, mode="per_target", selection="r2")
    x, y = data(5, 60, 8, 5)
    collinear = np.column_stack([x, x[:, 0], x[:, 1] + 1e-4 * x[:, 2], x.sum(1)])
    yield case("collinear", collinear, y, pipeline=True)
    yield case("collinear, per target", collinear, y, mode="per_target")
    yield case("large offset", x + 1e6, y + 1e6, alphas=fine, pipeline=True, offset=True)
    yield case("large offset, per target", x + 1e6, y + 1e6, alphas=fine, mode="per_target", offset=True)
    x, y = data(6, 43, 6, 5)
    yield case("unequal folds", x, y, outer=4, inner=3, alphas=fine)
    yield case("one target", x, y[:, :1], pipeline=True)
    yield case("one feature", x[:, :1], y, pipeline=True)
    yield case("one feature, per target", x[:, :1], y, mode="per_target")
    yield case("one feature, one target", x[:, :1], y[:, :1], mode="per_target", selection="r2", alphas=fine)
    groups = np.repeat([4, -1, 9, 2, 7, 30, 5, 11, 3], [9, 7, 6, 5, 5, 4, 3, 2, 2])
    groups = np.random.default_rng(0).permutation(groups)
    counts = np.unique(groups, return_counts=True)[1]
    assert counts.sum() == 43
    yield case("groups", x, y, groups=groups.tolist(), outer=4, inner=3, alphas=fine)


def plain(values):
    return [plain(v) for v in values] if np.ndim(values) else (None if np.isnan(values) else float(f"{values:.10g}"))


def main():
    results = []
    for item in cases():
        folds, alphas, inner = solve(item)
        if item.pop("pipeline", False):
            check_with_pipeline(item, folds, alphas)
        if item.pop("himalaya", False):
            check_with_himalaya(item, alphas)
        item.update(score_folds=plain(folds), alpha=plain(alphas), inner_score=plain(inner))
        results.append(item)
        print(item["name"], np.nanmean(folds), np.unique(alphas))
    (HERE / "ridge.json").write_text(json.dumps(results, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
