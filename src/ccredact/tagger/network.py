"""The network over words: what does not depend on neighbours is made once for each form, the rest in few matrices."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np

from ccredact.tagger import architecture as m
from ccredact.tagger.features import MARKS, lexicon_hash, plain_letters, rows_of

if TYPE_CHECKING:
    from ccredact.tagger.weights import Floats, Weights

MOST_FORMS = 8192
"""Forms that are kept; about 2.3 kB each."""
_SPOTS = m.READ_BACK + 1 + m.READ_AHEAD
_JUDGE_SPOTS = m.JUDGE_BACK + 1 + m.JUDGE_AHEAD
_QUARTER = np.float32(m.VALUE_STEP / m.WEIGHT_STEP)
_STEP = np.float32(1 / m.WEIGHT_STEP)
_HALF = np.float32(0.5)
_LEAST, _MOST = np.float32(0), np.float32(m.TOP)
_FEW, _ROWS = 4, 8
_BEFORE, _BEHIND = [0] * m.READ_BACK, [0] * m.READ_AHEAD
_FLOAT = np.dtype(np.float32)
_DIAGONAL = ((_SPOTS + 1) * m.READ * _FLOAT.itemsize, _SPOTS * m.READ * _FLOAT.itemsize, _FLOAT.itemsize)
"""Strides over words in a row, each with a part for every spot: the first part of a word, the next one of the next."""


class _Forms:
    """Parts of forms; the first is "no word". Filled under a lock, read without one; full, it is put aside.

    `reads` has `_SPOTS` parts for each form, told by `rows`: what it adds to the reading of a word that stands so far
    from it, its own with the bias; `own` has what it adds to the judgement of itself, `asked` as part of the turn
    before.
    """

    __slots__ = ("asked", "own", "reads", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.reads = np.zeros((MOST_FORMS, _SPOTS * m.READ), np.float32)
        self.own = np.zeros((MOST_FORMS, m.JUDGED), np.float32)
        self.asked = np.zeros((MOST_FORMS, m.ASKED), np.float32)


class Network:
    """The trained network; shared by calls and threads. All sums are kept in the steps of activations."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._forms = _Forms()
        self._bits: dict[str, int] = {}  # of words that were asked for
        self._lock = Lock()
        self._read = (
            np.ascontiguousarray(
                weights.read.reshape(_SPOTS, m.WORD, m.READ).transpose(1, 0, 2).reshape(m.WORD, _SPOTS * m.READ)
            )
            * _STEP
        )
        self._read_bias = np.zeros(_SPOTS * m.READ, np.float32)
        self._read_bias[m.READ_BACK * m.READ :][: m.READ] = weights.read_bias * _STEP + _HALF
        around = _JUDGE_SPOTS * m.READ
        judge = weights.judge * _STEP
        self._judge_around = np.ascontiguousarray(judge[:around])
        self._judge_own = np.ascontiguousarray(judge[around : around + m.WORD])
        self._judge_asked = np.ascontiguousarray(judge[around + m.WORD :])
        self._judge_bias = weights.judge_bias * _STEP + _HALF

    def known(self, key: str) -> int:
        """What the lexicon says of a word: the bits of `features`."""
        bits = self._bits.get(key, -1)
        if bits < 0:
            bits = self._weights.known.get(lexicon_hash(plain_letters(key)), 0)
            if len(self._bits) >= MOST_FORMS:
                self._bits = {}
            self._bits[key] = bits
        return bits

    def asked(self, said: Sequence[str]) -> Floats:
        """What the last forms of the turn before add to every judgement of a turn."""
        if not said:
            return self._judge_bias
        kept, rows = self._rows(said)
        bias: Floats = np.add.reduce(kept.asked.take(rows, 0)).clip(_LEAST, _MOST) @ self._judge_asked
        bias += self._judge_bias
        return bias

    @staticmethod
    def each(asked: Sequence[Floats]) -> Floats:
        """What was asked before each of some words."""
        return np.stack(asked)

    def tags(self, forms: Sequence[str], ends: Sequence[int], wanted: Sequence[int], asked: Floats) -> list[int]:
        """The tags of some of the words of `forms`: of the places `wanted`, in order.

        `ends` says of each form behind which place its final utterance ends: no word is read with what follows that.
        `asked` is what `Network.asked` gives, or `Network.each` for words of several turns. At most `AT_ONCE` forms.
        """
        low, high = max(0, wanted[0] - m.JUDGE_BACK), min(len(forms), wanted[-1] + m.JUDGE_AHEAD + 1)
        kept, rows = self._rows(forms)
        read, readings = _readings(kept, rows, ends, low, high)
        none = len(read) - 1
        around = [*[none] * m.JUDGE_BACK, *readings, *[none] * m.JUDGE_AHEAD]
        spots: list[int] = []
        for place in wanted:
            seen = around[place - low : place - low + _JUDGE_SPOTS]
            left = ends[place] - place + m.JUDGE_BACK
            spots += seen if left >= _JUDGE_SPOTS else [*seen[:left], *[none] * (_JUDGE_SPOTS - left)]
        judged = _product(read.take(spots, 0).reshape(len(wanted), -1), self._judge_around)
        judged += kept.own.take([rows[place] for place in wanted], 0)
        judged += asked
        scores = _signal(judged) @ self._weights.tell
        scores += self._weights.tell_bias
        best: list[int] = scores.argmax(1).tolist()
        return best

    def _rows(self, forms: Sequence[str]) -> tuple[_Forms, list[int]]:
        """Where the forms are kept."""
        kept = self._forms
        rows = list(map(kept.rows.get, forms))
        if None in rows:
            with self._lock:
                kept = self._add(set(forms))
                rows = list(map(kept.rows.get, forms))
        return kept, cast("list[int]", rows)

    def _add(self, forms: set[str]) -> _Forms:
        kept = self._forms
        new = [form for form in forms if form not in kept.rows]
        if len(kept.rows) + len(new) >= MOST_FORMS:
            kept, new = _Forms(), list(forms)
        table, known, at = self._weights.table, self._weights.known, len(kept.rows) + 1
        values = np.empty((len(new), m.WORD + m.ASKED), np.float32)
        for form, sums in zip(new, values, strict=True):
            rows = [MARKS[form]] if form in MARKS else rows_of(form, known)
            np.add.reduce(table.take(rows, 0), 0, dtype=np.float32, out=sums)
        values *= _QUARTER
        values += _HALF
        np.floor(values, out=values)
        values.clip(-_MOST, _MOST, values)
        words = values[:, : m.WORD]
        kept.reads[at : at + len(new)] = words @ self._read + self._read_bias
        kept.own[at : at + len(new)] = words @ self._judge_own
        kept.asked[at : at + len(new)] = values[:, m.WORD :]
        kept.rows.update(zip(new, range(at, at + len(new)), strict=True))
        self._forms = kept
        return kept


def _product(values: Floats, weights: Floats) -> Floats:
    """Their matrix product, a few rows at a time: so small a one BLAS makes in this thread, and wakes no others."""
    out = np.empty((len(values), weights.shape[1]), np.float32)
    if len(values) < _FEW:  # a row by itself needs no packing of the weights
        for row, sums in zip(values, out, strict=True):
            np.dot(row, weights, out=sums)
        return out
    for at in range(0, len(values), _ROWS):
        np.matmul(values[at : at + _ROWS], weights, out=out[at : at + _ROWS])
    return out


def _readings(kept: _Forms, rows: list[int], ends: Sequence[int], low: int, high: int) -> tuple[Floats, list[int]]:
    """Readings, the last one of no word, and which of them are those of the words `[low, high)`.

    Finals stand in a line with no words between, whose readings nobody asks for.
    """
    line: list[int] = []
    readings: list[int] = []
    while low < high:  # a final
        stop = min(high, ends[low])
        readings += range(len(line), len(line) + stop - low)
        line += (_BEFORE + rows[max(0, low - m.READ_BACK) : low])[-m.READ_BACK :]
        line += rows[low:stop]
        line += (rows[stop : min(ends[low], stop + m.READ_AHEAD)] + _BEHIND)[: m.READ_AHEAD]
        low = stop
    count = len(line) - _SPOTS + 1
    read = np.zeros((count + 1, m.READ), np.float32)
    words = read[:-1]
    parts = kept.reads.take(line, 0)
    np.add.reduce(np.ndarray((_SPOTS, count, m.READ), _FLOAT, parts, 0, _DIAGONAL), 0, out=words)
    _signal(words)
    return read, readings


def _signal(sums: Floats) -> Floats:
    """Sums of products, and the half that rounds, as activations: whole steps from 0 to 127."""
    np.floor(sums, out=sums)
    sums.clip(_LEAST, _MOST, sums)
    return sums
