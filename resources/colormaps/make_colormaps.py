"""Exports the bundled colour maps: 256 sRGB colours each, with source and licence.

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
KINDS = {"viridis": "sequential", "cividis": "sequential", "inferno": "sequential", "magma": "sequential",
         "batlow": "sequential", "vik": "diverging"}

for name, kind in KINDS.items():
    if name in AUTHORS:
        origin = {**MATPLOTLIB, "author": AUTHORS[name]}
        colormap = matplotlib.colormaps[name]
    else:
        origin, colormap = CRAMERI, getattr(crameri, name)
    samples = numpy.rint(colormap(numpy.linspace(0, 1, 256))[:, :3] * 255).astype(int)
    document = {"format": "brainlike-colormap", "version": 1, "name": name, "kind": kind, **origin,
                "colors": ["#%02x%02x%02x" % tuple(color) for color in samples]}
    path = pathlib.Path(__file__).with_name(name + ".json")
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
