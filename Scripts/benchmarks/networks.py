"""Set Tenca's training steps beside PyTorch's on the same made-up pictures: see Scripts/bench.

Two threads for both, which sleep while they wait, so that processor time is work. PyTorch runs in both its
layouts of pictures; the better one counts. Each contender is a process of its own, one after the other.
"""

import json
import os
import subprocess
import sys
import time

THREADS = 2
BATCHES = {"vaemlp": 128} | dict.fromkeys(["vaeconv", "cdcgan", "wgangp", "ddpm", "dcgan64"], 64)
# Short steps need more of them until both contenders have had a quiet moment.
PASSES = {"vaemlp": 100, "cdcgan": 30, "wgangp": 30, "vaeconv": 20, "ddpm": 20, "dcgan64": 20}
ENVIRONMENT = dict(
    os.environ, OMP_NUM_THREADS=str(THREADS), OMP_WAIT_POLICY="PASSIVE", KMP_BLOCKTIME="0"
)


def peer(name, layout):
    import network_peer
    import torch

    torch.set_num_threads(THREADS)
    # Once 16 MB were freed, the C library keeps what is freed instead of handing it back page by page:
    # the state of a process that has read its data, and a third faster for small steps.
    torch.zeros(2048, 2048)
    step = network_peer.make(name, BATCHES[name], getattr(torch, layout))
    for _ in range(2):
        step()
    wall = cpu = float("inf")
    repeats = 8 if name == "vaemlp" else 1
    for _ in range(PASSES[name]):
        start, used = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            step()
        wall = min(wall, (time.perf_counter() - start) / repeats)
        cpu = min(cpu, (time.process_time() - used) / repeats)
    return {"wall": wall, "cpu": cpu, "peakMemory": peak_memory(), "pictures": BATCHES[name]}


def peak_memory():
    """The most that this process has held, in bytes."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def rates(answer):
    pictures = answer["pictures"]
    return {
        "images/s by wall": pictures / answer["wall"],
        "images/s by processor": pictures * THREADS / answer["cpu"],
        "peak MB": answer["peakMemory"] / 1e6,
    }


def answer_of(command):
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode:
        return None, (done.stderr.strip().splitlines() or ["?"])[-1]
    return json.loads(done.stdout.splitlines()[-1]), None


def main():
    products = sys.argv[1]
    if len(sys.argv) > 2:
        return print(json.dumps(peer(*sys.argv[2:])))
    for name in BATCHES:
        command = [f"{products}/tenca-benchmarks", "networks", name, "--passes", str(PASSES[name])]
        command += ["--threads", str(THREADS), "--steps", "8" if name == "vaemlp" else "1"]
        own, problem = answer_of(command)
        if problem:
            sys.exit(problem)
        own["pictures"] = own["size"]["pictures"]
        result = {"network": name, "tenca": rates(own)}
        for key in ("gflops", "sgemmGflops", "fractionOfPeak", "fractionOfPeakByProcessor"):
            result["tenca"][key] = own[key]
        for layout in ("contiguous_format", "channels_last"):
            other, problem = answer_of([sys.executable, __file__, products, name, layout])
            result[f"torch, {layout}"] = problem or rates(other)
        others = [value for value in result.values() if isinstance(value, dict)][1:]
        if others:
            for way in ("images/s by wall", "images/s by processor"):
                result[f"ratio, {way}"] = result["tenca"][way] / max(o[way] for o in others)
        print(json.dumps(result), flush=True)


main()
