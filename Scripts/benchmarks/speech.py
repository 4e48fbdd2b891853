"""Set Tenca's speech models beside hmmlearn's on the recordings of a folder: see Scripts/bench.

The folder holds a manifest.csv with the columns path, label and split, train and test. Tenca trains a hidden
Markov model a class, reading and calibration included; hmmlearn the same on the features that Tenca wrote, of
which only the fits are timed. Then whole words are trained as a recogniser's units, and the test part is
recognised. One thread, once each: trainings take long.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
import wave

import contest

STATES, GAUSSIANS = 8, 4


def tenca(products, *arguments):
    """What the program prints, and the seconds that it took."""
    start = time.perf_counter()
    done = subprocess.run(
        [f"{products}/tenca", *arguments, "--threads", "1", "--quiet"],
        check=True,
        capture_output=True,
        text=True,
        env=contest.SINGLE_THREAD,
    )
    return done.stdout, time.perf_counter() - start


def recordings(folder):
    """Of every recording its path, label and part."""
    with open(os.path.join(folder, "manifest.csv"), newline="") as file:
        return [
            (os.path.join(folder, row["path"]), row["label"], row["split"])
            for row in csv.DictReader(file)
        ]


def duration(path):
    """Seconds of a WAV file."""
    with wave.open(path) as file:
        return file.getnframes() / file.getframerate()


def peer(folder, features):
    """hmmlearn's seconds of fitting, and its accuracy on the test part."""
    import numpy
    from hmmlearn.hmm import GMMHMM

    warnings.filterwarnings("ignore")
    rows = {"train": {}, "test": {}}
    for path, label, split in recordings(folder):
        name = os.path.splitext(os.path.basename(path))[0] + ".npy"
        rows[split].setdefault(label, []).append(numpy.load(os.path.join(features, name)))
    start = time.perf_counter()
    models = {}
    for label, parts in sorted(rows["train"].items()):
        models[label] = GMMHMM(STATES, GAUSSIANS, covariance_type="diag", n_iter=10, random_state=0)
        models[label].fit(numpy.concatenate(parts), [len(part) for part in parts])
    seconds = time.perf_counter() - start
    judged = [
        max(models, key=lambda name: models[name].score(part)) == label
        for label, parts in rows["test"].items()
        for part in parts
    ]
    return {"seconds": seconds, "accuracy": sum(judged) / len(judged)}


def main():
    products, folder = sys.argv[1:3]
    if len(sys.argv) > 3:
        print(json.dumps(peer(folder, sys.argv[3])))
        return
    manifest = os.path.join(folder, "manifest.csv")
    with tempfile.TemporaryDirectory() as temporary:
        model = os.path.join(temporary, "classes.tenca")
        size = ["--states", str(STATES), "--components", str(GAUSSIANS)]
        _, seconds = tenca(
            products, "train", "classifier", manifest, "--split", "train", *size, "-o", model
        )
        answer, _ = tenca(products, "evaluate", model, manifest, "--split", "test", "--json")
        result = {"work": "classes", "states": STATES, "gaussians": GAUSSIANS, "tenca": seconds}
        result["tenca, accuracy"] = json.loads(answer)["accuracy"]
        features = os.path.join(temporary, "features")
        sounds = [path for path, _, _ in recordings(folder)]
        tenca(products, "features", "mfcc", *sounds, "--deltas", "2", "-o", features)
        answer, reason = contest.run([sys.executable, __file__, products, folder, features])
        if reason:
            result["hmmlearn"] = reason
        else:
            other = json.loads(answer)
            result["hmmlearn"] = other["seconds"]
            result["hmmlearn, accuracy"] = other["accuracy"]
            result["ratio"] = other["seconds"] / seconds
        print(json.dumps(result), flush=True)

        words = os.path.join(temporary, "words.csv")
        with open(words, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["path", "text", "split"])
            for path, label, split in recordings(folder):
                writer.writerow([os.path.abspath(path), label, split])
        model = os.path.join(temporary, "words.tenca")
        _, training = tenca(
            products, "train", "recognizer", words, "--split", "train", "--units", "words", "-o", model
        )
        answer, seconds = tenca(products, "evaluate", model, words, "--split", "test", "--json")
        sound = sum(duration(path) for path, _, split in recordings(folder) if split == "test")
        print(
            json.dumps(
                {
                    "work": "words",
                    "training": training,
                    "recognition": seconds,
                    "times real time": sound / seconds,
                    "wordErrorRate": json.loads(answer)["wordErrorRate"],
                }
            ),
            flush=True,
        )


main()
