#!/usr/bin/env python3
"""What a step change costs the GUI thread with the MEG, layers, half-time, property and responses panels and the training
bar in one window, and how often their plots are drawn for it, beside what h5py alone needs to read the same arrays.

    pip install h5py numpy
    cmake --preset bench && cmake --build --preset bench --target panel_peer
    python tests/bench/peers_panels.py demo/scores.h5 [--pictures FOLDER]

CPU time of the GUI thread (CLOCK_THREAD_CPUTIME_ID), from the change until all has been read and painted, median and
largest over the checkpoints of the first model, forwards and back; alone, and with A, B and A − B. h5py's time is that
of the MEG group mean and SEM of a step (courses) and of mean and q of three steps of one layer (sensors), read once
before.
"""
import argparse
import json
import pathlib
import subprocess
import time

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def h5py_times(path):
    with h5py.File(path, "r") as file:
        model = next(iter(file["meg"]))
        group = file[f"meg/{model}/group"]
        steps = group["mean"].shape[0]

        def read(step):
            for name in ["mean", "sem"]:
                group[name][step]
            for near in {max(step - 1, 0), step, min(step + 1, steps - 1)}:
                for name in ["mean", "q"]:
                    group[name][near, 0]

        times = []
        for step in [*range(steps), *range(steps)]:
            start = time.process_time()
            read(step)
            times.append(1000 * (time.process_time() - start))
    times = times[steps:]
    return float(np.median(times)), max(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scores", type=pathlib.Path)
    parser.add_argument("--peer", default=ROOT / "build/bench/tests/bench/panel_peer", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    options = parser.parse_args()
    command = [options.peer, options.scores] + ([options.pictures] if options.pictures else [])
    result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    for name, panels in result.items():
        for panel, times in panels.items():
            print(f"{name:9} {panel:18} median {times['median']:6.2f} ms   max {times['max']:6.2f} ms")
        for widget, count in sorted(panels["all"]["draws"].items()):
            if widget.endswith(" replot"):
                print(f"{name:9}   {widget.removesuffix(' replot'):60} drawn {count:.2f} times a step")
    median, largest = h5py_times(options.scores)
    print(f"h5py      MEG of a step      median {median:6.2f} ms   max {largest:6.2f} ms   (CPU, reading alone)")


if __name__ == "__main__":
    main()
