"""Writes topography.json: what SciPy's thin-plate spline gives between sensors of a small helmet, its convex hull, and
t-tests of time courses over subjects. Made with NumPy 2.4, SciPy 1.17."""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.interpolate import RBFInterpolator
from scipy.spatial import ConvexHull

generator = np.random.default_rng(11)


def topography():
    places = generator.uniform(-0.8, 0.8, (40, 2))
    points = generator.uniform(-0.9, 0.9, (25, 2))
    values = np.sin(3 * places[:, 0]) + generator.normal(0, 0.2, 40)
    interpolator = RBFInterpolator(places, values, kernel="thin_plate_spline")
    return {
        "places": places.tolist(),
        "points": points.tolist(),
        "values": values.tolist(),
        "interpolated": interpolator(points).tolist(),
        "hull": sorted(int(i) for i in ConvexHull(places).vertices),
    }


def courses():
    subjects = (generator.normal(0.02, 0.01, (5, 30)) + np.linspace(-0.03, 0.05, 30)).astype(np.float32)
    mean = subjects.astype(float).mean(axis=0).astype(np.float32)
    sem = stats.sem(subjects.astype(float), axis=0).astype(np.float32)
    t = mean.astype(float) / sem.astype(float)
    p = 2 * stats.t.sf(np.abs(t), 4)
    return {
        "subjects": 5,
        "mean": mean.astype(float).tolist(),
        "sem": sem.astype(float).tolist(),
        "t": t.tolist(),
        "p": p.tolist(),
        "q": stats.false_discovery_control(p).tolist(),
    }


folder = Path(__file__).parent
(folder / "topography.json").write_text(json.dumps(topography()) + "\n")
(folder.parent / "scores" / "courses.json").write_text(json.dumps(courses()) + "\n")
