#!/usr/bin/env python3
"""Nested cross-validated ridge beside scikit-learn and himalaya: the same arrays, the same answers, and the ratio of times.

    pip install scikit-learn himalaya torch
    cmake --preset bench && cmake --build --preset bench --target brainlike
    python tests/bench/peers_ridge.py [--size 2000x384x5000] [--brainlike build/bench/app/brainlike] [--repeats 3]

What is timed: five contiguous outer folds, each with 5-fold cross-validation over ten λ on its training rows, prediction
of its test rows and Pearson's r a target, float32. brainlike is the whole command, with the reading and writing of
files; peers start from arrays in memory. Every program may use all cores; each peer is timed with one thread and with
all, and its better time counts. The smallest time of the repeats is taken for every one of them.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import h5py
import himalaya.backend
import himalaya.ridge
import numpy as np
import sklearn.linear_model
from sklearn.model_selection import KFold
from threadpoolctl import threadpool_limits

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALPHAS = np.logspace(0, 8, 10)
FOLDS = 5


def arrays(images, features, targets, seed=0):
    """Features with a decaying spectrum; responses explained to different degrees."""
    random = np.random.default_rng(seed)
    scales = np.float32(1) / np.sqrt(1 + np.arange(features, dtype=np.float32))
    x = random.standard_normal((images, features), np.float32) * scales @ random.standard_normal(
        (features, features), np.float32)
    w = random.standard_normal((features, targets), np.float32) / np.sqrt(np.float32(features))
    signal = x @ w
    signal /= signal.std(0)
    noise = np.float32(1) + 4 * random.random(targets, np.float32)
    return x, signal + noise * random.standard_normal((images, targets), np.float32)


def correlation(predicted, measured):
    predicted = predicted - predicted.mean(0)
    measured = measured - measured.mean(0)
    return (predicted * measured).sum(0) / np.sqrt((predicted**2).sum(0) * (measured**2).sum(0))


def nested(x, y, fit):
    scores = []
    for train, test in KFold(FOLDS).split(x):
        mean, scale = x[train].mean(0), x[train].std(0)
        predicted = fit((x[train] - mean) / scale, y[train], (x[test] - mean) / scale)
        scores.append(correlation(predicted, y[test]))
    return np.mean(scores, axis=0)


def scikit_learn(x, y, test, mode):
    return sklearn.linear_model.RidgeCV(ALPHAS, cv=FOLDS).fit(x, y).predict(test)


def himalaya_with(backend_name):
    def fit(x, y, test, mode):
        backend = himalaya.backend.set_backend(backend_name)
        model = himalaya.ridge.RidgeCV(ALPHAS, cv=KFold(FOLDS), fit_intercept=True, solver_params={
            "local_alpha": mode == "per_target"})
        model.fit(backend.asarray(x), backend.asarray(y))
        return backend.to_numpy(model.predict(backend.asarray(test)))
    return fit


def seconds_of(call, repeats):
    best, answer = np.inf, None
    for _ in range(repeats):
        start = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - start)
    return best, answer


def threads_to_try(wanted):
    return [int(t) for t in wanted.split(",")] if wanted else sorted({1, os.cpu_count()})


def peer_time(fit, x, y, mode, threads, repeats):
    best = (np.inf, None, 0)
    for count in threads:
        with threadpool_limits(count):
            if "torch" in sys.modules:
                sys.modules["torch"].set_num_threads(count)
            seconds, scores = seconds_of(lambda: nested(x, y, lambda a, b, c: fit(a, b, c, mode)), repeats)
        if seconds < best[0]:
            best = (seconds, scores, count)
    return best


def brainlike(program, folder, mode, threads):
    command = [program, "ridge", "--features", folder / "x.npy", "--responses", folder / "y.npy", "--out",
               folder / "r.h5", "--lambda-mode", mode, "--threads", str(threads), "--progress", "none"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def peak_memory(arguments):
    """MiB of one run of the command, from its own resource use."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)")
    return int(subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True,
                              text=True).stdout)


def compare(program, size, options):
    x, y = arrays(*size)
    print(f"\n{size[0]} images x {size[1]} features x {size[2]} targets, float32, {len(ALPHAS)} lambda, "
          f"{FOLDS} x {FOLDS} folds, {os.cpu_count()} cores")
    print("| mode | program | seconds | times brainlike | largest difference of r |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        np.save(folder / "x.npy", x)
        np.save(folder / "y.npy", y)
        for mode in options.modes.split(","):
            ours, _ = seconds_of(lambda: brainlike(program, folder, mode, os.cpu_count()), options.repeats + 1)
            with h5py.File(folder / "r.h5") as file:
                scores = file["score"][:]
            print(f"| {mode} | brainlike | {ours:.2f} | 1 | |", flush=True)
            peers = {"himalaya, torch": himalaya_with("torch"), "himalaya, NumPy": himalaya_with("numpy")}
            if mode == "global":
                peers["scikit-learn"] = scikit_learn
            for label, fit in peers.items():
                if options.peers and not any(name in label for name in options.peers.split(",")):
                    continue
                seconds, theirs, threads = peer_time(fit, x, y, mode, threads_to_try(options.threads), options.repeats)
                difference = np.nanmax(np.abs(theirs - scores))
                print(f"| {mode} | {label}, {threads} threads | {seconds:.2f} | {seconds / ours:.1f} | {difference:.1e} |",
                      flush=True)


def scaling(program, size):
    """Cost and memory of targets x 1, 4, 16 with one thread and two."""
    print("\n| targets | threads | seconds, as a multiple of the first | peak memory |\n|---:|---:|---:|---:|")
    first = None
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for factor in (1, 4, 16):
            x, y = arrays(size[0], size[1], factor * size[2])
            np.save(folder / "x.npy", x)
            np.save(folder / "y.npy", y)
            for threads in (1, 2):
                seconds, _ = seconds_of(lambda: brainlike(program, folder, "global", threads), 2)
                first = first or seconds
                memory = peak_memory([program, "ridge", "--features", folder / "x.npy", "--responses", folder / "y.npy",
                                      "--out", folder / "r.h5", "--threads", threads, "--progress", "none"])
                print(f"| {factor * size[2]} | {threads} | {seconds / first:.2f} | {memory} MiB |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="2000x384x5000", help="images x features x targets; several by commas")
    parser.add_argument("--brainlike", default=ROOT / "build/bench/app/brainlike", type=pathlib.Path)
    parser.add_argument("--modes", default="global,per_target")
    parser.add_argument("--threads", default="", help="of the peers, by commas (default: 1 and all cores)")
    parser.add_argument("--peers", default="", help="only those whose names hold one of these words")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--no-scaling", action="store_true")
    options = parser.parse_args()
    for size in options.size.split(","):
        compare(options.brainlike, tuple(int(number) for number in size.split("x")), options)
    if not options.no_scaling:
        scaling(options.brainlike, (1000, 256, 2000))


if __name__ == "__main__":
    main()
