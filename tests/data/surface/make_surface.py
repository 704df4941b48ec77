"""References for core/surface: geodesic.json (pygeodesic, the exact algorithm of Mitchell, Mount and Papadimitriou) and
contour.json (matplotlib's tricontour). Run: python make_surface.py"""
import json
import numpy as np
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.tri import Triangulation
import pygeodesic.geodesic as geodesic


def bumps(columns=17, rows=13):
    """A sheet with hills, triangles of alternating diagonals; multiples of 1/64 that floats hold exactly."""
    points = [[6 * x + (3 if y % 2 else 0), 5 * y,
               round(64 * 9 * np.sin(0.7 * x) * np.cos(0.5 * y)) / 64] for y in range(rows) for x in range(columns)]
    faces = []
    for y in range(rows - 1):
        for x in range(columns - 1):
            a, b, c, d = y * columns + x, y * columns + x + 1, (y + 1) * columns + x, (y + 1) * columns + x + 1
            faces += [[a, b, d], [a, d, c]] if y % 2 else [[a, b, c], [b, d, c]]
    return np.array(points, float), np.array(faces)


points, faces = bumps()
exact = geodesic.PyGeodesicAlgorithmExact(points, faces)
source = 6 * 17 + 8
distances, _ = exact.geodesicDistances(np.array([source]), np.arange(len(points)))
json.dump({"points": points.tolist(), "faces": faces.tolist(), "source": source,
           "distances": np.round(distances, 6).tolist()}, open("geodesic.json", "w"))

rng = np.random.default_rng(5)
values = np.round(64 * (np.sin(points[:, 0] / 15) + np.cos(points[:, 1] / 11) + 0.2 * rng.standard_normal(len(points)))) / 64
level = 0.3
contours = plt.tricontour(Triangulation(points[:, 0], points[:, 1], faces), values, levels=[level])
chains = [chain for path in contours.get_paths() for chain in path.to_polygons(closed_only=False)]
length = sum(np.linalg.norm(np.diff(chain, axis=0), axis=1).sum() for chain in chains)
crossings = sorted({(round(x, 5), round(y, 5)) for chain in chains for x, y in chain})
json.dump({"values": values.tolist(), "level": level, "length": length, "crossings": crossings},
          open("contour.json", "w"))
