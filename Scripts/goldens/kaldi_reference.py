"""Kaldi's sliding-window normalisation and energy-based voice activity, in float64.

Written from the definitions in Kaldi's feat/feature-functions.h (SlidingWindowCmnOptions) and
ivector/voice-activity-detection.h; the Python package has no counterpart of either.
"""
import numpy as np


def sliding_window(frame, frames, cmn_window, min_cmn_window, center):
    """First and last-plus-one frame of the window that normalises `frame`."""
    if center:
        start = frame - cmn_window // 2
        end = start + cmn_window
    else:
        # The window ends at the frame itself and so holds cmn_window + 1 frames.
        start = frame - cmn_window
        end = frame + 1
    if start < 0:
        end -= start
        start = 0
    if not center and end > frame:
        # Never look ahead, except to reach the least number of frames.
        end = max(frame + 1, min_cmn_window)
    if end > frames:
        start = max(0, start - (end - frames))
        end = frames
    return start, end


def sliding_cmn(features, cmn_window=600, min_cmn_window=100, center=False, norm_vars=False):
    """Features less the mean of a window around or before each frame; variance 1 if asked for."""
    features = features.astype(np.float64)
    normalized = np.empty_like(features)
    for frame, row in enumerate(features):
        start, end = sliding_window(frame, len(features), cmn_window, min_cmn_window, center)
        window = features[start:end]
        normalized[frame] = row - window.mean(axis=0)
        if norm_vars and len(window) == 1:
            normalized[frame] = 0
        elif norm_vars:
            normalized[frame] /= np.sqrt(np.maximum(window.var(axis=0), 1e-10))
    return normalized


def energy_vad(
    features,
    vad_energy_threshold=5.0,
    vad_energy_mean_scale=0.5,
    vad_frames_context=0,
    vad_proportion_threshold=0.6,
):
    """1 for each frame with speech, else 0: frames x 1. Column 0 of `features` is log energy."""
    energies = features[:, 0].astype(np.float64)
    threshold = vad_energy_threshold + vad_energy_mean_scale * energies.mean()
    above = energies > threshold
    assert np.abs(energies - threshold).min() > 1e-3, "a frame too near the threshold to compare"
    voiced = np.zeros((len(energies), 1))
    for frame in range(len(energies)):
        context = above[max(0, frame - vad_frames_context) : frame + vad_frames_context + 1]
        voiced[frame] = context.sum() >= len(context) * vad_proportion_threshold
    return voiced
