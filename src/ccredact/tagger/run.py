"""The network over words: what does not depend on neighbours is made once for each form, the rest in few matrices."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ccredact.tagger import model as m
from ccredact.tagger.features import MARKS, rows_of

if TYPE_CHECKING:
    from ccredact.tagger.weights import Floats, Weights

MOST_FORMS = 8192
"""Forms that are kept; about 2.3 kB each."""
_SPOTS = m.READ_BACK + 1 + m.READ_AHEAD
_JUDGE_SPOTS = m.JUDGE_BACK + 1 + m.JUDGE_AHEAD
_QUARTER = np.float32(m.VALUE_STEP / m.WEIGHT_STEP)
_STEP = np.float32(1 / m.WEIGHT_STEP)
_HALF = np.float32(0.5)
_READ_SPOTS = np.arange(_SPOTS)
_READ_STEPS = _READ_SPOTS - m.READ_BACK
_JUDGE_STEPS = np.arange(_JUDGE_SPOTS) - m.JUDGE_BACK
_AT_ONCE = 1024
_ROWS = 8
_GRID = np.arange(_AT_ONCE)[:, None]


class _Forms:
    """Parts of forms, a row each; row 0 is "no word". Filled under a lock, read without one; full, it is put aside.

    `reads` has `_SPOTS` rows for each form: what it adds to the reading of a word that stands so far from it; `own`
    what it adds to the judgement of itself, `asked` what it adds as part of the turn before.
    """

    __slots__ = ("asked", "own", "reads", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.reads = np.zeros((MOST_FORMS * _SPOTS, m.READ), np.float32)
        self.own = np.zeros((MOST_FORMS, m.JUDGED), np.float32)
        self.asked = np.zeros((MOST_FORMS, m.ASKED), np.float32)


class Network:
    """The trained network; shared by calls and threads. All sums are kept in the steps of activations."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._forms = _Forms()
        self._lock = Lock()
        self._read = (
            np.ascontiguousarray(
                weights.read.reshape(_SPOTS, m.WORD, m.READ).transpose(1, 0, 2).reshape(m.WORD, _SPOTS * m.READ)
            )
            * _STEP
        )
        self._read_bias = weights.read_bias * _STEP + _HALF
        around = _JUDGE_SPOTS * m.READ
        judge = weights.judge * _STEP
        self._judge_around = np.ascontiguousarray(judge[:around])
        self._judge_own = np.ascontiguousarray(judge[around : around + m.WORD])
        self._judge_asked = np.ascontiguousarray(judge[around + m.WORD :])
        self._judge_bias = weights.judge_bias * _STEP + _HALF

    def tags(self, forms: Sequence[str], ends: Sequence[int], wanted: Sequence[int], said: Sequence[str]) -> list[int]:
        """The tags of some of the words of `forms`: of the places `wanted`, in order.

        `ends` says of each form behind which place its final utterance ends: no word is read with what follows that.
        `said` are the last forms of the turn before. At most 1,024 forms at once.
        """
        kept, rows = self._rows(forms, said)
        count = len(forms)
        low, high = max(0, wanted[0] - m.JUDGE_BACK), min(count, wanted[-1] + m.JUDGE_AHEAD + 1)
        ids = np.array((*rows[:count], 0))
        stop = np.array(ends)
        near = _GRID[low:high] + _READ_STEPS
        near[(near < 0) | (near >= stop[low:high, None])] = count  # no word
        near = ids.take(near)
        near *= _SPOTS
        near += _READ_SPOTS
        read = np.zeros((high - low + 1, m.READ), np.float32)  # the last: no reading
        read[:-1] = _signal(np.add.reduce(kept.reads.take(near, 0), 1), self._read_bias)
        places = np.array(wanted)
        spots = places[:, None] + _JUDGE_STEPS
        spots[(spots < 0) | (spots >= stop.take(places)[:, None])] = high
        spots -= low
        judged = _product(read.take(spots, 0).reshape(len(wanted), -1), self._judge_around)
        judged += kept.own.take(ids.take(places), 0)
        scores = _signal(judged, self._bias(kept, rows[count:])) @ self._weights.tell
        scores += self._weights.tell_bias
        best: list[int] = scores.argmax(1).tolist()
        return best

    def _bias(self, kept: _Forms, said: list[int]) -> Floats:
        """What is added to every judgement of a turn."""
        if not said:
            return self._judge_bias
        asked = np.add.reduce(kept.asked.take(said, 0))
        bias: Floats = np.minimum(np.maximum(asked, 0), m.TOP) @ self._judge_asked
        bias += self._judge_bias
        return bias

    def _rows(self, forms: Sequence[str], said: Sequence[str]) -> tuple[_Forms, list[int]]:
        """Where the forms are kept."""
        kept = self._forms
        get = kept.rows.get
        rows = [get(form, 0) for form in forms]
        rows += [get(form, 0) for form in said]
        if 0 in rows:
            with self._lock:
                kept = self._add({*forms, *said})
                rows = [kept.rows[form] for form in (*forms, *said)]
        return kept, rows

    def _add(self, forms: set[str]) -> _Forms:
        kept = self._forms
        new = [form for form in forms if form not in kept.rows]
        if len(kept.rows) + len(new) >= MOST_FORMS:
            kept, new = _Forms(), list(forms)
        rows = [[MARKS[form]] if form in MARKS else rows_of(form, self._weights.known) for form in new]
        table = self._weights.table
        sums = np.stack([table[own].sum(0, dtype=np.int32) for own in rows]).astype(np.float32)
        values = np.clip(np.floor(sums * _QUARTER + _HALF), -m.TOP, m.TOP)
        at = len(kept.rows) + 1
        words = values[:, : m.WORD]
        kept.reads[at * _SPOTS : (at + len(new)) * _SPOTS] = (words @ self._read).reshape(-1, m.READ)
        kept.own[at : at + len(new)] = words @ self._judge_own
        kept.asked[at : at + len(new)] = values[:, m.WORD :]
        kept.rows.update(zip(new, range(at, at + len(new)), strict=True))
        self._forms = kept
        return kept


def _product(values: Floats, weights: Floats) -> Floats:
    """Their matrix product, a few rows at a time: so small a one BLAS makes in this thread, and wakes no others."""
    if len(values) <= _ROWS:
        return values @ weights
    out = np.empty((len(values), weights.shape[1]), np.float32)
    for at in range(0, len(values), _ROWS):
        np.matmul(values[at : at + _ROWS], weights, out=out[at : at + _ROWS])
    return out


def _signal(sums: Floats, bias: Floats) -> Floats:
    """Sums of products as activations: whole steps from 0 to 127; the bias has the half that rounds."""
    sums += bias
    np.floor(sums, out=sums)
    np.maximum(sums, 0, out=sums)
    np.minimum(sums, m.TOP, out=sums)
    return sums
