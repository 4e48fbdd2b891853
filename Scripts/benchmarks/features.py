"""Set Tenca's feature extraction beside its peers' on one folder: see Scripts/bench.

Every contender reads each file and computes its MFCC, in a process of its own with one thread
(Tenca also with two); the best of several passes counts, after one that does not. A cold process is
the whole of it: start, read one file, finish.
"""

import glob
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time

PASSES = 5
COLD_RUNS = 11


def librosa_mfcc(files):
    import librosa
    import soundfile

    for file in files:
        samples, rate = soundfile.read(file, dtype="float32")
        librosa.feature.mfcc(
            y=samples, sr=rate, n_mfcc=13, n_fft=512, hop_length=rate // 100, n_mels=40
        )


def kaldi_mfcc(files):
    import kaldi_native_fbank
    import numpy
    import soundfile

    for file in files:
        samples, rate = soundfile.read(file, dtype="float32")
        options = kaldi_native_fbank.MfccOptions()
        options.frame_opts.samp_freq = rate
        options.frame_opts.dither = 0
        extractor = kaldi_native_fbank.OnlineMfcc(options)
        extractor.accept_waveform(rate, samples * 32768)
        extractor.input_finished()
        numpy.stack([extractor.get_frame(i) for i in range(extractor.num_frames_ready)])


PEERS = {"librosa": librosa_mfcc, "kaldi_native_fbank": kaldi_mfcc}


def run_peer(name, files):
    """The best wall and processor times of a peer, in this process."""
    PEERS[name](files)
    walls, cpus = [], []
    for _ in range(PASSES):
        wall, cpu = time.perf_counter(), time.process_time()
        PEERS[name](files)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    import importlib.metadata

    version = importlib.metadata.version(name.replace("_", "-"))
    return {"name": name, "version": version, "wall": min(walls), "cpu": min(cpus)}


def cold(command):
    """The median seconds of a whole process."""
    times = []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main():
    products, folder, model = sys.argv[1:4]
    files = sorted(glob.glob(os.path.join(folder, "**", "*.wav"), recursive=True))
    if not files:
        sys.exit(f"{folder}: no .wav file")
    environment = dict(
        os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", NUMBA_NUM_THREADS="1"
    )
    tenca = {}
    for threads in (1, 2):
        output = subprocess.run(
            [f"{products}/tenca-benchmarks", "features", folder, "--threads", str(threads)],
            check=True, capture_output=True, text=True,
        ).stdout
        for line in output.splitlines():
            print(line, flush=True)
            result = json.loads(line)
            tenca[result["name"], threads] = result["wall"]
    cold_tenca = cold([f"{products}/tenca", "classify", model, files[0]])
    print(json.dumps({"name": "tenca classify, cold", "wall": cold_tenca}), flush=True)

    for peer in PEERS:
        if importlib.util.find_spec(peer) is None:
            print(f"{peer} is not installed for {sys.executable}", file=sys.stderr)
            continue
        this = [sys.executable, __file__, "--peer", peer]
        result = json.loads(
            subprocess.run(
                this + files, check=True, capture_output=True, text=True, env=environment
            ).stdout
        )
        result["cold"] = cold(this + ["--once", files[0]])
        setting = "mfcc-librosa" if peer == "librosa" else "mfcc-kaldi"
        for threads in (1, 2):
            result[f"times_slower_than_tenca_{threads}"] = result["wall"] / tenca[setting, threads]
        result["cold_times_slower"] = result["cold"] / cold_tenca
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        if sys.argv[3] == "--once":
            PEERS[sys.argv[2]](sys.argv[4:])
        else:
            print(json.dumps(run_peer(sys.argv[2], sys.argv[3:])))
    else:
        main()
