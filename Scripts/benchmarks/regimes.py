"""Set Tenca's regime-switching models beside statsmodels' on made-up series: see Scripts/bench.

The series is calm and agitated by turns, with a little trend in each. Both fit the same model to the same
numbers; statsmodels from its own start, Tenca from twenty and, for the record, from one. One thread, the
best of three passes.
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings

import contest

PASSES = 3
# Rows, regimes, order of an autoregression in mean form.
CASES = [(5000, 2, None), (5000, 3, None), (500, 2, 4)]


def series(rows, order):
    import numpy

    random = numpy.random.default_rng(0)
    turns = numpy.sin(numpy.arange(rows) / (90 if order is None else 8)) > 0
    values = random.normal(size=rows) * numpy.where(turns, 2.0, 0.7)
    values = values + numpy.where(turns, -0.1, 0.05)
    if order is None:
        return values
    # An autoregression around two means.
    means = numpy.where(turns, -2.0, 2.0)
    result = numpy.zeros(rows)
    for row in range(rows):
        before = result[row - 1] - means[row - 1] if row else 0.0
        result[row] = means[row] + 0.4 * before + random.normal()
    return result


def peer(path, states, order):
    import numpy
    import statsmodels.api as sm

    warnings.filterwarnings("ignore")
    values = numpy.loadtxt(path, skiprows=1)
    if order is None:
        model = sm.tsa.MarkovRegression(values, k_regimes=states, switching_variance=True)
    else:
        model = sm.tsa.MarkovAutoregression(
            values, k_regimes=states, order=order, switching_ar=False
        )
    found = []
    seconds = contest.best(lambda: found.append(model.fit(disp=False)), PASSES)
    return {"seconds": seconds, "logLikelihood": float(found[-1].llf)}


def main():
    products = sys.argv[1]
    if len(sys.argv) > 2:
        path, states, order = sys.argv[2:]
        print(json.dumps(peer(path, int(states), None if order == "-" else int(order))))
        return
    for rows, states, order in CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "series.csv")
            with open(path, "w") as file:
                file.write("value\n" + "".join(f"{x!r}\n" for x in map(float, series(rows, order))))
            result = {"rows": rows, "regimes": states, "order": order}
            for starts in (1, 20):
                command = [f"{products}/tenca-benchmarks", "regimes", path]
                command += ["--states", str(states), "--restarts", str(starts)]
                command += ["--passes", str(PASSES)]
                if order is not None:
                    command += ["--order", str(order)]
                own = subprocess.run(
                    command, check=True, capture_output=True, text=True, env=contest.SINGLE_THREAD
                )
                lines = [json.loads(line) for line in own.stdout.splitlines()]
                name = f"tenca, {starts} start" + ("s" if starts > 1 else "")
                result[name] = lines[0]["wall"]
                result[f"{name}, log-likelihood"] = lines[1]["logLikelihood"]
            answer, reason = contest.run(
                [sys.executable, __file__, products, path, str(states), str(order or "-")]
            )
            if reason:
                result["statsmodels"] = reason
            else:
                other = json.loads(answer)
                result["statsmodels"] = other["seconds"]
                result["statsmodels, log-likelihood"] = other["logLikelihood"]
                for starts in ("1 start", "20 starts"):
                    result[f"ratio, {starts}"] = other["seconds"] / result[f"tenca, {starts}"]
            print(json.dumps(result), flush=True)


main()
