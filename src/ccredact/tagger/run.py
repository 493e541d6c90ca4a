"""The network over words: what does not depend on neighbours is made once for each form, the rest in few matrices."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ccredact.tagger import model as m
from ccredact.tagger.features import TURN, TURN_MARK, rows_of

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


class _Forms:
    """Parts of forms: row 0 is "no word". Filled under a lock, read without one; full, it is put aside."""

    __slots__ = ("asked", "reads", "rows", "words")

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.reads = np.zeros((MOST_FORMS * _SPOTS, m.READ), np.float32)
        self.words = np.zeros((MOST_FORMS, m.WORD), np.float32)
        self.asked = np.zeros((MOST_FORMS, m.ASKED), np.float32)


class Network:
    """The trained network; shared by calls and threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._forms = _Forms()
        self._lock = Lock()
        self._read = np.ascontiguousarray(
            weights.read.reshape(_SPOTS, m.WORD, m.READ).transpose(1, 0, 2).reshape(m.WORD, _SPOTS * m.READ)
        )
        around = _JUDGE_SPOTS * m.READ
        self._judge_around = np.ascontiguousarray(weights.judge[:around])
        self._judge_own = np.ascontiguousarray(weights.judge[around : around + m.WORD])
        self._judge_asked = np.ascontiguousarray(weights.judge[around + m.WORD :])

    def tags(self, forms: Sequence[str], ends: Sequence[int], wanted: Sequence[int], said: Sequence[str]) -> list[int]:
        """The tags of some of the words of `forms`: of the places `wanted`, in order.

        `ends` says of each form behind which place its final utterance ends: no word is read with what follows that.
        `said` are the last forms of the turn before.
        """
        kept, rows = self._rows(forms, said)
        count = len(forms)
        low, high = max(0, wanted[0] - m.JUDGE_BACK), min(count, wanted[-1] + m.JUDGE_AHEAD + 1)
        stop = np.asarray(ends)
        ids = np.asarray((*rows[:count], 0))
        near = np.arange(low, high)[:, None] + _READ_STEPS
        near[(near < 0) | (near >= stop[low:high, None])] = count  # no word
        near = ids[near] * _SPOTS + _READ_SPOTS
        read = np.zeros((high - low + 1, m.READ), np.float32)  # the last: no reading
        read[:-1] = _signal(kept.reads[near].sum(1) + self._weights.read_bias)
        places = np.asarray(wanted)
        spots = places[:, None] + _JUDGE_STEPS
        spots[(spots < 0) | (spots >= stop[places, None])] = high
        judged = read[spots - low].reshape(len(wanted), -1) @ self._judge_around
        judged += kept.words[ids[places]] @ self._judge_own
        judged += self._bias(kept, rows[count:])
        scores = _signal(judged) @ self._weights.tell
        scores += self._weights.tell_bias
        best: list[int] = scores.argmax(1).tolist()
        return best

    def _bias(self, kept: _Forms, said: list[int]) -> Floats:
        """What is added to every judgement of a turn."""
        if not said:
            return self._weights.judge_bias
        asked = np.clip(kept.asked[said].sum(0), 0, m.TOP)
        bias: Floats = asked @ self._judge_asked + self._weights.judge_bias
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
        rows = [[TURN] if form == TURN_MARK else rows_of(form, self._weights.known) for form in new]
        table = self._weights.table
        sums = np.stack([table[own].sum(0, dtype=np.int32) for own in rows]).astype(np.float32)
        values = np.clip(np.floor(sums * _QUARTER + _HALF), -m.TOP, m.TOP)
        at = len(kept.rows) + 1
        words = values[:, : m.WORD]
        kept.reads[at * _SPOTS : (at + len(new)) * _SPOTS] = (words @ self._read).reshape(-1, m.READ)
        kept.words[at : at + len(new)] = words
        kept.asked[at : at + len(new)] = values[:, m.WORD :]
        kept.rows.update(zip(new, range(at, at + len(new)), strict=True))
        self._forms = kept
        return kept


def _signal(sums: Floats) -> Floats:
    """Sums of products as activations: whole 16ths from 0 to 127, half rounded up."""
    sums *= _STEP
    sums += _HALF
    np.floor(sums, out=sums)
    np.maximum(sums, 0, out=sums)
    np.minimum(sums, m.TOP, out=sums)
    return sums
