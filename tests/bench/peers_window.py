#!/usr/bin/env python3
"""From process start to the first coloured cortex on the screen, and the memory that takes, beside MNE's Brain and wb_view.

    pip install numpy mne pyvistaqt PySide6 nibabel
    apt install xvfb connectome-workbench
    python tests/bench/peers_window.py STUDY_OR_SCORES.h5 --template FOLDER [--rounds 3]

Every program draws into an X server without a screen, whose picture is looked at every 10 ms: the first frame is there
when many pixels have a colour, or, since wb_view shows no map unasked, a shade of grey. brainlike shows the study; the peers show one map of as many vertices on the inflated
surfaces of the template (infl_left.gii.gz and so on). Memory is the largest resident size of the process until then;
for brainlike also a while later, once every panel has read. Peers that are not installed are left out.
"""
import argparse
import importlib.util
import mmap
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

import nibabel
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1600, 1000
ENOUGH = 8000  # coloured pixels; icons and buttons have fewer

MNE = """
import sys, nibabel, numpy, mne
mne.viz.set_3d_backend("pyvistaqt")
subjects, map_file = sys.argv[1:]
values = numpy.load(map_file)
brain = mne.viz.Brain("fsaverage", hemi="split", views=["lateral", "medial"], surf="inflated", subjects_dir=subjects,
                      size=(1280, 720))
half = len(values) // 2
for hemi, part in (("lh", values[:half]), ("rh", values[half:])):
    brain.add_data(part, fmin=0, fmid=0.5, fmax=1, hemi=hemi, colormap="inferno", smoothing_steps=None,
                   vertices=numpy.arange(half))
from qtpy.QtWidgets import QApplication
QApplication.instance().exec()
"""


class Screen:
    """An X server whose picture lies in a file."""

    def __init__(self, folder):
        self.folder = folder
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder),
             "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.display = ":" + answer.readline().strip()
        with open(folder / "Xvfb_screen0", "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header, colors = struct.unpack(">I", self.memory[:4])[0], struct.unpack(">I", self.memory[76:80])[0]
        self.pixels = np.frombuffer(self.memory, np.uint8, offset=header + 12 * colors)[:4 * WIDTH * HEIGHT]

    def picture(self):
        """Every fourth pixel of every fourth row."""
        return self.pixels.reshape(HEIGHT, WIDTH, 4)[::4, ::4, :3].astype(int)

    def close(self):
        self.server.terminate()
        self.server.wait()


def colored(picture):
    """Pixels whose channels differ much."""
    return 16 * int((picture.max(2) - picture.min(2) > 60).sum())


def shaded(picture):
    """Pixels of a grey between those of a window's text and ground."""
    middle = (picture.min(2) > 90) & (picture.max(2) < 215)
    return 16 * int((middle & (picture.max(2) == picture.min(2))).sum())


def peak(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def first_frame(command, environment, later=0.0, seen=colored):
    """Seconds to the first frame, MiB until then, MiB some seconds later."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(pathlib.Path(folder))
        try:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "LIBGL_ALWAYS_SOFTWARE": "1", "QT_QPA_PLATFORM": "xcb", **environment,
                     "DISPLAY": screen.display})
            while seen(screen.picture()) < ENOUGH:
                if process.poll() is not None or time.perf_counter() - start > 120:
                    process.kill()
                    return None
                time.sleep(0.01)
            taken, memory = time.perf_counter() - start, peak(process)
            time.sleep(later)
            afterwards = peak(process)
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            return taken, memory, afterwards
        finally:
            screen.close()


def peer_files(template, folder):
    """The template as FreeSurfer has it, for MNE, and a map for wb_view."""
    surfaces = folder / "fsaverage" / "surf"
    surfaces.mkdir(parents=True)
    values = []
    for side, short in (("left", "lh"), ("right", "rh")):
        mesh = nibabel.load(template / f"infl_{side}.gii.gz")
        points, faces = (array.data for array in mesh.darrays[:2])
        for name in ("inflated", "white"):
            nibabel.freesurfer.write_geometry(surfaces / f"{short}.{name}", points, faces)
        curvature = nibabel.load(template / f"sulc_{side}.gii.gz").darrays[0].data
        for name in ("curv", "sulc"):
            nibabel.freesurfer.write_morph_data(surfaces / f"{short}.{name}", curvature)
        part = (0.5 + 0.5 * np.sin(0.1 * points[:, 1])).astype("f4")
        values.append(part)
        structure = {"AnatomicalStructurePrimary": "Cortex" + side.capitalize()}
        image = nibabel.gifti.GiftiImage(darrays=[nibabel.gifti.GiftiDataArray(part, intent="NIFTI_INTENT_SHAPE")])
        image.meta.update(structure)
        nibabel.save(image, folder / f"{short}.func.gii")
        mesh.meta.update(structure)
        for array in mesh.darrays:
            array.meta.update({**structure, "GeometricType": "Inflated"})
        nibabel.save(mesh, folder / f"{short}.inflated.surf.gii")
    np.save(folder / "map.npy", np.concatenate(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=pathlib.Path)
    parser.add_argument("--template", type=pathlib.Path, required=True, help="folder with infl_left.gii.gz and sulc_left.gii.gz")
    parser.add_argument("--brainlike", default=ROOT / "build/bench/app/brainlike", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        peer_files(options.template, folder)
        programs = {"brainlike": ([options.brainlike, options.study], 8.0, colored)}
        if importlib.util.find_spec("pyvistaqt") and importlib.util.find_spec("mne"):
            programs["MNE's Brain"] = ([sys.executable, "-c", MNE, folder, folder / "map.npy"], 0.0, colored)
        if shutil.which("wb_view"):
            files = [folder / f"{side}.{kind}" for side in ("lh", "rh") for kind in ("inflated.surf.gii", "func.gii")]
            programs["wb_view"] = (["wb_view", "-no-splash", *files], 0.0, shaded)
        print("| program | first frame, s | times brainlike | memory by then, MiB | later, MiB |\n|---|---:|---:|---:|---:|")
        ours = None
        for program, (command, later, seen) in programs.items():
            runs = [first_frame(command, {"XDG_CONFIG_HOME": name}, later, seen) for _ in range(options.rounds)]
            if None in runs:
                print(f"| {program} | nothing seen | | | |", flush=True)
                continue
            seconds, memory, afterwards = (float(np.median(column)) for column in zip(*runs))
            ours = ours or seconds
            print(f"| {program} | {seconds:.2f} | {seconds / ours:.1f} | {memory:.0f} | "
                  f"{f'{afterwards:.0f}' if later else ''} |", flush=True)


if __name__ == "__main__":
    main()
