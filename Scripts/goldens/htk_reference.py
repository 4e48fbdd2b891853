"""HTK's front end in float64, from the rules of HTKLib's HSigP and HParm and of the HTK Book.

HTK computes in float32. Samples are at int16 scale. Options carry the names of HTK's configuration
variables; times are in units of 100 ns. The rules, in the order in which they apply to a frame:

1. ZMEANSOURCE: the frame's mean is subtracted.
2. RAWENERGY: log energy ln(sum of squares) is taken here; otherwise after step 4.
3. PREEMCOEF a: x[i] -= a x[i-1], and x[0] *= 1 - a.
4. USEHAMMING: 0.54 - 0.46 cos(2 pi i / (L-1)).
5. FFT of the next power of two; magnitudes, or powers with USEPOWER.
6. NUMCHANS bands, triangles linear in mel = 1127 ln(1 + f/700) over bins
   max(1, int(LOFREQ N/rate + 1.5)) to min(N/2 - 1, int(HIFREQ N/rate - 0.5)). Without LOFREQ and
   HIFREQ (-1): bins 1 to N/2 - 1, and bands spread from 0 to half the rate.
7. Band energies floored at 1.0, then ln. MELSPEC stops before this step, FBANK after it.
8. c[j] = sqrt(2/P) sum over k = 1...P of L[k] cos(pi j (k - 1/2) / P), j = 1...NUMCEPS;
   times 1 + CEPLIFTER/2 sin(pi j / CEPLIFTER). C0 = sqrt(2/P) sum L[k], not liftered.
9. Row: cepstra, then C0 (_0) or log energy (_E).
10. ENORMALISE, over the utterance: E = 1 - ESCALE (Emax - max(E, Emax - SILFLOOR ln 10 / 10)).
11. _D: sum over t = 1...DELTAWINDOW of t (c[+t] - c[-t]) / (2 sum t^2), edges replicated.
    _A: the same of the deltas, with ACCWINDOW.
"""
import math

import numpy as np

DEFAULTS = {
    "SOURCERATE": None, "TARGETKIND": "MFCC_0", "TARGETRATE": 100000.0, "WINDOWSIZE": 256000.0,
    "ZMEANSOURCE": False, "PREEMCOEF": 0.97, "USEHAMMING": True, "USEPOWER": False,
    "NUMCHANS": 20, "LOFREQ": -1.0, "HIFREQ": -1.0, "NUMCEPS": 12, "CEPLIFTER": 22,
    "RAWENERGY": True, "ENORMALISE": True, "ESCALE": 0.1, "SILFLOOR": 50.0,
    "DELTAWINDOW": 2, "ACCWINDOW": 2,
}
LOG_ZERO = -1.0e10  # HTK's logarithm of nothing


def mel(hertz):
    return 1127 * np.log(1 + hertz / 700)


def frame_size(options):
    return int(options["WINDOWSIZE"] / options["SOURCERATE"])


def filter_bank(**chosen):
    """Weights of the bands: NUMCHANS x bins 0...N/2."""
    options = DEFAULTS | chosen
    rate = 1e7 / options["SOURCERATE"]
    size = 2
    while size < frame_size(options):
        size *= 2
    low, high = options["LOFREQ"], options["HIFREQ"]
    first, last = 1, size // 2 - 1
    edges = [0.0, mel(rate / 2)]
    if low >= 0:
        first, edges[0] = max(first, int(low * size / rate + 1.5)), mel(low)
    if high >= 0:
        last, edges[1] = min(last, int(high * size / rate - 0.5)), mel(high)
    points = np.linspace(*edges, options["NUMCHANS"] + 2)
    bins = np.arange(size // 2 + 1)
    left, centre, right = points[:-2, None], points[1:-1, None], points[2:, None]
    place = mel(bins * rate / size)
    rising, falling = (place - left) / (centre - left), (right - place) / (right - centre)
    inside = (bins >= first) & (bins <= last)
    return np.maximum(0, np.minimum(rising, falling)) * inside


def log_energy(frame):
    energy = (frame**2).sum()
    return math.log(energy) if energy > 0 else LOG_ZERO


def regression(features, window):
    """Deltas of features over frames, edges replicated."""
    padded = np.pad(features, ((window, window), (0, 0)), mode="edge")
    count = len(features)
    slopes = sum(
        offset * (padded[window + offset :][:count] - padded[window - offset :][:count])
        for offset in range(1, window + 1)
    )
    return slopes / (2 * sum(offset**2 for offset in range(1, window + 1)))


def with_deltas(statics, **chosen):
    """Statics, then deltas (_D of TARGETKIND), then accelerations (_A)."""
    options = DEFAULTS | chosen
    qualifiers = options["TARGETKIND"].split("_")
    blocks = [statics]
    if "D" in qualifiers:
        blocks.append(regression(statics, options["DELTAWINDOW"]))
    if "A" in qualifiers:
        blocks.append(regression(blocks[1], options["ACCWINDOW"]))
    return np.hstack(blocks)


def normalized_energy(energies, options):
    greatest = energies.max()
    floor = greatest - options["SILFLOOR"] * math.log(10) / 10
    return 1 - options["ESCALE"] * (greatest - np.maximum(energies, floor))


def analyse(samples, rate, **chosen):
    """Rows of TARGETKIND: MELSPEC, FBANK or MFCC with qualifiers _0 or _E, _D, _A."""
    options = DEFAULTS | {"SOURCERATE": 1e7 / rate} | chosen
    kind, *qualifiers = options["TARGETKIND"].split("_")
    bank = filter_bank(**options)
    size, fft_size = frame_size(options), 2 * (bank.shape[1] - 1)
    shift = int(options["TARGETRATE"] / options["SOURCERATE"])
    window = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(size) / (size - 1))
    bands, energies = [], []
    for start in range(0, len(samples) - size + 1, shift):
        frame = samples[start : start + size].copy()
        if options["ZMEANSOURCE"]:
            frame -= frame.mean()
        raw = log_energy(frame)
        frame -= options["PREEMCOEF"] * np.concatenate([frame[:1], frame[:-1]])
        if options["USEHAMMING"]:
            frame *= window
        energies.append(raw if options["RAWENERGY"] else log_energy(frame))
        spectrum = np.abs(np.fft.rfft(frame, fft_size))
        bands.append(bank @ (spectrum**2 if options["USEPOWER"] else spectrum))
    bands, energies = np.array(bands), np.array(energies)
    if kind == "MELSPEC":
        return with_deltas(bands, **options)
    logs = np.log(np.maximum(bands, 1.0))
    if kind == "FBANK":
        return with_deltas(logs, **options)

    count = options["NUMCHANS"]
    order = np.arange(options["NUMCEPS"] + 1)
    cosines = np.cos(np.pi / count * np.outer(order, np.arange(count) + 0.5))
    cepstra = np.sqrt(2 / count) * logs @ cosines.T
    if options["CEPLIFTER"] > 0:
        cepstra *= 1 + options["CEPLIFTER"] / 2 * np.sin(np.pi * order / options["CEPLIFTER"])
    columns = [cepstra[:, 1:]]
    if "0" in qualifiers:
        columns.append(cepstra[:, :1])
    if "E" in qualifiers:
        shown = normalized_energy(energies, options) if options["ENORMALISE"] else energies
        columns.append(shown[:, None])
    return with_deltas(np.hstack(columns), **options)
