"""Alters a voice so that who hears it does not know it again: pitch and timbre are shifted.

Runs only in the process of `inspector`. The shift is drawn anew for each recording and wanders while
somebody speaks, so that shifting everything back does not give the voice again. What is said stays clear,
and so do accent and choice of words: the page says that this hides a voice and proves nothing.

Method: a phase vocoder stretches the sound (Flanagan and Golden 1966; Laroche and Dolson 1999), then it is
played faster or slower, which moves pitch and formants together. Both go through the sound in short parts,
for the process has little memory.
"""

import random
import wave
from typing import BinaryIO, Final

import numpy as np
from numpy import fft
from numpy.typing import NDArray

from intake_api.files.sound_reading import RATE, Sound

WINDOW: Final = 1024
HOP: Final = 256
LOWER: Final = (0.76, 0.84)
HIGHER: Final = (1.2, 1.32)
WANDERS: Final = 0.03
DRIFT_EVERY: Final = RATE // 2
SAMPLE_BYTES: Final = 2
STEPS_AT_ONCE: Final = 256
SAMPLES_AT_ONCE: Final = 2**18
FULL: Final = 32_767


def alter(sound: Sound, into: BinaryIO, chance: random.Random | None = None) -> None:
    """Write the sound with another voice, mono and 16 bits, to `into`, and nothing else of the recording."""
    drawn = chance or random.SystemRandom()
    shift = drawn.uniform(*drawn.choice((LOWER, HIGHER)))
    altered = _played(_stretched(sound, shift), shift, drawn)[: len(sound)]
    loudest = max(float(np.max(altered, initial=0.0)), -float(np.min(altered, initial=0.0)))
    altered *= FULL * (0.9 / loudest if loudest > 0.9 else 1.0)
    with wave.open(into, "wb") as told:
        told.setnchannels(1)
        told.setsampwidth(SAMPLE_BYTES)
        told.setframerate(RATE)
        told.writeframes(altered.astype("<i2").tobytes())


def _stretched(sound: Sound, factor: float) -> Sound:
    """Return the sound `factor` times as long at the same pitch."""
    window = np.hanning(WINDOW).astype(np.float32)
    padded = np.concatenate([np.zeros(WINDOW, np.float32), sound, np.zeros(2 * WINDOW, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)
    steps = int((len(padded) - WINDOW - HOP - 1) * factor / HOP)
    out = np.zeros(steps * HOP + WINDOW, np.float32)
    expected = 2 * np.pi * HOP * np.arange(WINDOW // 2 + 1) / WINDOW
    phase = np.angle(fft.rfft(window * padded[:WINDOW])).astype(np.float64)
    for first in range(0, steps, STEPS_AT_ONCE):
        count = min(STEPS_AT_ONCE, steps - first)
        starts = ((first + np.arange(count)) * HOP / factor).astype(np.int64)
        here = fft.rfft(window * windows[starts])
        then = fft.rfft(window * windows[starts + HOP])
        phases = _turned(np.angle(then) - np.angle(here), expected, phase)
        spoken = fft.irfft(np.abs(then) * np.exp(1j * phases[:-1])) * window
        for step, part in enumerate(spoken, start=first):
            out[step * HOP : step * HOP + WINDOW] += part
        phase = phases[-1]
    out /= 1.5
    return out[int(WINDOW * factor) :]


def _turned(
    moved: NDArray[np.floating], expected: NDArray[np.float64], phase: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the phases before the first step and after each one."""
    beyond = moved - expected
    beyond -= 2 * np.pi * np.round(beyond / (2 * np.pi))
    turned = np.cumsum(np.concatenate([phase[np.newaxis], expected + beyond]), axis=0)
    return np.asarray(np.remainder(turned, 2 * np.pi))


def _played(sound: Sound, speed: float, drawn: random.Random) -> Sound:
    """Return the sound played at a speed that wanders a little about `speed`."""
    count = int(len(sound) / speed)
    marks = max(2, count // DRIFT_EVERY + 2)
    drift = np.array([drawn.uniform(-WANDERS, WANDERS) for _ in range(marks)])
    out, reached = np.empty(count, np.float32), 0.0
    for first in range(0, count, SAMPLES_AT_ONCE):
        here = np.arange(first, min(first + SAMPLES_AT_ONCE, count))
        speeds = speed * (1 + np.interp(here, np.arange(marks) * DRIFT_EVERY, drift))
        at = np.minimum(reached + np.cumsum(speeds), len(sound) - 1)
        reached += float(speeds.sum())
        whole = np.minimum(at.astype(np.int64), len(sound) - 2)
        part = (at - whole).astype(np.float32)
        out[here] = sound[whole] * (1 - part) + sound[whole + 1] * part
    return out
