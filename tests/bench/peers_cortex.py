#!/usr/bin/env python3
"""Times a new map and its frame beside PyVista: four panels, 1600 × 1200 pixels, the same meshes, in the same run.

usage: peers_cortex.py BRAINLIKE_BENCH_CORTEX TEMPLATE_FOLDER [--rounds N]

TEMPLATE_FOLDER holds infl_left.gii.gz and so on. Needs pyvista and nibabel. Prints each time (medians, ms) and how many
times faster we are. Both draw without outlines and colour bar; PyVista colours by its own lookup table.
"""

import argparse
import json
import pathlib
import subprocess
import time

import nibabel
import numpy
import pyvista

WIDTH, HEIGHT = 1600, 1200


def read(folder: pathlib.Path, side: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    surface = nibabel.load(folder / f"infl_{side}.gii.gz")
    return surface.darrays[0].data, surface.darrays[1].data


def plotter_of(meshes: dict, samples: int) -> pyvista.Plotter:
    plotter = pyvista.Plotter(off_screen=True, shape=(2, 2), window_size=(WIDTH, HEIGHT), border=False)
    if samples > 1:
        plotter.enable_anti_aliasing("msaa", multi_samples=samples)
    else:
        plotter.disable_anti_aliasing()
    for row, view in enumerate(("lateral", "medial")):
        for column, side in enumerate(("left", "right")):
            plotter.subplot(row, column)
            plotter.add_mesh(meshes[side], scalars="map", cmap="inferno", clim=(0, 1), smooth_shading=True,
                             show_scalar_bar=False)
            outward = -1 if side == "left" else 1
            plotter.view_vector((outward if view == "lateral" else -outward, 0, 0), (0, 0, 1))
            plotter.enable_parallel_projection()
    return plotter


def seconds_for_maps(meshes: dict, samples: int, rounds: int) -> float:
    plotter = plotter_of(meshes, samples)
    plotter.show(auto_close=False)
    times = []
    for number in range(rounds):
        maps = {side: 0.5 + 0.5 * numpy.sin(0.1 * mesh.points[:, 1] + 0.3 * number) for side, mesh in meshes.items()}
        start = time.perf_counter()
        for side, mesh in meshes.items():
            mesh.point_data["map"][:] = maps[side]
            mesh.GetPointData().GetScalars().Modified()
        plotter.render()
        plotter.screenshot(return_img=True)
        times.append(time.perf_counter() - start)
    plotter.close()
    return float(numpy.median(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    meshes = {}
    for side in ("left", "right"):
        points, faces = read(options.folder, side)
        cells = numpy.hstack([numpy.full((len(faces), 1), 3), faces]).ravel()
        meshes[side] = pyvista.PolyData(points, cells)
        meshes[side].point_data["map"] = numpy.zeros(len(points))
        meshes[side].set_active_scalars("map")
    ours = json.loads(subprocess.run([options.bench, str(options.folder)], check=True, capture_output=True).stdout)
    for samples, key in ((1, "1"), (4, "2")):
        theirs = 1000 * seconds_for_maps(meshes, samples, options.rounds)
        mine = ours[f"map_and_frame_{key}"]
        print(f"new map and frame, {samples} sample(s) a pixel: brainlike {mine:.0f} ms, "
              f"pyvista {pyvista.__version__} {theirs:.0f} ms, {theirs / mine:.1f} times as fast")
        if samples == 4:
            scrub = ours["map_and_frame_1"]
            print(f"while scrubbing (1 sample): {scrub:.0f} ms, {theirs / scrub:.1f} times as fast as its still")
    for name in ("first_frame_1", "turned_frame_1", "turned_frame_2", "colors", "pick", "blend", "blend_and_frame"):
        print(f"{name}: {ours[name]:.3f} ms")


if __name__ == "__main__":
    main()
