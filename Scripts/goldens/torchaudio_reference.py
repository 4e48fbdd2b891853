"""torchaudio 2's transforms in float64, from their documentation.

torchaudio computes in float32 and needs all of torch; this says the same in numpy. Each function
names the transform it stands for, and takes options by that transform's names. Samples in -1...1.
"""
import numpy as np

WINDOWS = {  # periodic, as torch makes them
    "hann_window": lambda n: 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n),
    "hamming_window": lambda n: 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(n) / n),
}


def spectrogram(
    samples, n_fft=400, win_length=None, hop_length=None, pad=0, window_fn="hann_window",
    power=2.0, normalized=False, center=True, pad_mode="reflect",
):
    """transforms.Spectrogram: frames x (n_fft/2 + 1) bins."""
    win_length = win_length or n_fft
    hop_length = hop_length or win_length // 2
    window = WINDOWS[window_fn](win_length)
    samples = np.pad(samples, pad)
    if center:
        samples = np.pad(samples, n_fft // 2, mode=pad_mode)
    # A shorter window stands in the middle of the frame.
    left = (n_fft - win_length) // 2
    framed = np.pad(window, (left, n_fft - win_length - left))
    starts = range(0, len(samples) - n_fft + 1, hop_length)
    spectra = np.array([np.fft.rfft(samples[start : start + n_fft] * framed) for start in starts])
    if normalized in (True, "window"):
        spectra /= np.sqrt((window**2).sum())
    elif normalized == "frame_length":
        spectra /= np.sqrt(n_fft)
    return np.abs(spectra) ** power


def hertz_to_mel(hertz, mel_scale):
    if mel_scale == "htk":
        return 2595 * np.log10(1 + hertz / 700)
    return 3 * hertz / 200 if hertz < 1000 else 15 + 27 * np.log(hertz / 1000) / np.log(6.4)


def mel_to_hertz(mels, mel_scale):
    if mel_scale == "htk":
        return 700 * (10 ** (mels / 2595) - 1)
    return np.where(mels < 15, 200 * mels / 3, 1000 * np.exp(np.log(6.4) * (mels - 15) / 27))


def melscale_fbanks(n_freqs, f_min, f_max, n_mels, sample_rate, norm=None, mel_scale="htk"):
    """functional.melscale_fbanks, transposed: bands x bins."""
    bins = np.linspace(0, sample_rate // 2, n_freqs)
    low, high = hertz_to_mel(f_min, mel_scale), hertz_to_mel(f_max, mel_scale)
    points = mel_to_hertz(np.linspace(low, high, n_mels + 2), mel_scale)
    left, centre, right = points[:-2, None], points[1:-1, None], points[2:, None]
    rising, falling = (bins - left) / (centre - left), (right - bins) / (right - centre)
    weights = np.maximum(0, np.minimum(rising, falling))
    return weights * 2 / (right - left) if norm == "slaney" else weights


def mel_spectrogram(
    samples, sample_rate, n_fft=400, f_min=0.0, f_max=None, n_mels=128, norm=None,
    mel_scale="htk", **options,
):
    """transforms.MelSpectrogram: frames x bands."""
    f_max = float(sample_rate // 2) if f_max is None else f_max
    bank = melscale_fbanks(n_fft // 2 + 1, f_min, f_max, n_mels, sample_rate, norm, mel_scale)
    return spectrogram(samples, n_fft=n_fft, **options) @ bank.T


def amplitude_to_db(power, top_db=None):
    """transforms.AmplitudeToDB of a power: reference 1, floor 1e-10."""
    levels = 10 * np.log10(np.maximum(power, 1e-10))
    return levels if top_db is None else np.maximum(levels, levels.max() - top_db)


def mfcc(samples, sample_rate, n_mfcc=40, norm="ortho", log_mels=False, mel_norm=None, **melkwargs):
    """transforms.MFCC: frames x cepstra. `mel_norm` stands for melkwargs["norm"]."""
    power = mel_spectrogram(samples, sample_rate, norm=mel_norm, **melkwargs)
    levels = np.log(power + 1e-6) if log_mels else amplitude_to_db(power, top_db=80.0)
    n_mels = levels.shape[1]
    dct = 2 * np.cos(np.pi / n_mels * np.outer(np.arange(n_mfcc), np.arange(n_mels) + 0.5))
    if norm == "ortho":
        dct *= np.sqrt(1 / (2 * n_mels))
        dct[0] /= np.sqrt(2)
    return levels @ dct.T


def compute_deltas(features, win_length=5, mode="replicate"):
    """functional.compute_deltas over frames: frames x coefficients."""
    reach = (win_length - 1) // 2
    names = {"replicate": "edge", "circular": "wrap"}  # torch's names for numpy's
    padded = np.pad(features, ((reach, reach), (0, 0)), mode=names.get(mode, mode))
    slopes = sum(
        offset * padded[reach + offset : reach + offset + len(features)]
        for offset in range(-reach, reach + 1)
    )
    return slopes / (reach * (reach + 1) * (2 * reach + 1) / 3)
