"""Alters a voice so that who hears it does not know it again: pitch and timbre are shifted.

Runs only in the process of `inspector`. The shift is drawn anew for each recording and wanders while
somebody speaks, so that shifting everything back does not give the voice again. What is said stays clear,
and so do accent and choice of words: the page says that this hides a voice and proves nothing.

Method: a phase vocoder stretches the sound (Flanagan and Golden 1966; Laroche and Dolson 1999), then it is
played faster or slower, which moves pitch and formants together.
"""

import random
import wave
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000
"""Samples a second of what is kept: enough for speech."""
WINDOW: Final = 1024
HOP: Final = 256
LOWER: Final = (0.76, 0.84)
HIGHER: Final = (1.2, 1.32)
WANDERS: Final = 0.03
DRIFT_EVERY: Final = RATE // 2
SAMPLE_BYTES: Final = 2
RATES_TAKEN: Final = range(4_000, 192_001)
"""No recorder has another; a higher one would cost a minute of work for a small file."""

Sound = NDArray[np.float64]


class CannotAlter(Exception):
    """Not plain 16-bit sound."""


def alter(file: BinaryIO, into: BinaryIO, chance: random.Random | None = None) -> None:
    """Write the recording in `file` with another voice, mono and 16 bits, to `into`.

    Raises:
        CannotAlter: it is not a WAV file with 16 bits a sample.
    """
    sound = _read(file)
    drawn = chance or random.SystemRandom()
    shift = drawn.uniform(*drawn.choice((LOWER, HIGHER)))
    altered = _played(_stretched(sound, shift), shift, drawn)[: len(sound)]
    loudest = float(np.max(np.abs(altered), initial=0.0))
    scaled = altered * (0.9 / loudest) if loudest > 0.9 else altered
    with wave.open(into, "wb") as told:
        told.setnchannels(1)
        told.setsampwidth(SAMPLE_BYTES)
        told.setframerate(RATE)
        told.writeframes((scaled * 32767).astype("<i2").tobytes())


def _read(file: BinaryIO) -> Sound:
    try:
        with wave.open(file, "rb") as told:
            channels, width, rate = told.getnchannels(), told.getsampwidth(), told.getframerate()
            frames = told.readframes(told.getnframes())
    except (wave.Error, EOFError) as error:
        raise CannotAlter from error
    if width != SAMPLE_BYTES or not frames or rate not in RATES_TAKEN:
        raise CannotAlter
    whole = len(frames) // (SAMPLE_BYTES * channels) * channels
    samples = np.frombuffer(frames, "<i2", whole).astype(np.float32).reshape(-1, channels)
    return _at_our_rate(samples.mean(axis=1).astype(np.float64) / 32768, rate)


def _at_our_rate(sound: Sound, rate: int) -> Sound:
    if rate == RATE:
        return sound
    if rate > RATE:  # what is too high for our rate is taken out first
        width = max(1, round(rate / RATE))
        sound = np.convolve(sound, np.ones(width) / width, "same")
    count = max(1, int(len(sound) * RATE / rate))
    return np.asarray(np.interp(np.arange(count) * (rate / RATE), np.arange(len(sound)), sound))


def _stretched(sound: Sound, factor: float) -> Sound:
    """Return the sound `factor` times as long at the same pitch."""
    window = np.hanning(WINDOW)
    padded = np.concatenate([np.zeros(WINDOW), sound, np.zeros(2 * WINDOW)])
    steps = int((len(padded) - WINDOW - HOP - 1) * factor / HOP)
    out = np.zeros(steps * HOP + WINDOW)
    expected = 2 * np.pi * HOP * np.arange(WINDOW // 2 + 1) / WINDOW
    phase = np.angle(np.fft.rfft(window * padded[:WINDOW]))
    for step in range(steps):
        start = int(step * HOP / factor)
        here = np.fft.rfft(window * padded[start : start + WINDOW])
        then = np.fft.rfft(window * padded[start + HOP : start + HOP + WINDOW])
        spoken = np.fft.irfft(np.abs(then) * np.exp(1j * phase))
        out[step * HOP : step * HOP + WINDOW] += window * spoken
        moved = np.angle(then) - np.angle(here) - expected
        phase = phase + expected + moved - 2 * np.pi * np.round(moved / (2 * np.pi))
    return out[int(WINDOW * factor) :] / 1.5


def _played(sound: Sound, speed: float, drawn: random.Random) -> Sound:
    """Return the sound played at a speed that wanders a little about `speed`."""
    count = int(len(sound) / speed)
    marks = max(2, count // DRIFT_EVERY + 2)
    drift = np.array([drawn.uniform(-WANDERS, WANDERS) for _ in range(marks)])
    speeds = speed * (1 + np.interp(np.arange(count), np.arange(marks) * DRIFT_EVERY, drift))
    return np.asarray(np.interp(np.cumsum(speeds), np.arange(len(sound)), sound))
