"""What the contests with Python packages have in common."""

import os
import subprocess
import time

# One thread: libraries read these when they are loaded, so contenders run in processes of their own.
SINGLE_THREAD = dict(
    os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1"
)


def best(work, passes):
    """The least of several wall times, in seconds."""
    times = []
    for _ in range(passes):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def run(command):
    """What a contender prints, and None; or None, and the last words of its failure."""
    done = subprocess.run(command, capture_output=True, text=True, env=SINGLE_THREAD)
    if done.returncode == 0:
        return done.stdout, None
    return None, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "?"
