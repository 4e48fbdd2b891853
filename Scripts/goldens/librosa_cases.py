"""librosa's features, in float64 from samples in -1...1.

Options carry librosa's names; what is not named has librosa's default. The sample rate is the
signal's. Mel banks are asked for in float64 (librosa's default is float32, even for float64 input).
"""
import random

import librosa
import numpy as np

CHIRP, TONES, DIGIT = "chirp-noise-16k", "tones-noise-22k", "digit-8k"
DECIBEL_OPTIONS = ("ref", "amin", "top_db")


def decibels(power, options):
    """`power_to_db`; a reference of "max" is the greatest value there is."""
    options = dict(options)
    if options.get("ref") == "max":
        options["ref"] = np.max
    return librosa.power_to_db(power, **options)


def reflected(samples, options):
    """The samples, and the options, with which `stft` sees the sound reflected at both ends.

    librosa 0.11 itself reflects only the tail that it cuts off for its last frames. Where the sound
    is a multiple of the hop long that tail is n_fft/2 samples: one too few for a reflection of
    n_fft/2, so that its last sample is reflected twice and x[N-n_fft/2+1] stands for
    x[N-n_fft/2-1]. Elsewhere the two are equal.
    """
    if options.get("pad_mode") != "reflect" or not options.get("center", True):
        return samples, options
    padded = np.pad(samples, options.get("n_fft", 2048) // 2, mode="reflect")
    kept = {name: value for name, value in options.items() if name != "pad_mode"}
    return padded, kept | {"center": False}


def mel(signal, power_to_db=False, **options):
    """`feature.melspectrogram`, in decibels if asked for: frames x bands."""
    level = {name: options.pop(name) for name in DECIBEL_OPTIONS if name in options}
    samples, options = reflected(signal.unit_scale, options)
    power = librosa.feature.melspectrogram(y=samples, sr=signal.rate, dtype=np.float64, **options)
    return (decibels(power, level) if power_to_db else power).T


def mfcc(signal, mel_norm="slaney", n_mfcc=20, dct_type=2, norm="ortho", lifter=0, **options):
    """`feature.mfcc` of a mel spectrogram in decibels: frames x cepstra."""
    levels = mel(signal, power_to_db=True, norm=mel_norm, **options)
    cepstra = librosa.feature.mfcc(
        S=levels.T, n_mfcc=n_mfcc, dct_type=dct_type, norm=norm, lifter=lifter)
    return cepstra.T


def spectrogram(signal, power=1.0, **options):
    """Magnitude of `stft`, raised to `power`: frames x bins."""
    samples, options = reflected(signal.unit_scale, options)
    return np.abs(librosa.stft(samples, **options)).T ** power


def bank(**options):
    """`filters.mel`: bands x bins."""
    return librosa.filters.mel(dtype=np.float64, **options)


def delta(features, **options):
    """`feature.delta` over frames: frames x coefficients."""
    return librosa.feature.delta(features.T, **options).T


def descriptors(signal, **options):
    """Ten descriptors side by side: frames x (5 + rms + bands + onset + 12 chroma + 6 tonnetz).

    Columns are centroid, bandwidth, rolloff, flatness, zero-crossing rate, rms, contrast, onset
    strength, chroma, tonnetz. Bandwidth, rolloff, contrast and chroma take their own options.
    """
    frames = {name: options[name] for name in ("n_fft", "hop_length", "center") if name in options}
    sized = {"frame_length": frames.get("n_fft", 2048), "hop_length": frames.get("hop_length", 512),
             "center": frames.get("center", True)}
    y, sr = signal.unit_scale, signal.rate
    feature = librosa.feature
    own = {
        "bandwidth": {"p": options.get("p", 2)},
        "rolloff": {"roll_percent": options.get("roll_percent", 0.85)},
        "contrast": {name: options[name] for name in ("fmin", "n_bands", "quantile")
                     if name in options},
        "chroma": {"tuning": options.get("tuning")},
    }
    # onset_strength keeps its own `center` from the spectrogram, so that one is made here.
    levels = librosa.power_to_db(
        feature.melspectrogram(y=y, sr=sr, dtype=np.float64, **frames))
    chroma = feature.chroma_stft(y=y, sr=sr, **frames, **own["chroma"])
    return np.concatenate([
        feature.spectral_centroid(y=y, sr=sr, **frames),
        feature.spectral_bandwidth(y=y, sr=sr, **frames, **own["bandwidth"]),
        feature.spectral_rolloff(y=y, sr=sr, **frames, **own["rolloff"]),
        feature.spectral_flatness(y=y, **frames),
        feature.zero_crossing_rate(y, **sized),
        feature.rms(y=y, dtype=np.float64, **sized),
        feature.spectral_contrast(y=y, sr=sr, **frames, **own["contrast"]),
        librosa.onset.onset_strength(S=levels, center=sized["center"],
                                     **{k: v for k, v in frames.items() if k != "center"})[None],
        chroma,
        feature.tonnetz(chroma=chroma),
    ]).T


def yin(signal, **options):
    """`yin`: frames x 1."""
    return librosa.yin(signal.unit_scale, sr=signal.rate, **options)[:, None]


def pyin(signal, **options):
    """`pyin` without gaps: frames x (f0, voiced, probability)."""
    columns = librosa.pyin(signal.unit_scale, sr=signal.rate, fill_na=None, **options)
    return np.stack(columns, axis=1).astype(np.float64)


SMALL = {"n_fft": 512, "hop_length": 160, "n_mels": 40}

SPECTROGRAM = [
    ("n-fft-512", TONES, {"n_fft": 512, "hop_length": 512}),
    ("power", DIGIT, {"n_fft": 256, "power": 2.0}),
    ("short-window", CHIRP, {"n_fft": 512, "hop_length": 400, "win_length": 400}),
    ("odd-window", DIGIT,
     {"n_fft": 256, "hop_length": 160, "win_length": 201, "window": "hamming"}),
    ("not-centred", TONES, {"n_fft": 400, "hop_length": 600, "center": False}),
    ("reflected", DIGIT, {"n_fft": 256, "hop_length": 160, "pad_mode": "reflect"}),
    ("edge", DIGIT, {"n_fft": 256, "hop_length": 160, "pad_mode": "edge"}),
    ("short", "short-16k", {"n_fft": 256, "hop_length": 64}),
]

MEL = [
    ("defaults-22k", TONES, {}),
    ("defaults-22k-db", TONES, {"power_to_db": True}),
    ("defaults-8k", DIGIT, {}),
    ("silence-db", "silence-16k", {"power_to_db": True, **SMALL}),
    ("small", CHIRP, SMALL),
    ("magnitude", CHIRP, {**SMALL, "power": 1.0}),
    ("htk", CHIRP, {**SMALL, "htk": True}),
    ("norm-none", CHIRP, {**SMALL, "norm": None}),
    ("norm-inf", CHIRP, {**SMALL, "norm": np.inf}),
    ("htk-norm-none", DIGIT,
     {"n_fft": 256, "hop_length": 80, "n_mels": 26, "htk": True, "norm": None}),
    ("fmin-fmax", TONES, {**SMALL, "fmin": 50.0, "fmax": 8000.0}),
    ("hamming", CHIRP, {**SMALL, "window": "hamming", "win_length": 400}),
    ("not-centred", CHIRP, {**SMALL, "center": False}),
    ("reflected", CHIRP, {**SMALL, "pad_mode": "reflect"}),
    ("db-ref-max", CHIRP, {**SMALL, "power_to_db": True, "ref": "max"}),
    ("db-ref-2", CHIRP, {**SMALL, "power_to_db": True, "ref": 2.0, "amin": 1e-5, "top_db": None}),
    ("db-top-30", CHIRP, {**SMALL, "power_to_db": True, "top_db": 30.0}),
    ("db-clicks", "clicks-8k", {"power_to_db": True, "n_fft": 256, "hop_length": 80, "n_mels": 26}),
]

MFCC = [
    ("defaults-22k", TONES, {}),
    ("defaults-16k", CHIRP, {}),
    ("defaults-8k", DIGIT, {}),
    ("silence", "silence-16k", {}),
    ("short", "short-16k", {}),
    ("small", CHIRP, {**SMALL, "n_mfcc": 13}),
    ("no-top-db", "clicks-8k", {"n_fft": 256, "hop_length": 80, "n_mels": 26, "top_db": None}),
    ("top-db", "clicks-8k", {"n_fft": 256, "hop_length": 80, "n_mels": 26}),
    ("lifter", CHIRP, {**SMALL, "lifter": 22}),
    ("dct-1", CHIRP, {**SMALL, "dct_type": 1}),
    ("dct-1-plain", CHIRP, {**SMALL, "dct_type": 1, "norm": None}),
    ("dct-3", CHIRP, {**SMALL, "dct_type": 3}),
    ("dct-2-plain", CHIRP, {**SMALL, "norm": None}),
    ("htk", DIGIT, {"n_fft": 256, "hop_length": 80, "n_mels": 26, "htk": True, "mel_norm": None}),
    ("short-window", TONES, {**SMALL, "win_length": 300, "window": "hamming", "n_mfcc": 40}),
    ("not-centred", TONES, {**SMALL, "center": False}),
]

BANKS = [
    ("22k", {"sr": 22050, "n_fft": 512, "n_mels": 40}),
    ("16k", {"sr": 16000, "n_fft": 400, "n_mels": 40}),
    ("16k-htk", {"sr": 16000, "n_fft": 512, "n_mels": 26, "htk": True, "norm": None}),
    ("8k-htk-slaney",
     {"sr": 8000, "n_fft": 256, "n_mels": 26, "htk": True, "fmin": 60.0, "fmax": 3800.0}),
    ("8k-inf", {"sr": 8000, "n_fft": 256, "n_mels": 30, "norm": np.inf}),
    ("44k-odd", {"sr": 44100, "n_fft": 511, "n_mels": 12, "norm": 1}),
]

DESCRIPTORS = [
    ("defaults-22k", TONES, {}),
    ("defaults-16k", CHIRP, {}),
    ("small", CHIRP, {"n_fft": 512, "hop_length": 160, "tuning": 0.0}),
    ("five-bands", DIGIT, {"n_fft": 1024, "hop_length": 256, "n_bands": 5}),
    ("clicks", "clicks-8k", {"n_fft": 512, "hop_length": 200, "n_bands": 4, "fmin": 150.0}),
    ("silence", "silence-16k", {"n_fft": 512, "hop_length": 400}),
    ("short", "short-16k", {"n_fft": 512, "hop_length": 64}),
    ("not-centred", TONES, {"n_fft": 1024, "hop_length": 700, "center": False}),
    ("own-options", TONES,
     {"hop_length": 1000, "p": 3, "roll_percent": 0.5, "quantile": 0.1, "tuning": 0.23}),
]

YIN = [
    ("chirp", CHIRP, {"fmin": 100.0, "fmax": 4000.0}),
    ("tones", TONES, {"fmin": 65.0, "fmax": 2093.0}),
    ("digit", DIGIT, {"fmin": 60.0, "fmax": 500.0, "frame_length": 512, "hop_length": 80}),
    ("threshold", DIGIT,
     {"fmin": 60.0, "fmax": 500.0, "frame_length": 512, "trough_threshold": 0.3}),
    ("clicks", "clicks-8k", {"fmin": 80.0, "fmax": 1000.0, "frame_length": 512}),
    ("silence", "silence-16k", {"fmin": 80.0, "fmax": 1000.0}),
    ("not-centred", DIGIT, {"fmin": 60.0, "fmax": 500.0, "frame_length": 400, "center": False}),
]

PYIN = [
    ("chirp", CHIRP, {"fmin": 100.0, "fmax": 4000.0}),
    ("tones", TONES, {"fmin": 65.0, "fmax": 2093.0}),
    ("digit", DIGIT, {"fmin": 60.0, "fmax": 500.0, "frame_length": 512, "hop_length": 80}),
    ("clicks", "clicks-8k", {"fmin": 80.0, "fmax": 1000.0, "frame_length": 512}),
    ("silence", "silence-16k", {"fmin": 80.0, "fmax": 1000.0}),
    ("own-options", DIGIT,
     {"fmin": 60.0, "fmax": 500.0, "frame_length": 512, "hop_length": 100, "n_thresholds": 50,
      "beta_parameters": (3, 12), "boltzmann_parameter": 1.0, "resolution": 0.25,
      "max_transition_rate": 20.0, "switch_prob": 0.05, "no_trough_prob": 0.2}),
]

CEPSTRA = "librosa-mfcc-small"

DELTA = [
    ("defaults", CEPSTRA, {}),
    ("width-5", CEPSTRA, {"width": 5}),
    ("order-2", CEPSTRA, {"order": 2}),
    ("width-5-order-2", CEPSTRA, {"width": 5, "order": 2}),
    ("nearest", CEPSTRA, {"mode": "nearest"}),
    ("mirror", CEPSTRA, {"mode": "mirror"}),
    ("constant", CEPSTRA, {"mode": "constant"}),
    ("wrap", CEPSTRA, {"mode": "wrap"}),
    ("wrap-order-2", CEPSTRA, {"mode": "wrap", "width": 7, "order": 2}),
]


def random_options(generator):
    """A combination of options that librosa accepts."""
    pick = generator.choice
    n_fft = pick([256, 400, 512])
    return {
        "n_fft": n_fft,
        "hop_length": pick([128, 160, 200]),
        "win_length": pick([n_fft, n_fft - 56, n_fft // 2]),
        "window": pick(["hann", "hamming", "blackman"]),
        "center": pick([True, False]),
        "pad_mode": pick(["constant", "reflect"]),
        "power": pick([1.0, 2.0]),
        "n_mels": pick([20, 26, 40]),
        "fmin": pick([0.0, 60.0]),
        "fmax": pick([None, 3500.0]),
        "htk": pick([True, False]),
        "top_db": pick([None, 40.0, 80.0]),
    }


def add_to(goldens):
    """All of librosa's cases."""
    generator = random.Random("librosa")
    pick = generator.choice
    names = [CHIRP, DIGIT] * 3
    norms = ["slaney", None, np.inf]
    drawn_mel, drawn_mfcc = [], []
    for index, name in enumerate(names):
        options = random_options(generator) | {"norm": pick(norms), "power_to_db": True}
        drawn_mel.append((f"random-{index}", name, options))
        options = random_options(generator) | {
            "mel_norm": pick(norms), "n_mfcc": pick([8, 13, 20]), "dct_type": pick([1, 2, 3]),
            "norm": pick(["ortho", None]), "lifter": pick([0, 15, 22]),
        }
        drawn_mfcc.append((f"random-{index}", name, options))
    goldens.add_sounds("librosa", "spectrogram", spectrogram, SPECTROGRAM)
    goldens.add_sounds("librosa", "mel", mel, MEL + drawn_mel)
    goldens.add_sounds("librosa", "mfcc", mfcc, MFCC + drawn_mfcc)
    goldens.add_banks("librosa", bank, BANKS)
    goldens.add_derived("librosa", "delta", delta, DELTA)
    goldens.add_sounds("librosa", "descriptors", descriptors, DESCRIPTORS)
    goldens.add_sounds("librosa", "yin", yin, YIN)
    goldens.add_sounds("librosa", "pyin", pyin, PYIN)
