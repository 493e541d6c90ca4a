"""Trains the network under `spacy train`: conversations in, shown in another style each time; gradients out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import torch
from spacy.training import Example
from thinc.api import Model, Optimizer, PyTorchWrapper_v2
from torch import Tensor, nn

from ccredact.tagger import architecture as arch
from ccredact.tagger.weights import shipped_bytes
from tagger.data import DISCLOSURES, NAMES, Conversation, Lesson, NameSwap, Styles, Word, dressed, tags_of
from tagger.encode import Batch, Encoder, forgetful
from tagger.export import PlainSaid, exported, plain_words
from tagger.lexicon import build, swap_names
from tagger.network import Network
from tagger.reader import conversation_of

LIFT = {"PERSON": 3.0, "STREET_ADDRESS": 1.75, "LOCATION": -1.5, "POSTCODE": -2.0, "ORGANIZATION": -2.0}
LIFT |= dict.fromkeys(DISCLOSURES.half.labels, 0.5)
LIFT |= {"MEDICAL_CONDITION": -0.4, "MEDICATION": 1.0, "MEDICAL_PROCEDURE": 1.0}
LIFT |= {"PURCHASE_ITEM": 0.0, "PURCHASE_AMOUNT": 0.75, "PURCHASE_DATE": 1.5}
"""Added to the scores of a label's tags: a name or a street left in clear weighs more than a word hidden in vain; a
town in passing says little; postcodes are read by rules too; organisations are shown, so a person is none of them. What
is hidden in vain by the other half are conditions and items, mostly: drugs, tests and dates cost little."""


class NetworkTrainer:
    """A new network, and what it learns; `partly` is how much "no entity" counts where a source does not mark a label.

    `words` and `bits` are the shares of forms of which a step does not see the word itself, or what the lexicon says;
    `first` is a file of the first rows of words (`tagger.meaning`), "" for random ones.
    """

    def __init__(
        self, *, lesson: Lesson, seed: int, drop: float, partly: float, words: float, bits: float, first: str = ""
    ) -> None:
        torch.manual_seed(seed)
        self.lesson = lesson
        self._rng, self._styles = random.Random(seed), Styles()
        self._partly, self._words, self._bits = partly, words, bits
        self._network = Network(lesson.half, drop=drop)
        if first:
            with np.load(first, allow_pickle=False) as arrays, torch.no_grad():
                self._network.table[:, : lesson.half.word] = torch.from_numpy(arrays["table"])
        self.model: Model[Any, Any] = PyTorchWrapper_v2(self._network)  # for spaCy's training loop to know
        self._swap = NameSwap(*swap_names())
        self._lexicon = build()
        self._encoder = Encoder(self._lexicon, lesson.half.bits)
        self._plain: list[str] = []

    def initialize(self, get_examples: Callable[[], Iterable[Example]]) -> None:
        """Count with which words entities begin."""
        self.count(conversation_of(example) for example in get_examples())

    def count(self, conversations: Iterable[Conversation]) -> None:
        """Count with which words entities begin."""
        if self.lesson is NAMES:
            self._plain = plain_words(conversations)
        else:
            self._plain = PlainSaid(conversations, self.lesson.half).items()

    def update(self, examples: Iterable[Example]) -> float:
        """Gradients of one batch; the loss."""
        return self.learn([conversation_of(example) for example in examples])

    def learn(self, picked: Sequence[Conversation]) -> float:
        """Gradients of some conversations; the loss."""
        batch = [dressed(conversation, self._rng, self._styles, self._swap) for conversation in picked]
        arrays = self._encoder(batch)
        keep = forgetful(arrays, self._rng, words=self._words, bits=self._bits)
        scores = run(self._network.train(), arrays, keep)
        tags, open_tags = targets(batch, [c.whole for c in picked], self.lesson.half)
        odds = odds_of(batch, self.lesson.half)
        loss = loss_of(scores, tags, open_tags, odds, partly=self._partly)
        loss.backward()
        return float(loss.detach())

    def finish_update(self, sgd: Optimizer) -> None:
        """Take the step, in place: Thinc's own keeps the gradients of every step before."""
        for name, weights in self._network.named_parameters():
            if weights.grad is not None:
                made, _ = sgd((self.model.id, name), weights.data.numpy(), weights.grad.numpy())
                weights.data.copy_(torch.from_numpy(made))
                weights.grad.zero_()

    def data(self) -> bytes:
        """Return the file of weights."""
        with np.load(BytesIO(shipped_bytes()), allow_pickle=False) as arrays:
            base = {name: arrays[name] for name in arrays.files}
        return exported(self._network, lexicon=self._lexicon, plain=self._plain, lift=LIFT, base=base)


def run(network: Network, batch: Batch, keep: Tensor) -> Tensor:
    """Scores of all words of a batch."""
    return network(
        batch.rows,
        batch.offsets,
        keep,
        reads=batch.reads,
        judges=batch.judges,
        asked=batch.asked,
        asked_of=batch.asked_of,
    )


def targets(
    batch: Sequence[Sequence[Word]], wholes: Sequence[frozenset[str]], half: arch.Half
) -> tuple[Tensor, Tensor]:
    """Tags, and of every word which tags the gold does not rule out."""
    tags = torch.tensor([tag for words in batch for tag in tags_of(words, half)])
    open_tags = torch.zeros(len(tags), len(half.tags), dtype=torch.bool)
    at = 0
    for words, whole in zip(batch, wholes, strict=True):
        row = torch.tensor([tag != "O" and tag[2:] not in whole for tag in half.tags])
        open_tags[at : at + len(words)] = row
        at += len(words)
    open_tags &= (tags == 0)[:, None]
    open_tags[torch.arange(len(tags)), tags.clamp(min=0)] = True
    return tags, open_tags


def odds_of(batch: Sequence[Sequence[Word]], half: arch.Half) -> Tensor:
    """Return what a teacher thinks of every word, in shares of its classes: noughts where none was asked."""
    out = torch.zeros(sum(map(len, batch)), 1 + 2 * len(half.labels))
    for at, word in enumerate(word for words in batch for word in words):
        for number, share in word.odds:
            out[at, number] = share
    return out


def classes(labels: int) -> Tensor:
    """Return for every tag the class in which a teacher has it: none, a word that begins a label, one that goes on."""
    return torch.tensor([0, *(1 + 2 * label + goes_on for label in range(labels) for goes_on in (0, 1, 1, 0))])


def loss_of(scores: Tensor, tags: Tensor, open_tags: Tensor, odds: Tensor, *, partly: float) -> Tensor:
    """Cross entropy, against a teacher where one was asked; where a label may be unmarked, mostly the loose one."""
    logs = scores.log_softmax(1)
    exact = -logs.gather(1, tags.clamp(min=0)[:, None])[:, 0]
    loose = -logs.masked_fill(~open_tags, -1e9).logsumexp(1)
    told = odds.sum(1) > 0
    losses = partly * exact + (1 - partly) * loose
    if told.any():
        of = nn.functional.one_hot(classes(odds.shape[1] // 2)).float()
        losses = torch.where(told, -(odds * (logs.exp() @ of).clamp(min=1e-9).log()).sum(1), losses)
    return losses[(tags >= 0) | told].mean()
