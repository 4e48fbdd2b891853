"""Cases and their arrays, gathered and written."""
import json
import math
import platform
from collections import Counter
from importlib.metadata import version

import numpy as np
from safetensors.numpy import save_file


class Collection:
    """What `make-goldens` writes: named arrays, and the cases that explain them."""

    def __init__(self, signals):
        self.signals = signals
        self.cases = []
        self.arrays = {}

    def add_sounds(self, convention, feature, compute, rows):
        """Add `compute(signal, **options)` for each row (label, name of the signal, options)."""
        for label, signal, options in rows:
            values = compute(self.signals[signal], **options)
            self.add(convention, feature, label, values, options, signal=signal)

    def add_derived(self, convention, feature, compute, rows):
        """Add `compute(features, **options)` for each row (label, tensor's name, options)."""
        for label, source, options in rows:
            values = compute(self.arrays[source], **options)
            self.add(convention, feature, label, values, options, source=source)

    def add_banks(self, convention, compute, rows):
        """Add `compute(**options)`, a filter bank, for each row (label, options)."""
        for label, options in rows:
            self.add(convention, "bank", label, compute(**options), options)

    def add(self, convention, feature, label, values, options, signal=None, source=None):
        """Record one case.

        `values` is frames x coefficients (a bank: bands x bins), float32 or float64 as the peer
        computed it. `signal` names the sound analysed; `source` the tensor, where the feature is
        made of other features. A bank has neither.
        """
        name = "-".join([convention, feature, label])
        self.cases.append({
            "name": name,
            "convention": convention,
            "signal": signal,
            "input": source,
            "feature": feature,
            "options": {key: json_value(value) for key, value in options.items()},
            "tensor": name,
            "peerDtype": values.dtype.name,
        })
        self.store(name, values)

    def store(self, name, values):
        """Keep an array: a case's values, or the input of cases."""
        assert name not in self.arrays, f"two arrays named {name}"
        assert values.ndim == 2 and values.dtype in (np.float32, np.float64), name
        assert np.isfinite(values).all(), f"{name} is not finite"
        self.arrays[name] = np.ascontiguousarray(values)

    def write(self, folder):
        """Write `cases.json` and `goldens.safetensors`."""
        lines = ",\n".join(json.dumps(case, allow_nan=False) for case in self.cases)
        (folder / "cases.json").write_text(f"[\n{lines}\n]\n")
        packages = ("numpy", "scipy", "librosa", "kaldi-native-fbank", "safetensors")
        tools = [f"python {platform.python_version()}"]
        tools += [f"{package} {version(package)}" for package in packages]
        archive = folder / "goldens.safetensors"
        # One entry: the package writes several in an order that changes from run to run.
        save_file(self.arrays, archive, metadata={"made_with": ", ".join(tools)})
        archive.chmod(0o644)

    def summary(self):
        """How many cases of each convention and feature, and their size."""
        counts = Counter((case["convention"], case["feature"]) for case in self.cases)
        rows = [f"{group[0]:11} {group[1]:12} {count}" for group, count in counts.items()]
        size = sum(values.nbytes for values in self.arrays.values())
        return "\n".join(rows + [f"{len(self.cases)} cases, {size / 1e6:.2f} MB of arrays"])


def json_value(value):
    """`value` as JSON can say it: infinity is the word "inf", None is null."""
    return "inf" if isinstance(value, float) and math.isinf(value) else value
