"""Kaldi's front end, as kaldi-native-fbank computes it in float32.

Options carry the names of that package's (they are Kaldi's with underscores). The defaults are
Kaldi's own, set below where the package's differ. Dither is 0; the sample rate is the signal's.
"""
import random

import kaldi_native_fbank as knf
import numpy as np

from .kaldi_reference import energy_vad, sliding_cmn

CHIRP, TONES, DIGIT, CLICKS = "chirp-noise-16k", "tones-noise-22k", "digit-8k", "clicks-8k"


def configured(kind, rate, options):
    """Options of one extractor: Kaldi's defaults, then the case's."""
    configuration = kind()
    owners = (configuration, configuration.frame_opts, configuration.mel_opts)
    settings = {
        "samp_freq": rate, "dither": 0.0, "num_bins": 23, "low_freq": 20.0, "high_freq": 0.0,
        "energy_floor": 0.0, **options,
    }
    for name, value in settings.items():
        (owner,) = [candidate for candidate in owners if hasattr(candidate, name)]
        setattr(owner, name, value)
    return configuration


def frames(extractor, signal):
    """All frames of a signal: frames x coefficients, float32."""
    extractor.accept_waveform(signal.rate, signal.int16_scale.tolist())
    extractor.input_finished()
    rows = [extractor.get_frame(index) for index in range(extractor.num_frames_ready)]
    return np.array(rows, dtype=np.float32).reshape(len(rows), extractor.dim)


def mfcc(signal, **options):
    return frames(knf.OnlineMfcc(configured(knf.MfccOptions, signal.rate, options)), signal)


def fbank(signal, **options):
    return frames(knf.OnlineFbank(configured(knf.FbankOptions, signal.rate, options)), signal)


def bank(samp_freq, vtln_warp_factor=1.0, **options):
    """Weights of the mel bands: bands x bins 0...N/2, the last one zero: Kaldi leaves it out."""
    configuration = configured(knf.FbankOptions, samp_freq, options)
    banks = knf.MelBanks(
        configuration.mel_opts, configuration.frame_opts, vtln_warp_factor=vtln_warp_factor)
    weights = banks.get_matrix()
    return np.asarray(weights, dtype=np.float32)


def deltas(features, **options):
    return knf.compute_deltas(knf.DeltaOptions(**options), features)


def cmvn(features, sliding=False, **options):
    """Normalised by all frames (the package), or by those of a window (the reference)."""
    if sliding:
        return sliding_cmn(features, **options)
    statistics = knf.compute_cmvn_stats(features)
    return knf.apply_cmvn(statistics, knf.CmvnOptions(**options), features)


MFCC = [
    ("defaults-16k", CHIRP, {}),
    ("defaults-8k", DIGIT, {}),
    ("defaults-22k", TONES, {}),
    ("defaults-clicks", CLICKS, {}),
    ("silence", "silence-16k", {}),
    ("silence-c0", "silence-16k", {"use_energy": False}),
    ("short-snipped", "short-16k", {}),
    ("short-reflected", "short-16k", {"snip_edges": False}),
    ("num-ceps", CHIRP, {"num_ceps": 20}),
    ("num-bins", CHIRP, {"num_bins": 40, "num_ceps": 40}),
    ("low-high", CHIRP, {"low_freq": 100.0, "high_freq": 6000.0}),
    ("high-offset", DIGIT, {"high_freq": -400.0}),
    ("hamming", CHIRP, {"window_type": "hamming"}),
    ("hanning", CHIRP, {"window_type": "hanning"}),
    ("blackman", CHIRP, {"window_type": "blackman"}),
    ("blackman-coeff", CHIRP, {"window_type": "blackman", "blackman_coeff": 0.4}),
    ("rectangular", CHIRP, {"window_type": "rectangular"}),
    ("reflected-edges", CHIRP, {"snip_edges": False}),
    ("keep-offset", CHIRP, {"remove_dc_offset": False}),
    ("no-preemphasis", CHIRP, {"preemph_coeff": 0.0}),
    ("c0", DIGIT, {"use_energy": False}),
    ("windowed-energy", DIGIT, {"raw_energy": False}),
    ("energy-floor", CLICKS, {"energy_floor": 1e6}),
    ("no-lifter", DIGIT, {"cepstral_lifter": 0.0}),
    ("htk-energy", DIGIT, {"htk_compat": True}),
    ("htk-c0", DIGIT, {"htk_compat": True, "use_energy": False}),
    ("exact-length", CHIRP, {"round_to_power_of_two": False}),
    ("frames-20-5", DIGIT, {"frame_length_ms": 20.0, "frame_shift_ms": 5.0}),
    ("frames-reflected", TONES,
     {"frame_length_ms": 32.0, "frame_shift_ms": 12.5, "snip_edges": False}),
]

FBANK = [
    ("defaults-16k", CHIRP, {}),
    ("defaults-8k", DIGIT, {}),
    ("silence", "silence-16k", {}),
    ("num-bins", CHIRP, {"num_bins": 80}),
    ("magnitude", CHIRP, {"use_power": False}),
    ("linear", DIGIT, {"use_log_fbank": False}),
    ("linear-magnitude", DIGIT, {"use_log_fbank": False, "use_power": False}),
    ("energy", DIGIT, {"use_energy": True}),
    ("energy-last", DIGIT, {"use_energy": True, "htk_compat": True}),
    ("energy-floor", CLICKS, {"use_energy": True, "energy_floor": 1e6, "raw_energy": False}),
    ("low-high", TONES, {"low_freq": 0.0, "high_freq": -1000.0, "num_bins": 30}),
    ("reflected-edges", TONES, {"snip_edges": False}),
]

BANKS = [
    ("16k", {"samp_freq": 16000.0}),
    ("8k-40", {"samp_freq": 8000.0, "num_bins": 40}),
    ("16k-narrow",
     {"samp_freq": 16000.0, "num_bins": 30, "low_freq": 60.0, "high_freq": -200.0}),
    ("warped-down", {"samp_freq": 16000.0, "vtln_warp_factor": 0.85}),
    ("warped-up", {"samp_freq": 8000.0, "vtln_warp_factor": 1.2}),
    ("warped-within",
     {"samp_freq": 16000.0, "num_bins": 40, "vtln_warp_factor": 1.1, "vtln_low": 60.0,
      "vtln_high": 7000.0}),
]


CEPSTRA, CLICK_CEPSTRA = "kaldi-mfcc-defaults-8k", "kaldi-mfcc-defaults-clicks"

DELTA = [
    ("defaults", CEPSTRA, {}),
    ("order-1", CEPSTRA, {"order": 1}),
    ("order-3", CEPSTRA, {"order": 3, "window": 1}),
    ("window-4", CEPSTRA, {"window": 4}),
]

CMVN = [
    ("means", CEPSTRA, {}),
    ("variances", CEPSTRA, {"norm_vars": True}),
    ("sliding-defaults", "input-drifting", {"sliding": True}),
    ("sliding-center", "input-drifting", {"sliding": True, "center": True}),
    ("sliding-variances", "input-drifting", {"sliding": True, "center": True, "norm_vars": True}),
    ("sliding-whole", CEPSTRA, {"sliding": True, "center": True}),
    ("sliding-short", CEPSTRA, {"sliding": True, "cmn_window": 15, "min_cmn_window": 6}),
    ("sliding-short-center", CEPSTRA,
     {"sliding": True, "cmn_window": 15, "min_cmn_window": 6, "center": True}),
    ("sliding-one-frame", CEPSTRA,
     {"sliding": True, "cmn_window": 10, "min_cmn_window": 1, "norm_vars": True}),
]

VAD = [
    ("defaults", CEPSTRA, {}),
    ("clicks", CLICK_CEPSTRA, {}),
    ("silence", "kaldi-mfcc-silence", {}),
    ("fixed-threshold", CLICK_CEPSTRA,
     {"vad_energy_threshold": 8.0, "vad_energy_mean_scale": 0.0}),
    ("context", CLICK_CEPSTRA, {"vad_frames_context": 2, "vad_proportion_threshold": 0.12}),
    ("context-strict", CLICK_CEPSTRA, {"vad_frames_context": 3, "vad_proportion_threshold": 0.7}),
]


def random_options(generator, cepstra):
    """A combination of options that Kaldi accepts."""
    pick = generator.choice
    options = {
        "window_type": pick(["povey", "hamming", "hanning", "blackman", "rectangular"]),
        "frame_length_ms": pick([20.0, 25.0, 30.0]),
        "frame_shift_ms": pick([8.0, 10.0, 15.0]),
        "snip_edges": pick([True, False]),
        "remove_dc_offset": pick([True, False]),
        "preemph_coeff": pick([0.0, 0.9, 0.97]),
        "num_bins": pick([20, 23, 32]),
        "low_freq": pick([0.0, 20.0, 80.0]),
        "high_freq": pick([0.0, -300.0, 3600.0]),
        "use_energy": pick([True, False]),
        "raw_energy": pick([True, False]),
        "htk_compat": pick([True, False]),
    }
    if cepstra:
        options.update(num_ceps=pick([8, 13, 20]), cepstral_lifter=pick([0.0, 15.0, 22.0]))
    else:
        options.update(use_power=pick([True, False]), use_log_fbank=pick([True, False]))
    return options


def add_to(goldens):
    """All of Kaldi's cases."""
    generator = random.Random("kaldi")
    names = [CHIRP, DIGIT, TONES] * 2
    for feature, compute, rows in (("mfcc", mfcc, MFCC), ("mel", fbank, FBANK)):
        drawn = [
            (f"random-{index}", name, random_options(generator, cepstra=feature == "mfcc"))
            for index, name in enumerate(names)
        ]
        goldens.add_sounds("kaldi", feature, compute, rows + drawn)
    goldens.add_banks("kaldi", bank, BANKS)

    # Longer than the default window of 600 frames, and drifting, so that the window's place shows.
    drifting = np.random.default_rng(5).standard_normal((700, 2)).cumsum(axis=0)
    goldens.store("input-drifting", drifting.astype(np.float32))
    goldens.add_derived("kaldi", "delta", deltas, DELTA)
    goldens.add_derived("kaldi", "cmvn", cmvn, CMVN)
    goldens.add_derived("kaldi", "vad", energy_vad, VAD)
