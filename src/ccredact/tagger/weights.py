"""The trained weights as they are shipped: one file of integers (NumPy's `npz`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

import numpy as np

from ccredact.errors import ModelError
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import ROWS
from ccredact.tagger.prefilter import DisclosurePrefilter, Prefilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


def array_shapes(half: arch.Half) -> Mapping[str, tuple[int, ...]]:
    """Return the shapes of the arrays of a half; in a file of weights, its prefix stands before their names."""
    judged = arch.JUDGE_WINDOW * half.read + half.word + half.question
    return {
        "table": (ROWS, half.word + half.question),
        "read": (arch.READ_WINDOW * half.word, half.read),
        "read_bias": (half.read,),
        "judge": (judged, half.judge),
        "judge_bias": (half.judge,),
        "tell": (half.judge, len(half.tags)),
        "tell_bias": (len(half.tags),),
    }


PLAIN: Final = "plain"
"""The items of a half's prefilter, as lines of UTF-8 (uint8)."""
LEXICON: Final = ("known_hashes", "known_bits")
"""The lexicon's hashes (uint32, ascending) and bits (uint16)."""

PIPELINE_FILE: Final = "ccredact_tagger/weights.npz"
"""Where a trained spaCy pipeline has them."""


class HashedLexicon:
    """Bits by hash, looked up in two sorted arrays: a dict of as many would take longer to make than NumPy to load."""

    __slots__ = ("_bits", "_hashes")

    def __init__(self, hashes: NDArray[np.uint32], bits: NDArray[np.uint16]) -> None:
        self._hashes, self._bits = hashes.data, bits.data

    def get(self, key: int, default: int, /) -> int:
        """Return the bits of a hash, `default` where it is not in the lexicon."""
        at = bisect_left(self._hashes, key)
        return self._bits[at] if at < len(self._hashes) and self._hashes[at] == key else default


@dataclass(frozen=True, eq=False)
class HalfWeights:
    """The weights of one half.

    `table` is int8, the other arrays float32 with integer values, all of the shapes in `array_shapes`: weights in
    64ths (`1 / WEIGHT_STEP`), biases in 1024ths (`1 / (WEIGHT_STEP * VALUE_STEP)`).
    """

    half: arch.Half
    table: NDArray[np.int8]
    read: Floats
    read_bias: Floats
    judge: Floats
    judge_bias: Floats
    tell: Floats
    tell_bias: Floats
    lexicon: HashedLexicon


@dataclass(frozen=True, eq=False)
class Disclosing(HalfWeights):
    """The half that tells health, family and purchases, with its prefilter."""

    prefilter: DisclosurePrefilter


@dataclass(frozen=True, eq=False)
class Weights(HalfWeights):
    """What a file of weights holds: the half that tells names, its prefilter, and the other half if there is one."""

    prefilter: Prefilter
    said: Disclosing | None = None


def load(data: bytes) -> Weights:
    """Return the weights that the bytes of a file hold; raises `ModelError` for any other file."""
    names, said = arch.NAMES_HALF, arch.DISCLOSURES_HALF
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            held = [half for half in (names, said) if half.prefix + PLAIN in arrays.files]
            wanted = [half.prefix + name for half in held for name in (*array_shapes(half), PLAIN)]
            found = {name: arrays[name] for name in (*wanted, *LEXICON)}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        raise ModelError("this is no file of tagger weights") from None
    if names not in held:
        raise ModelError("this is no file of tagger weights")
    for half in held:
        for name, shape in array_shapes(half).items():
            if found[half.prefix + name].shape != shape:
                raise ModelError(f"weights of another tagger: {half.prefix}{name} is not {shape}")
    if any(found[name].dtype.kind not in "iu" for name in found):
        raise ModelError("these weights are no whole numbers")
    if found["known_hashes"].shape != found["known_bits"].shape:
        raise ModelError("the lexicon of these weights is broken")
    lexicon = HashedLexicon(found["known_hashes"], found["known_bits"])
    other = None
    if said in held:
        quiet = DisclosurePrefilter(_lines(found[said.prefix + PLAIN]))
        other = Disclosing(half=said, **_arrays(found, said), lexicon=lexicon, prefilter=quiet)
    prefilter = Prefilter(_lines(found[PLAIN]))
    return Weights(half=names, **_arrays(found, names), lexicon=lexicon, prefilter=prefilter, said=other)


def _arrays(found: Mapping[str, NDArray[Any]], half: arch.Half) -> dict[str, Any]:
    """Return the arrays of a half by the fields of `HalfWeights`."""
    arrays = {name: found[half.prefix + name] for name in array_shapes(half)}
    return {name: array if name == "table" else array.astype(np.float32) for name, array in arrays.items()}


def _lines(items: NDArray[np.uint8]) -> list[str]:
    return items.tobytes().decode().split("\n")


def load_path(path: str | Path) -> Weights:
    """Return the weights of a file, or of a pipeline that `spacy train` wrote; raises `ModelError`."""
    path = Path(path)
    try:
        return load((path / PIPELINE_FILE if path.is_dir() else path).read_bytes())
    except OSError as problem:
        raise ModelError(f"no tagger weights can be read from {path}: {problem.strerror}") from None


def shipped_bytes() -> bytes:
    """Return the file of weights in this package; raises `ModelError` when it is missing."""
    try:
        return (files("ccredact.tagger") / "weights.npz").read_bytes()
    except OSError:
        raise ModelError("the tagger's weights are missing from this installation") from None


@cache
def shipped() -> Weights:
    """Return the weights in this package; raises `ModelError` when they are missing."""
    return load(shipped_bytes())
