"""The sounds that the front ends are tried on: short, 16-bit, mono, the same bytes every time."""
import shutil
from dataclasses import dataclass

import numpy as np
from scipy.io import wavfile


@dataclass(frozen=True)
class Signal:
    """Samples of one sound file, at the two scales that toolkits take."""

    rate: int
    samples: np.ndarray  # int16

    @property
    def int16_scale(self):
        """Float64 in -32768...32767, as Kaldi and HTK take samples."""
        return self.samples.astype(np.float64)

    @property
    def unit_scale(self):
        """Float64 in -1...1, as librosa and torchaudio take samples."""
        return self.samples / 32768.0


def quantized(samples):
    """16-bit samples of a signal in -1...1."""
    assert np.abs(samples).max() < 1
    return np.round(samples * 32767).astype(np.int16)


def chirp_noise():
    """Half a second rising from 100 Hz to 7 kHz over noise, with an offset of 2%."""
    rate, generator = 16000, np.random.default_rng(1)
    time = np.arange(rate // 2) / rate
    phase = 2 * np.pi * (100 * time + 0.5 * (7000 - 100) / 0.5 * time**2)
    return rate, 0.4 * np.sin(phase) + 0.05 * generator.standard_normal(time.size) + 0.02


def tones_noise():
    """0.7 s of four steady partials over noise, at a rate that divides into no round frame."""
    rate, generator = 22050, np.random.default_rng(2)
    time = np.arange(int(0.7 * rate)) / rate
    partials = ((220, 0.3), (440, 0.15), (1760, 0.1), (6000, 0.05))
    tones = sum(level * np.sin(2 * np.pi * f * time) for f, level in partials)
    return rate, tones + 0.01 * generator.standard_normal(time.size)


def clicks():
    """Five decaying bursts of noise with exact silence between them: 0.8 s."""
    rate, generator = 8000, np.random.default_rng(3)
    samples = np.zeros(int(0.8 * rate))
    burst = 320
    decay = np.exp(-np.arange(burst) / 60)
    for start, level in ((400, 0.7), (1500, 0.02), (2600, 0.3), (4100, 0.002), (5300, 0.15)):
        noise = np.clip(generator.standard_normal(burst) / 3, -1, 1)
        samples[start : start + burst] = level * decay * noise
    return rate, samples


def short():
    """150 samples of noise: less than one 25 ms frame."""
    return 16000, 0.3 * np.clip(np.random.default_rng(4).standard_normal(150) / 3, -1, 1)


def make_signals(folder, digit):
    """Write the signals to `folder` and return them by name. `digit` is a recording to copy."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "chirp-noise-16k": chirp_noise(),
        "tones-noise-22k": tones_noise(),
        "clicks-8k": clicks(),
        "short-16k": short(),
        "silence-16k": (16000, np.zeros(3200)),
    }
    for name, (rate, samples) in made.items():
        wavfile.write(folder / f"{name}.wav", rate, quantized(samples))
    shutil.copyfile(digit, folder / "digit-8k.wav")
    return {path.stem: Signal(*wavfile.read(path)) for path in sorted(folder.glob("*.wav"))}
