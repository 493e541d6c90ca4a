"""The trained weights as they are shipped: one file of whole numbers (NumPy's `npz`)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from ccredact.errors import ModelError
from ccredact.tagger import architecture as m
from ccredact.tagger.features import ROWS
from ccredact.tagger.prefilter import Begins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHAPES = {
    "table": (ROWS, m.WORD + m.ASKED),
    "read": ((m.READ_BACK + 1 + m.READ_AHEAD) * m.WORD, m.READ),
    "read_bias": (m.READ,),
    "judge": ((m.JUDGE_BACK + 1 + m.JUDGE_AHEAD) * m.READ + m.WORD + m.ASKED, m.JUDGED),
    "judge_bias": (m.JUDGED,),
    "tell": (m.JUDGED, len(m.TAGS)),
    "tell_bias": (len(m.TAGS),),
}

PIPELINE_FILE = "ccredact_tagger/weights.npz"
"""Where a trained spaCy pipeline has them."""


class Known:
    """The lexicon: bits by hash, looked up in two sorted arrays (a dict of as many takes longer to make than NumPy)."""

    __slots__ = ("_bits", "_hashes")

    def __init__(self, hashes: NDArray[np.uint32], bits: NDArray[np.uint16]) -> None:
        self._hashes, self._bits = hashes.data, bits.data

    def get(self, key: int, default: int, /) -> int:
        """The bits of a hash."""
        at = bisect_left(self._hashes, key)
        return self._bits[at] if at < len(self._hashes) and self._hashes[at] == key else default


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights in 64ths, biases in 1024ths.

    `known` are the lexicon's bits by hash, `begins` knows with which words no entity begins.
    """

    table: NDArray[np.int8]
    read: Floats
    read_bias: Floats
    judge: Floats
    judge_bias: Floats
    tell: Floats
    tell_bias: Floats
    known: Known
    begins: Begins


def load(data: bytes) -> Weights:
    """Weights from the bytes of a file; raises `ModelError` for any other file."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in (*SHAPES, "known_hashes", "known_bits", "plain")}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        raise ModelError("this is no file of tagger weights") from None
    for name, shape in SHAPES.items():
        if found[name].shape != shape:
            raise ModelError(f"weights of another tagger: {name} is not {shape}")
    if any(found[name].dtype.kind not in "iu" for name in found):
        raise ModelError("these weights are no whole numbers")
    if found["known_hashes"].shape != found["known_bits"].shape:
        raise ModelError("the lexicon of these weights is broken")
    floats = {name: found[name].astype(np.float32) for name in SHAPES if name != "table"}
    known = Known(found["known_hashes"], found["known_bits"])
    begins = Begins(found["plain"].tobytes().decode().split("\n"))
    return Weights(found["table"], **floats, known=known, begins=begins)


def shipped_bytes() -> bytes:
    """The file of weights in this package; raises `ModelError` when it is missing."""
    try:
        return (files("ccredact.tagger") / "weights.npz").read_bytes()
    except OSError:
        raise ModelError("the tagger's weights are missing from this installation") from None


def at(path: str | Path) -> Weights:
    """The weights of a file, or of a pipeline that `spacy train` wrote; raises `ModelError`."""
    path = Path(path)
    try:
        return load((path / PIPELINE_FILE if path.is_dir() else path).read_bytes())
    except OSError as problem:
        raise ModelError(f"no tagger weights can be read from {path}: {problem.strerror}") from None


@cache
def shipped() -> Weights:
    """The weights in this package."""
    return load(shipped_bytes())
