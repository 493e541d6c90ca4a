"""Batches of words as the arrays that the network takes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import (
    FIRST_BIT,
    SEPARATOR_ROWS,
    TURN_ROW,
    TURN_SEPARATOR,
    UTTERANCE_SEPARATOR,
    WORD_ROWS,
    rows_of,
)
from tagger.data import Word


@dataclass(frozen=True)
class Batch:
    """Arrays of one batch; see `Network.forward`."""

    rows: Tensor
    offsets: Tensor
    reads: Tensor
    judges: Tensor
    asked: Tensor
    asked_of: Tensor
    sizes: tuple[int, ...]


class Encoder:
    """Knows the rows of every form that it has met."""

    def __init__(self, lexicon: Mapping[int, int], bits: int) -> None:
        self._lexicon, self._bits = lexicon, bits
        self._rows: dict[str, np.ndarray] = {form: np.array([row]) for form, row in SEPARATOR_ROWS.items()}

    def rows(self, form: str) -> np.ndarray:
        """Return the rows of a form."""
        found = self._rows.get(form)
        if found is None:
            found = self._rows[form] = np.array(rows_of(form, self._lexicon, self._bits))
        return found

    def __call__(self, batch: Sequence[Sequence[Word]]) -> Batch:
        """Arrays for some conversations."""
        numbers: dict[str, int] = {}
        ids = [[numbers.setdefault(word.form, len(numbers)) for word in words] for words in batch]
        rows = [self.rows(form) for form in numbers]
        none = len(numbers)
        pause = numbers.get(UTTERANCE_SEPARATOR, none)
        total = sum(map(len, ids))
        reads, judges, asked, asked_of = [], [], [[none] * arch.QUESTION_FORMS], []
        at = 0
        for words, own in zip(batch, ids, strict=True):
            finals = np.array([word.final for word in words])
            n = len(words)
            place = np.arange(n)
            end = np.searchsorted(finals, finals, side="right")
            padded = np.array([*own, none])
            reads.append(
                np.stack([_pick(padded, place + d, end) for d in range(-arch.READ_BACK, arch.READ_AHEAD + 1)], 1)
            )
            spots = np.array([*range(at, at + n), total])
            judges.append(
                np.stack([_pick(spots, place + d, end) for d in range(-arch.JUDGE_BACK, arch.JUDGE_AHEAD + 1)], 1)
            )
            turn = 0
            begin = 0
            of = np.zeros(n, dtype=np.int64)
            for here, word in enumerate(words):
                if word.form == TURN_SEPARATOR:
                    said = [form for form in own[begin:here] if form != pause][-arch.QUESTION_FORMS :]
                    asked.append(said + [none] * (arch.QUESTION_FORMS - len(said)))
                    turn = len(asked) - 1
                    begin = here + 1
                of[here] = turn
            asked_of.append(of)
            at += n
        offsets = np.cumsum([0, *map(len, rows)])[:-1]
        return Batch(
            torch.from_numpy(np.concatenate(rows)),
            torch.from_numpy(offsets),
            torch.from_numpy(np.concatenate(reads)),
            torch.from_numpy(np.concatenate(judges)),
            torch.tensor(asked),
            torch.from_numpy(np.concatenate(asked_of)),
            tuple(map(len, batch)),
        )


def _pick(values: np.ndarray, places: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the values at some places; the last value where a place is outside the call or its final."""
    none = len(values) - 1
    return values[np.where((places < 0) | (places >= ends), none, places)]


def forgetful(batch: Batch, rng: random.Random, *, words: float, bits: float) -> Tensor:
    """Which rows are kept: of some forms the word's own rows are not seen, of others what the lexicon says."""
    generator = torch.Generator().manual_seed(rng.getrandbits(31))
    count = len(batch.offsets)
    of = torch.bucketize(torch.arange(len(batch.rows)), batch.offsets, right=True) - 1
    no_word = torch.rand(count, generator=generator) < words
    no_bits = torch.rand(count, generator=generator) < bits
    is_bit = (batch.rows >= FIRST_BIT) & (batch.rows < TURN_ROW)
    lost = (no_word[of] & (batch.rows < WORD_ROWS)) | (no_bits[of] & is_bit)
    return (~lost).float()
