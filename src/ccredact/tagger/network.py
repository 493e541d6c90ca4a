"""The network over words: what does not depend on neighbours is made once for each form, the rest in few matrices.

Shapes are in terms of `ccredact.tagger.architecture`. All sums are kept in steps of activations (`VALUE_STEP`), with
the half that rounds already in the biases.
"""

from __future__ import annotations

from math import inf
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import SEPARATOR_ROWS, lexicon_hash, plain_letters, rows_of

if TYPE_CHECKING:
    from ccredact.tagger.weights import Floats, HalfWeights

MOST_FORMS: Final = 8192
"""Forms that are kept; 1.7 kB each for names, 2.5 kB for disclosures."""
_SUM_STEP: Final = np.float32(arch.VALUE_STEP / arch.WEIGHT_STEP)
"""Of a sum of rows, which is in steps of weights, to steps of activations."""
_PRODUCT_STEP: Final = np.float32(1 / arch.WEIGHT_STEP)
"""Of a sum of products to steps of activations."""
_FLOAT: Final = np.dtype(np.float32)
_HALF: Final = np.float32(0.5)
_NOUGHT: Final = np.zeros((), _FLOAT)  # arrays, since a scalar would be made one in every call
_TOP: Final = np.full((), arch.TOP, _FLOAT)
_LEAST: Final = np.full((), -arch.TOP, _FLOAT)
_SMALL: Final = 4
"""Rows of a product below which each is made by itself."""
_FEW: Final = 8
"""Words whose best tags are found one by one, at most: NumPy costs more by the call than by the word."""
_BLOCK: Final = 16
"""Rows of a product that are made at once, at most."""
_MOST_AT_ONCE: Final = 500_000
"""Products of two numbers that are made at once, at most: from 2**19 on OpenBLAS wakes threads."""
_NO_FORM: Final = 0
"""The row of `_FormCache` that stands for no word."""
_BEFORE: Final = [_NO_FORM] * arch.READ_BACK
_BEHIND: Final = [_NO_FORM] * arch.READ_AHEAD
_OUTSIDE: Final[arch.Tagged] = (0, 0)
_NO_READING: Final = -1
"""That of no word: the last row."""
_NEAR: Final = arch.READ_WINDOW - 1
"""Words between two stretches that are read as one: so many are read beside each."""


class _FormCache:
    """What forms add to the layers. Filled under a lock, read without one; when full, another one takes its place.

    - `rows`: where each form stands in the arrays; row 0 is no word.
    - `reads`: float32 (`MOST_FORMS`, `READ_WINDOW` * `half.read`): for each spot of the window what a form there adds
      to the reading of the word in the middle; the bias is in the middle spot.
    - `own`: float32 (`MOST_FORMS`, `half.judge`): what a word adds to its own judgement.
    - `question`: float32 (`MOST_FORMS`, `half.question`): its activations as a part of the question.
    """

    __slots__ = ("own", "question", "reads", "rows")

    def __init__(self, half: arch.Half) -> None:
        self.rows: dict[str, int] = {}
        self.reads = np.zeros((MOST_FORMS, arch.READ_WINDOW * half.read), np.float32)
        self.own = np.zeros((MOST_FORMS, half.judge), np.float32)
        self.question = np.zeros((MOST_FORMS, half.question), np.float32)


class Network:
    """A trained half; shared by calls and threads."""

    def __init__(self, weights: HalfWeights) -> None:
        self._weights = weights
        self._half = half = weights.half
        self._ranges = half.label_ranges
        self._cache = _FormCache(half)
        self._bits: dict[str, int] = {}  # of words that were asked for
        self._lock = Lock()
        spots = weights.read.reshape(arch.READ_WINDOW, half.word, half.read)
        by_word = spots.transpose(1, 0, 2).reshape(half.word, arch.READ_WINDOW * half.read)
        self._read = np.ascontiguousarray(by_word) * _PRODUCT_STEP
        self._read_bias = np.zeros(arch.READ_WINDOW * half.read, np.float32)
        middle = self._read_bias[arch.READ_BACK * half.read :][: half.read]
        middle[:] = weights.read_bias * _PRODUCT_STEP + _HALF
        readings = arch.JUDGE_WINDOW * half.read
        judge = weights.judge * _PRODUCT_STEP
        self._judge_readings = np.ascontiguousarray(judge[:readings])
        self._judge_own = np.ascontiguousarray(judge[readings : readings + half.word])
        self._judge_question = np.ascontiguousarray(judge[readings + half.word :])
        self._judge_bias = weights.judge_bias * _PRODUCT_STEP + _HALF

    def lexicon_bits(self, key: str) -> int:
        """Return what the lexicon says of a word: bits of `features` (`GIVEN`, ...), 0 for an unknown word."""
        bits = self._bits.get(key, -1)
        if bits < 0:
            bits = self._weights.lexicon.get(lexicon_hash(plain_letters(key)), 0) & self._half.bits
            if len(self._bits) >= MOST_FORMS:
                self._bits = {}
            self._bits[key] = bits
        return bits

    def question_bias(self, question: list[str]) -> Floats:
        """Return the bias that the previous turn adds to every judgement of this turn: float32, shape (half.judge,).

        `question` are the last forms of the previous turn, `QUESTION_FORMS` at most.
        """
        bias: Floats = self.question_biases([question])[0]
        return bias

    def question_biases(self, questions: list[list[str]]) -> Floats:
        """Return the biases of some questions: float32, shape (questions, half.judge)."""
        size = max(map(len, questions))
        if not size:
            return np.broadcast_to(self._judge_bias, (len(questions), self._half.judge))
        forms: list[str] = []
        for question in questions:
            forms += question
        cache, found = self._cached(forms)
        rows: list[int] = []
        for place in range(size):  # first words first: sums of long rows are quick
            first = 0
            for question in questions:
                rows.append(found[first + place] if place < len(question) else _NO_FORM)
                first += len(question)
        sums = np.add.reduce(cache.question.take(rows, 0).reshape(size, -1), 0).reshape(len(questions), -1)
        sums.clip(_NOUGHT, _TOP, sums)
        biases = _product(sums, self._judge_question)
        biases += self._judge_bias
        return biases

    def tags(
        self, forms: list[str], ends: list[int], wanted: list[int], bias: Floats, inside: list[int] | None = None
    ) -> list[arch.Tagged]:
        """Return the tags of some words, in order: numbers of `TAGS`, with their margins.

        `forms` are `MOST_AT_ONCE` at most; `ends` has for each of them the place at which its final utterance ends: no
        word is read with what follows that. `wanted` are the places of the words to tag, ascending. `bias` is float32,
        from `question_bias` (half.judge,) or, for words of several turns, their rows of `question_biases`
        (words, half.judge). `inside` are the numbers in `wanted`, ascending, of words with which nothing may begin,
        each behind one with which something may: where that one is outside, they are too, and nothing is computed.
        """
        cache, rows = self._cached(forms)
        read, around = _read_layer(cache, rows, ends, wanted, self._half.read)
        own = [rows[place] for place in wanted]
        if not inside:
            return self._judge(cache, read, around, own, bias)
        found = [_OUTSIDE] * len(wanted)
        behind = set(inside)
        numbers = [number for number in range(len(wanted)) if number not in behind]
        while numbers:
            near: list[int] = []
            for number in numbers:
                near += around[number * arch.JUDGE_WINDOW : (number + 1) * arch.JUDGE_WINDOW]
            some = bias if bias.ndim == 1 else bias.take(numbers, 0)
            tags = self._judge(cache, read, near, [own[number] for number in numbers], some)
            for number, tag in zip(numbers, tags, strict=True):
                found[number] = tag
            numbers = [] if numbers[0] in behind else _going_on(inside, found)
        return found

    def _judge(
        self, cache: _FormCache, read: Floats, around: list[int], own: list[int], bias: Floats
    ) -> list[arch.Tagged]:
        """Return the tags of some words by the readings `around` them and their `own` rows of the cache."""
        judged = _product(read.take(around, 0).reshape(len(own), -1), self._judge_readings)
        judged += cache.own.take(own, 0)
        judged += bias
        scores = _activation(judged).dot(self._weights.tell)
        scores += self._weights.tell_bias
        if len(own) <= _FEW:
            few: list[list[float]] = scores.tolist()
            return [self._best(row) for row in few]
        best: list[int] = scores.argmax(1).tolist()
        tags = [_OUTSIDE] * len(best)
        places = [at for at, tag in enumerate(best) if tag]
        if not places:
            return tags
        rows: list[list[float]] = scores.take(places, 0).tolist()
        for at, row in zip(places, rows, strict=True):
            tags[at] = (best[at], _margin(row, best[at], self._ranges[best[at]]))
        return tags

    def _best(self, scores: list[float]) -> arch.Tagged:
        """Return the best tag of a word by its scores, the first of equals."""
        best, most = 0, scores[0]
        for tag, score in enumerate(scores):
            if score > most:
                best, most = tag, score
        return (best, _margin(scores, best, self._ranges[best])) if best else _OUTSIDE

    def _cached(self, forms: list[str]) -> tuple[_FormCache, list[int]]:
        """Return a cache that holds all these forms, and the row of each in it."""
        cache = self._cache
        rows = list(map(cache.rows.get, forms))
        if None in rows:
            with self._lock:
                cache = self._add(set(forms))
                rows = list(map(cache.rows.get, forms))
        return cache, cast("list[int]", rows)

    def _add(self, forms: set[str]) -> _FormCache:
        cache = self._cache
        new = [form for form in forms if form not in cache.rows]
        if len(cache.rows) + len(new) >= MOST_FORMS:
            cache, new = _FormCache(self._half), list(forms)
        table, lexicon, at = self._weights.table, self._weights.lexicon, len(cache.rows) + 1
        width, bits = self._half.word, self._half.bits
        values = np.empty((len(new), width + self._half.question), np.float32)
        for form, sums in zip(new, values, strict=True):
            rows = [SEPARATOR_ROWS[form]] if form in SEPARATOR_ROWS else rows_of(form, lexicon, bits)
            np.add.reduce(table.take(rows, 0), 0, dtype=np.float32, out=sums)
        values *= _SUM_STEP
        values += _HALF
        np.floor(values, out=values)
        values.clip(_LEAST, _TOP, values)
        words = values[:, :width]
        cache.reads[at : at + len(new)] = words @ self._read + self._read_bias
        cache.own[at : at + len(new)] = words @ self._judge_own
        cache.question[at : at + len(new)] = values[:, width:]
        cache.rows.update(zip(new, range(at, at + len(new)), strict=True))
        self._cache = cache
        return cache


def _going_on(inside: list[int], found: list[arch.Tagged]) -> list[int]:
    """Return which words of `inside` stand behind a word with which something begins: it, or they, may go on."""
    numbers: list[int] = []
    before, goes_on = -1, False  # no word stands before the first one
    for number in inside:
        if number != before + 1:
            goes_on = found[number - 1][0] != 0
        before = number
        if goes_on:
            numbers.append(number)
    return numbers


def _margin(scores: list[float], tag: int, own: tuple[int, int]) -> int:
    """Return what the best tag of a word is ahead of every other label, and of none; `own` are those of its label."""
    first, stop = own
    best = -inf
    for at, score in enumerate(scores):  # compiled, `max` of a list costs more
        if score > best and not first <= at < stop:
            best = score
    return int(scores[tag] - best)


def _product(values: Floats, weights: Floats) -> Floats:
    """Return the matrix product of float32 (n, k) and (k, m), made a few rows at a time.

    So small a product BLAS makes in this thread, and wakes no others.
    """
    count = len(values)
    if count == 1:
        product: Floats = values.dot(weights)
        return product
    out = np.empty((count, weights.shape[1]), _FLOAT)
    if count < _SMALL:  # a row by itself needs no packing of the weights
        for at in range(count):
            values[at].dot(weights, out[at])
        return out
    depth = len(weights)
    for at in range(0, count, _BLOCK):
        rows, sums = values[at : at + _BLOCK], out[at : at + _BLOCK]
        part = -(-depth // -(-len(rows) * weights.size // _MOST_AT_ONCE))
        rows[:, :part].dot(weights[:part], sums)
        for first in range(part, depth, part):
            sums += rows[:, first : first + part] @ weights[first : first + part]
    return out


def _read_layer(
    cache: _FormCache, rows: list[int], ends: list[int], wanted: list[int], width: int
) -> tuple[Floats, list[int]]:
    """Return readings, float32 (n, width), and which of them stand around the wanted words, `JUDGE_WINDOW` each.

    The last reading is that of no word. What is read stands in one line with no words between, whose readings nobody
    uses.
    """
    line: list[int] = []
    first = wanted[0] - arch.JUDGE_BACK
    readings = [_NO_READING] * (wanted[-1] - wanted[0] + arch.JUDGE_WINDOW)  # of the words from `first` on
    low = high = max(0, first)
    for place in wanted:
        if place - arch.JUDGE_BACK > high + _NEAR:
            _put_in_line(line, readings, first, rows, ends, low, high)
            low = place - arch.JUDGE_BACK
        high = max(high, min(ends[place], place + arch.JUDGE_AHEAD + 1))
    _put_in_line(line, readings, first, rows, ends, low, high)
    around: list[int] = []
    for place in wanted:
        near = readings[place - wanted[0] : place - wanted[0] + arch.JUDGE_WINDOW]
        left = ends[place] - place + arch.JUDGE_BACK
        around += near if left >= arch.JUDGE_WINDOW else near[:left] + [_NO_READING] * (arch.JUDGE_WINDOW - left)
    count = len(line) - arch.READ_WINDOW + 1
    read = np.zeros((count + 1, width), _FLOAT)
    words = read[:count]
    parts = cache.reads.take(line, 0)
    part = width * _FLOAT.itemsize  # words in a row: the first part of a word, the next one of the next
    diagonal = ((arch.READ_WINDOW + 1) * part, arch.READ_WINDOW * part, _FLOAT.itemsize)
    spots = np.ndarray((arch.READ_WINDOW, count, width), _FLOAT, parts, 0, diagonal)
    np.add.reduce(spots, 0, out=words)
    _activation(words)
    return read, around


def _put_in_line(
    line: list[int], readings: list[int], first: int, rows: list[int], ends: list[int], low: int, high: int
) -> None:
    """Add the words `[low, high)` to the line, those of each final by themselves, and note their readings."""
    while low < high:  # a final
        stop = min(high, ends[low])
        begin = len(line)
        readings[low - first : stop - first] = range(begin, begin + stop - low)
        line += (_BEFORE + rows[max(0, low - arch.READ_BACK) : low])[-arch.READ_BACK :]
        line += rows[low:stop]
        line += (rows[stop : min(ends[low], stop + arch.READ_AHEAD)] + _BEHIND)[: arch.READ_AHEAD]
        low = stop


def _activation(sums: Floats) -> Floats:
    """Turn sums of products, with the half that rounds, into activations, in place: whole steps from 0 to `TOP`."""
    np.floor(sums, out=sums)
    sums.clip(_NOUGHT, _TOP, sums)
    return sums
