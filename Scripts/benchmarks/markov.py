"""Set Tenca's hidden Markov models beside hmmlearn's on made-up sequences: see Scripts/bench.

Both get rows of one distribution: states that stay nine times out of ten, whose means are drawn with twice
the spread of rows around them. An iteration of Baum-Welch is the difference between a fit of six and one of
one (of two, for the slow ones), over the iterations between. One thread, the best of three passes.
"""

import json
import logging
import subprocess
import sys
import warnings

import contest

PASSES = 3
# What is timed, rows, columns, states.
CASES = [
    ("em-diagonal", 100_000, 13, 4),
    ("em-diagonal", 100_000, 13, 8),
    ("em-diagonal", 100_000, 13, 16),
    ("em-full", 100_000, 13, 4),
    ("em-full", 100_000, 13, 16),
    ("em-categorical", 200_000, 1, 8),
    ("em-mixture", 20_000, 13, 5),
    ("score", 1_000_000, 2, 16),
    ("decode", 1_000_000, 2, 16),
    ("posteriors", 1_000_000, 2, 16),
]


def best(work):
    return contest.best(work, PASSES)


def sequence(rows, columns, states):
    import numpy

    random = numpy.random.default_rng(0)
    steps = numpy.full((states, states), 0.1 / (states - 1))
    numpy.fill_diagonal(steps, 0.9)
    means = 2 * random.normal(size=(states, columns))
    path = numpy.empty(rows, int)
    path[0] = 0
    sums, draws = steps.cumsum(1), random.random(rows)
    for row in range(1, rows):
        path[row] = min(numpy.searchsorted(sums[path[row - 1]], draws[row]), states - 1)
    return means[path] + random.normal(size=(rows, columns)), steps, means


def peer(name, rows, columns, states, implementation):
    import numpy
    from hmmlearn import hmm

    warnings.filterwarnings("ignore")
    logging.disable(50)
    random = numpy.random.default_rng(1)
    shared = {"tol": -numpy.inf, "implementation": implementation}
    if name == "em-categorical":
        data = random.integers(0, 20, (rows, 1))
        make = lambda n: hmm.CategoricalHMM(states, n_iter=n, random_state=0, **shared)
    else:
        data, steps, means = sequence(rows, columns, states)
        if name == "em-mixture":
            make = lambda n: hmm.GMMHMM(
                states, 8, covariance_type="diag", n_iter=n, random_state=0, **shared
            )
        else:
            kind = "full" if name == "em-full" else "diag"
            covariances = numpy.ones((states, columns))
            if kind == "full":
                covariances = numpy.tile(numpy.eye(columns), (states, 1, 1))

            def make(n):
                model = hmm.GaussianHMM(states, kind, n_iter=n, init_params="", **shared)
                model.startprob_ = numpy.full(states, 1 / states)
                model.transmat_, model.means_, model.covars_ = steps, means, covariances
                return model

    if name in ("score", "decode", "posteriors"):
        call = getattr(make(1), "predict_proba" if name == "posteriors" else name)
        return best(lambda: call(data))
    last = 2 if implementation == "log" else 6
    return (best(lambda: make(last).fit(data)) - best(lambda: make(1).fit(data))) / (last - 1)


def main():
    products = sys.argv[1]
    if len(sys.argv) > 2:
        name, rows, columns, states, implementation = sys.argv[2:]
        print(peer(name, int(rows), int(columns), int(states), implementation))
        return
    for name, rows, columns, states in CASES:
        sizes = [str(rows), str(columns), str(states)]
        own = subprocess.run(
            [f"{products}/tenca-benchmarks", "markov", "--only", name, "--passes", str(PASSES)]
            + ["--rows", sizes[0], "--columns", sizes[1], "--states", sizes[2]],
            check=True,
            capture_output=True,
            text=True,
            env=contest.SINGLE_THREAD,
        )
        wall = json.loads(own.stdout.splitlines()[0])["wall"]
        result = {"name": name, "rows": rows, "columns": columns, "states": states, "tenca": wall}
        for implementation in ("log", "scaling"):
            answer, reason = contest.run(
                [sys.executable, __file__, products, name, *sizes, implementation]
            )
            if reason:
                result[f"hmmlearn {implementation}"] = reason
                continue
            seconds = float(answer)
            result[f"hmmlearn {implementation}"] = seconds
            result[f"ratio {implementation}"] = seconds / wall
        print(json.dumps(result), flush=True)


main()
