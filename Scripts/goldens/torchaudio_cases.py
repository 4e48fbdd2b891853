"""torchaudio's transforms, by the float64 reference beside this file.

Options carry torchaudio's names; what is not named has torchaudio's default. The sample rate is
the signal's. `amplitude_to_db` says that transforms.AmplitudeToDB follows, `mel_norm` stands for
MFCC's melkwargs["norm"].
"""
import random

import librosa
import numpy as np

from . import torchaudio_reference as reference

CHIRP, TONES, DIGIT = "chirp-noise-16k", "tones-noise-22k", "digit-8k"


def spectrogram(signal, **options):
    return reference.spectrogram(signal.unit_scale, **options)


def mel(signal, amplitude_to_db=False, top_db=None, **options):
    power = reference.mel_spectrogram(signal.unit_scale, signal.rate, **options)
    return reference.amplitude_to_db(power, top_db) if amplitude_to_db else power


def mfcc(signal, **options):
    return reference.mfcc(signal.unit_scale, signal.rate, **options)


SMALL = {"n_fft": 256, "hop_length": 80, "n_mels": 26}
SHORT = {"n_fft": 256, "win_length": 200, "hop_length": 160}

SPECTROGRAM = [
    ("defaults-16k", CHIRP, {}),
    ("defaults-8k", DIGIT, {}),
    ("magnitude", CHIRP, {"power": 1.0, "hop_length": 300}),
    ("short-window", DIGIT, {"n_fft": 256, "win_length": 150}),
    ("padded", DIGIT, {**SHORT, "pad": 100}),
    ("not-centred", DIGIT, {**SHORT, "center": False}),
    ("constant-padding", DIGIT, {**SHORT, "pad_mode": "constant"}),
    ("hamming", DIGIT, {**SHORT, "window_fn": "hamming_window"}),
    ("normalized", DIGIT, {**SHORT, "normalized": True}),
    ("normalized-window", DIGIT, {**SHORT, "normalized": "window"}),
    ("normalized-length", DIGIT, {**SHORT, "normalized": "frame_length"}),
]

MEL = [
    ("defaults-16k", CHIRP, {}),
    ("defaults-22k-db", TONES, {"amplitude_to_db": True, "top_db": 80.0}),
    ("small", DIGIT, SMALL),
    ("slaney-norm", DIGIT, {**SMALL, "norm": "slaney"}),
    ("slaney-scale", DIGIT, {**SMALL, "mel_scale": "slaney"}),
    ("slaney-both", DIGIT, {**SMALL, "norm": "slaney", "mel_scale": "slaney"}),
    ("f-min-max", DIGIT, {**SMALL, "f_min": 100.0, "f_max": 3500.0}),
    ("magnitude", DIGIT, {**SMALL, "power": 1.0}),
    ("db", "clicks-8k", {**SMALL, "amplitude_to_db": True}),
    ("db-top-40", "clicks-8k", {**SMALL, "amplitude_to_db": True, "top_db": 40.0}),
    ("silence-db", "silence-16k", {**SMALL, "amplitude_to_db": True, "top_db": 80.0}),
]

MFCC = [
    ("defaults-16k", CHIRP, {}),
    ("defaults-22k", TONES, {}),
    ("silence", "silence-16k", {}),
    ("small", DIGIT, {**SMALL, "n_mfcc": 13}),
    ("log-mels", DIGIT, {**SMALL, "n_mfcc": 13, "log_mels": True}),
    ("dct-plain", DIGIT, {**SMALL, "n_mfcc": 13, "norm": None}),
    ("log-mels-plain", "clicks-8k", {**SMALL, "n_mfcc": 20, "log_mels": True, "norm": None}),
    ("top-db", "clicks-8k", {**SMALL, "n_mfcc": 20}),
    ("slaney", CHIRP, {"n_mfcc": 20, "n_mels": 40, "mel_norm": "slaney", "mel_scale": "slaney"}),
]

BANKS = [
    ("16k", {"n_freqs": 201, "f_min": 0.0, "f_max": 8000.0, "n_mels": 40, "sample_rate": 16000}),
    ("8k-slaney", {"n_freqs": 129, "f_min": 60.0, "f_max": 3800.0, "n_mels": 26,
                   "sample_rate": 8000, "norm": "slaney", "mel_scale": "slaney"}),
]

CEPSTRA = "torchaudio-mfcc-small"

DELTA = [
    ("defaults", CEPSTRA, {}),
    ("win-9", CEPSTRA, {"win_length": 9}),
    ("constant", CEPSTRA, {"win_length": 3, "mode": "constant"}),
    ("reflect", CEPSTRA, {"mode": "reflect"}),
    ("circular", CEPSTRA, {"mode": "circular"}),
]


def random_mel_options(generator):
    """A combination of MelSpectrogram's options."""
    pick = generator.choice
    n_fft = pick([256, 400, 512])
    return {
        "n_fft": n_fft,
        "win_length": pick([n_fft, n_fft - 56, n_fft // 2]),
        "hop_length": pick([128, 160, 200]),
        "pad": pick([0, 64]),
        "window_fn": pick(["hann_window", "hamming_window"]),
        "power": pick([1.0, 2.0]),
        "normalized": pick([False, True, "window", "frame_length"]),
        "center": pick([True, False]),
        "pad_mode": pick(["reflect", "constant"]),
        "n_mels": pick([20, 26, 40]),
        "f_min": pick([0.0, 60.0]),
        "f_max": pick([None, 3500.0]),
        "mel_scale": pick(["htk", "slaney"]),
    }


def check_against_librosa(signal):
    """Where the two toolkits define the same thing, librosa must give the reference's numbers."""
    samples, rate = signal.unit_scale, signal.rate
    frame = {"n_fft": 512, "hop_length": 150, "win_length": 300}
    theirs = np.abs(librosa.stft(samples, pad_mode="reflect", **frame)) ** 2
    np.testing.assert_allclose(reference.spectrogram(samples, **frame), theirs.T, atol=1e-9)
    for htk in (True, False):
        for norm in (None, "slaney"):
            theirs = librosa.filters.mel(
                sr=rate, n_fft=512, n_mels=40, htk=htk, norm=norm, dtype=np.float64)
            scale = "htk" if htk else "slaney"
            ours = reference.melscale_fbanks(257, 0.0, rate / 2, 40, rate, norm, scale)
            np.testing.assert_allclose(ours, theirs, atol=1e-12)
    theirs = librosa.feature.mfcc(
        y=samples, sr=rate, n_mfcc=13, n_fft=256, hop_length=80, n_mels=26, htk=True, mel_norm=None,
        pad_mode="reflect", dtype=np.float64)
    ours = reference.mfcc(samples, rate, n_mfcc=13, **SMALL)
    np.testing.assert_allclose(ours, theirs.T, atol=1e-9)


def add_to(goldens):
    """All of torchaudio's cases."""
    check_against_librosa(goldens.signals[DIGIT])
    generator = random.Random("torchaudio")
    pick = generator.choice
    names = [CHIRP, DIGIT] * 3
    drawn_mel, drawn_mfcc = [], []
    for index, name in enumerate(names):
        options = random_mel_options(generator) | {
            "norm": pick([None, "slaney"]), "amplitude_to_db": True,
            "top_db": pick([None, 40.0, 80.0]),
        }
        drawn_mel.append((f"random-{index}", name, options))
        options = random_mel_options(generator) | {
            "mel_norm": pick([None, "slaney"]), "n_mfcc": pick([8, 13, 20]),
            "norm": pick(["ortho", None]), "log_mels": pick([True, False]),
        }
        drawn_mfcc.append((f"random-{index}", name, options))
    goldens.add_sounds("torchaudio", "spectrogram", spectrogram, SPECTROGRAM)
    goldens.add_sounds("torchaudio", "mel", mel, MEL + drawn_mel)
    goldens.add_sounds("torchaudio", "mfcc", mfcc, MFCC + drawn_mfcc)
    goldens.add_banks("torchaudio", reference.melscale_fbanks, BANKS)
    goldens.add_derived("torchaudio", "delta", reference.compute_deltas, DELTA)
