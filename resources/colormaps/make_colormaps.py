"""Exports the bundled colour maps: 256 sRGB colours each (discrete ones fewer), with source and licence.

Run with matplotlib and cmcrameri installed: python make_colormaps.py
"""

import json
import pathlib

import matplotlib
import numpy
from cmcrameri import cm as crameri

MATPLOTLIB = {
    "source": "matplotlib (https://matplotlib.org), lib/matplotlib/_cm_listed.py",
    "licence": "CC0-1.0",
}
AUTHORS = {
    "viridis": "Nathaniel J. Smith, Stefan van der Walt, Eric Firing",
    "inferno": "Nathaniel J. Smith, Stefan van der Walt",
    "magma": "Nathaniel J. Smith, Stefan van der Walt",
    "cividis": "Jamie R. Nuñez, Christopher R. Anderton, Ryan S. Renslow (doi 10.1371/journal.pone.0199239)",
}
CRAMERI = {
    "source": "Scientific colour maps (https://www.fabiocrameri.ch/colourmaps), through cmcrameri",
    "author": "Fabio Crameri (doi 10.5281/zenodo.1243862)",
    "licence": "MIT",
}
SEQUENTIAL = ["viridis", "cividis", "inferno", "magma", "batlow", "lajolla", "devon", "lipari"]
DIVERGING = ["vik", "roma", "berlin"]
#: name of a discrete, ordered map: the continuous one that its colours are taken from, and how many
DISCRETE = {"batlow-8": ("batlow", 8), "lajolla-8": ("lajolla", 8), "viridis-8": ("viridis", 8), "vik-9": ("vik", 9)}


def sample(name, count):
    """Colours evenly spaced over a map, with its origin."""
    if name in AUTHORS:
        origin, colormap = {**MATPLOTLIB, "author": AUTHORS[name]}, matplotlib.colormaps[name]
    else:
        origin, colormap = CRAMERI, getattr(crameri, name)
    colors = numpy.rint(colormap(numpy.linspace(0, 1, count))[:, :3] * 255).astype(int)
    # Some run from light to dark in some editions; here low values are dark, as in all the others.
    return origin, colors[::-1] if colors[0].sum() > 600 and name in SEQUENTIAL else colors


def write(name, kind, origin, colors):
    document = {"format": "brainlike-colormap", "version": 1, "name": name, "kind": kind, **origin,
                "colors": ["#%02x%02x%02x" % tuple(color) for color in colors]}
    path = pathlib.Path(__file__).with_name(name + ".json")
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


for kind, names in (("sequential", SEQUENTIAL), ("diverging", DIVERGING)):
    for name in names:
        write(name, kind, *sample(name, 256))
for name, (source, count) in DISCRETE.items():
    write(name, "discrete", *sample(source, count))
