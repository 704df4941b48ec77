"""Colours as seen with severe colour-vision deficiencies by Machado 2009, from colorspacious (pip install colorspacious)."""

import json
import pathlib

import numpy
from colorspacious import cspace_convert

KINDS = {"protanopia": "protanomaly", "deuteranopia": "deuteranomaly", "tritanopia": "tritanomaly"}
COLORS = [[0, 0, 0], [255, 255, 255], [128, 128, 128], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0],
          [68, 1, 84], [33, 145, 140], [253, 231, 37], [187, 55, 84], [1, 32, 81], [200, 120, 40], [90, 160, 220]]

cases = []
for name, kind in KINDS.items():
    space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    seen = cspace_convert(numpy.array(COLORS) / 255, space, "sRGB1")
    for color, result in zip(COLORS, numpy.rint(numpy.clip(seen, 0, 1) * 255).astype(int)):
        cases.append({"vision": name, "color": color, "seen": result.tolist()})
path = pathlib.Path(__file__).with_name("color_vision.json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
