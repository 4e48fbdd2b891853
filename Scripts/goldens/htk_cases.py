"""HTK's front end, by the float64 reference beside this file.

Options carry the names of HTK's configuration variables; what is not named has HTK's default.
TARGETRATE is 100000 (10 ms) throughout unless named, SOURCERATE the signal's sample period except
for banks. Every case names WINDOWSIZE, since HTK's default of 25.6 ms is hardly ever meant.
"""
import random

import numpy as np

from . import htk_reference as reference
from .kaldi_cases import bank as kaldi_bank

CHIRP, DIGIT, CLICKS = "chirp-noise-16k", "digit-8k", "clicks-8k"


def analyse(signal, **options):
    return reference.analyse(signal.int16_scale, signal.rate, **options)


def target(kind, **options):
    return {"TARGETKIND": kind, "WINDOWSIZE": 250000.0, **options}


MEL = [
    ("fbank-16k", CHIRP, target("FBANK")),
    ("fbank-8k", DIGIT, target("FBANK")),
    ("melspec", DIGIT, target("MELSPEC")),
    ("melspec-power", DIGIT, target("MELSPEC", USEPOWER=True)),
    ("fbank-power", CHIRP, target("FBANK", USEPOWER=True, NUMCHANS=26)),
    ("fbank-low-high", CHIRP, target("FBANK", LOFREQ=125.0, HIFREQ=6800.0)),
    ("fbank-low-only", DIGIT, target("FBANK", LOFREQ=80.0)),
    ("fbank-silence", "silence-16k", target("FBANK")),
    ("fbank-deltas", DIGIT, target("FBANK_D_A")),
]

MFCC = [
    ("c0-16k", CHIRP, target("MFCC_0")),
    ("c0-8k", DIGIT, target("MFCC_0")),
    ("plain", DIGIT, target("MFCC")),
    ("window-25.6", DIGIT, {"TARGETKIND": "MFCC_0", "WINDOWSIZE": 256000.0}),
    ("silence", "silence-16k", target("MFCC_0")),
    ("energy", DIGIT, target("MFCC_E")),
    ("energy-plain", DIGIT, target("MFCC_E", ENORMALISE=False)),
    ("energy-windowed", DIGIT, target("MFCC_E", ENORMALISE=False, RAWENERGY=False)),
    ("energy-floored", CLICKS, target("MFCC_E")),
    ("energy-scaled", CLICKS, target("MFCC_E", ESCALE=1.0, SILFLOOR=30.0)),
    ("c0-deltas", DIGIT, target("MFCC_0_D_A")),
    ("energy-deltas", DIGIT, target("MFCC_E_D_A")),
    ("wide-deltas", DIGIT, target("MFCC_0_D_A", DELTAWINDOW=3, ACCWINDOW=4)),
    ("power", CHIRP, target("MFCC_0", USEPOWER=True)),
    ("no-lifter", DIGIT, target("MFCC_0", CEPLIFTER=0)),
    ("chans-ceps", CHIRP, target("MFCC_0", NUMCHANS=26, NUMCEPS=18, CEPLIFTER=15)),
    ("zero-mean", CHIRP, target("MFCC_0", ZMEANSOURCE=True)),
    ("no-hamming", CHIRP, target("MFCC_0", USEHAMMING=False)),
    ("no-preemphasis", CHIRP, target("MFCC_0", PREEMCOEF=0.0)),
    ("low-high", CHIRP, target("MFCC_0", LOFREQ=300.0, HIFREQ=3400.0)),
    ("frames-32-8", CHIRP,
     {"TARGETKIND": "MFCC_0", "WINDOWSIZE": 320000.0, "TARGETRATE": 80000.0}),
]

BANKS = [
    ("16k", {"SOURCERATE": 625.0, "WINDOWSIZE": 250000.0}),
    ("8k-26", {"SOURCERATE": 1250.0, "WINDOWSIZE": 250000.0, "NUMCHANS": 26}),
    ("8k-low-high",
     {"SOURCERATE": 1250.0, "WINDOWSIZE": 250000.0, "LOFREQ": 125.0, "HIFREQ": 3400.0}),
]

CEPSTRA = "htk-mfcc-c0-8k"

DELTA = [
    ("first", CEPSTRA, {"TARGETKIND": "USER_D"}),
    ("first-and-second", CEPSTRA, {"TARGETKIND": "USER_D_A"}),
    ("wide", CEPSTRA, {"TARGETKIND": "USER_D_A", "DELTAWINDOW": 4, "ACCWINDOW": 1}),
]


def random_options(generator, kinds):
    """A combination of options that HTK accepts."""
    pick = generator.choice
    return {
        "TARGETKIND": pick(kinds),
        "WINDOWSIZE": pick([200000.0, 250000.0, 320000.0]),
        "TARGETRATE": pick([80000.0, 100000.0, 150000.0]),
        "ZMEANSOURCE": pick([True, False]),
        "PREEMCOEF": pick([0.0, 0.9, 0.97]),
        "USEHAMMING": pick([True, False]),
        "USEPOWER": pick([True, False]),
        "NUMCHANS": pick([20, 24, 26]),
        "LOFREQ": pick([-1.0, 64.0, 150.0]),
        "HIFREQ": pick([-1.0, 3500.0, 3800.0]),
    }


def random_cepstral_options(generator):
    options = random_options(generator, ["MFCC", "MFCC_0", "MFCC_E", "MFCC_0_D", "MFCC_E_D_A"])
    pick = generator.choice
    return options | {
        "NUMCEPS": pick([8, 12, 16]),
        "CEPLIFTER": pick([0, 15, 22]),
        "ENORMALISE": pick([True, False]),
        "RAWENERGY": pick([True, False]),
    }


def check_against_kaldi():
    """Kaldi's bank (float32) from 0 Hz to Nyquist is HTK's without LOFREQ and HIFREQ."""
    ours = reference.filter_bank(SOURCERATE=625.0, WINDOWSIZE=250000.0, NUMCHANS=23)
    theirs = kaldi_bank(samp_freq=16000.0, low_freq=0.0)
    np.testing.assert_allclose(ours[:, : theirs.shape[1]], theirs, atol=1e-5)


def add_to(goldens):
    """All of HTK's cases."""
    check_against_kaldi()
    generator = random.Random("htk")
    names = [CHIRP, DIGIT] * 3
    drawn_mel = [
        (f"random-{index}", name, random_options(generator, ["FBANK", "MELSPEC", "FBANK_D"]))
        for index, name in enumerate(names)
    ]
    drawn_mfcc = [
        (f"random-{index}", name, random_cepstral_options(generator))
        for index, name in enumerate(names)
    ]
    goldens.add_sounds("htk", "mel", analyse, MEL + drawn_mel)
    goldens.add_sounds("htk", "mfcc", analyse, MFCC + drawn_mfcc)
    goldens.add_banks("htk", reference.filter_bank, BANKS)
    goldens.add_derived("htk", "delta", reference.with_deltas, DELTA)
