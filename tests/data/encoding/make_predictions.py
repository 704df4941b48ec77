"""Makes predictions.json: out-of-fold predictions of some cases of ridge.json, with the λ stored there, by scikit-learn.

Run with scikit-learn 1.9: python make_predictions.py
"""
import json
import pathlib

import numpy as np
from make_ridge import make_splits, standardized
from sklearn.linear_model import Ridge

HERE = pathlib.Path(__file__).parent
NAMES = ["global default", "per target default", "not standardised", "more features than rows",
         "more features than rows, per target"]


def predictions(case):
    x, y, alphas = np.array(case["x"]), np.array(case["y"]), np.array(case["alpha"], dtype=float)
    predicted = np.full(y.shape, np.nan)
    for fold, (train, test) in enumerate(make_splits(case)[0]):
        z = standardized(case, x, train)
        for target in range(y.shape[1]):
            alpha = alphas[fold][0 if alphas.shape[1] == 1 else target]
            predicted[test, target] = Ridge(alpha=alpha, solver="svd").fit(z[train], y[train, target]).predict(z[test])
    return predicted


ridge = {case["name"]: case for case in json.loads((HERE / "ridge.json").read_text())}
stored = [{"name": name, "prediction": np.round(predictions(ridge[name]), 12).tolist()} for name in NAMES]
(HERE / "predictions.json").write_text(json.dumps(stored) + "\n")
