"""Set Tenca's mixtures and k-means beside scikit-learn's on made-up rows: see Scripts/bench.

Both get rows of one distribution: 16 round clouds whose centres are drawn with three times the spread
of a cloud, 39 columns. An EM iteration is the difference between a fit of six and one of one; k-means
starts from the first 16 rows and makes at most 20 iterations. One thread, the best of three passes.
"""

import json
import subprocess
import sys
import warnings

import contest

ROWS, COLUMNS, COMPONENTS, SPREAD, PASSES = 200_000, 39, 16, 3, 3


def rows(dtype):
    import numpy

    random = numpy.random.default_rng(0)
    centres = SPREAD * random.normal(size=(COMPONENTS, COLUMNS))
    labels = random.integers(0, COMPONENTS, ROWS)
    return (random.normal(size=(ROWS, COLUMNS)) + centres[labels]).astype(dtype)


def best(work):
    return contest.best(work, PASSES)


def peer(name, dtype):
    from sklearn.cluster import KMeans
    from sklearn.mixture import GaussianMixture

    warnings.filterwarnings("ignore")
    data = rows(dtype)
    if name == "k-means":
        model = KMeans(
            COMPONENTS, init=data[:COMPONENTS], n_init=1, max_iter=20, tol=0, algorithm="lloyd"
        )
        seconds = best(lambda: model.fit(data))
        return {"wall": seconds, "iterations": model.n_iter_}

    def fit(iterations):
        GaussianMixture(
            COMPONENTS,
            covariance_type={"diagonal": "diag"}.get(name, name),
            max_iter=iterations,
            tol=0,
            init_params="random_from_data",
            means_init=data[:COMPONENTS],
            random_state=0,
        ).fit(data)

    return {"wall": (best(lambda: fit(6)) - best(lambda: fit(1))) / 5}


def product_peak():
    """Multiplications and additions a second of a large matrix product in single precision."""
    import numpy

    matrix = numpy.ones((2048, 2048), numpy.float32)
    return 2 * 2048**3 / best(lambda: matrix @ matrix)


def main():
    products = sys.argv[1]
    if len(sys.argv) > 2:
        name, dtype = sys.argv[2:]
        result = {"peak": product_peak()} if name == "peak" else peer(name, dtype)
        print(json.dumps(result))
        return
    command = [f"{products}/tenca-benchmarks", "mixtures", "--spread", str(SPREAD)]
    own = {}
    for line in subprocess.run(
        command, check=True, capture_output=True, text=True, env=contest.SINGLE_THREAD
    ).stdout.splitlines():
        print(line, flush=True)
        result = json.loads(line)
        own[result["name"]] = result["wall"]
    for name, dtype in [
        ("diagonal", "float64"),
        ("diagonal", "float32"),
        ("full", "float64"),
        ("full", "float32"),
        ("k-means", "float32"),
        ("peak", "float32"),
    ]:
        answer, reason = contest.run([sys.executable, __file__, products, name, dtype])
        if reason:
            print(json.dumps({"name": f"scikit-learn {name}", "error": reason}), flush=True)
            continue
        result = {"name": f"scikit-learn {name}", "dtype": dtype, **json.loads(answer)}
        mine = own.get(name if name == "k-means" else f"em-{name}")
        if mine:
            result["times_slower_than_tenca"] = result["wall"] / mine
        print(json.dumps(result), flush=True)


main()
