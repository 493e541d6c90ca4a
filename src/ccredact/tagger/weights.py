"""The trained weights as they are shipped: one file of integers (NumPy's `npz`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import numpy as np

from ccredact.errors import ModelError
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import ROWS
from ccredact.tagger.prefilter import Prefilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_JUDGE_INPUTS: Final = arch.JUDGE_WINDOW * arch.READ_WIDTH + arch.WORD_WIDTH + arch.QUESTION_WIDTH
ARRAY_SHAPES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "table": (ROWS, arch.WORD_WIDTH + arch.QUESTION_WIDTH),
        "read": (arch.READ_WINDOW * arch.WORD_WIDTH, arch.READ_WIDTH),
        "read_bias": (arch.READ_WIDTH,),
        "judge": (_JUDGE_INPUTS, arch.JUDGE_WIDTH),
        "judge_bias": (arch.JUDGE_WIDTH,),
        "tell": (arch.JUDGE_WIDTH, len(arch.TAGS)),
        "tell_bias": (len(arch.TAGS),),
    }
)
"""The network's arrays in a file of weights, and their shapes."""
_OTHER_ARRAYS: Final = ("known_hashes", "known_bits", "plain")
"""The lexicon's hashes (uint32, ascending) and bits (uint16), and the prefilter's items as lines of UTF-8 (uint8)."""

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
class Weights:
    """What a file of weights holds.

    `table` is int8, the other arrays float32 with integer values, all of the shapes in `ARRAY_SHAPES`: weights in
    64ths (`1 / WEIGHT_STEP`), biases in 1024ths (`1 / (WEIGHT_STEP * VALUE_STEP)`).
    """

    table: NDArray[np.int8]
    read: Floats
    read_bias: Floats
    judge: Floats
    judge_bias: Floats
    tell: Floats
    tell_bias: Floats
    lexicon: HashedLexicon
    prefilter: Prefilter


def load(data: bytes) -> Weights:
    """Return the weights that the bytes of a file hold; raises `ModelError` for any other file."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in (*ARRAY_SHAPES, *_OTHER_ARRAYS)}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        raise ModelError("this is no file of tagger weights") from None
    for name, shape in ARRAY_SHAPES.items():
        if found[name].shape != shape:
            raise ModelError(f"weights of another tagger: {name} is not {shape}")
    if any(found[name].dtype.kind not in "iu" for name in found):
        raise ModelError("these weights are no whole numbers")
    if found["known_hashes"].shape != found["known_bits"].shape:
        raise ModelError("the lexicon of these weights is broken")
    floats = {name: found[name].astype(np.float32) for name in ARRAY_SHAPES if name != "table"}
    lexicon = HashedLexicon(found["known_hashes"], found["known_bits"])
    prefilter = Prefilter(found["plain"].tobytes().decode().split("\n"))
    return Weights(found["table"], **floats, lexicon=lexicon, prefilter=prefilter)


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
