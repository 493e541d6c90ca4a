"""What is left of health, family and purchases, and hidden of other words, at several thresholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ccredact.detectors.base import OutsideCall
from ccredact.detectors.disclosures.families import families_of
from ccredact.detectors.disclosures.tagged import TaggedDisclosures
from ccredact.errors import ModelError
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import SEPARATOR_ROWS, TURN_SEPARATOR, split_form
from ccredact.tagger.network import Network
from ccredact.tagger.weights import Disclosing, Weights
from ccredact.text.words import fold
from tagger.data import Conversation

THRESHOLDS = (0.0, 0.7, 0.75, 0.8, 0.85, 0.9)
"""Scores below which a word is left."""
GROUPS: Mapping[str, str] = {
    "MEDICAL_CONDITION": "health",
    "MEDICATION": "health",
    "MEDICAL_PROCEDURE": "health",
    "FAMILY_RELATION": "family",
    "PURCHASE_ITEM": "purchase",
    "PURCHASE_AMOUNT": "purchase",
    "PURCHASE_DATE": "purchase",
}


@dataclass
class Tally:
    """Letters and entities of each label, letters left by threshold, other words, and those hidden by threshold."""

    letters: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    entities: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    left: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * len(THRESHOLDS)))
    words: int = 0
    hidden: list[int] = field(default_factory=lambda: [0] * len(THRESHOLDS))

    def add(self, conversation: Conversation, scores: Sequence[float]) -> None:
        """Take a conversation and the score of every word; doubtful words, and words marked otherwise, do not count."""
        for word, score in zip(conversation.words, scores, strict=True):
            if word.label is None or (word.marked and not word.label):
                continue
            letters = sum(map(str.isalnum, word.form))
            if word.label:
                names = (word.label, GROUPS[word.label])
                for name in names:
                    self.letters[name] += letters
                    self.entities[name] += word.begins
            self.words += not word.label
            for number, least in enumerate(THRESHOLDS):
                covered = score > 0 and score >= least
                if not word.label:
                    self.hidden[number] += covered
                elif not covered:
                    for name in names:
                        self.left[name][number] += letters

    def join(self, other: Tally) -> None:
        """Add another one."""
        self.words += other.words
        self.hidden = [mine + theirs for mine, theirs in zip(self.hidden, other.hidden, strict=True)]
        for name, count in other.letters.items():
            self.letters[name] += count
            self.entities[name] += other.entities[name]
            mine = self.left[name]
            for number, theirs in enumerate(other.left[name]):
                mine[number] += theirs

    def rows(self, *, every: bool) -> Iterator[str]:
        """Return lines of a table: of each label and group the percent left, and the percent of other words hidden."""
        for name in sorted(self.letters, key=lambda name: (name.islower(), name)):
            if self.letters[name] and (every or self.entities[name] >= 20):
                shares = "".join(f"{100 * left / self.letters[name]:7.1f}" for left in self.left[name])
                yield f"  {name:20}{self.entities[name]:6,}{shares}"
        shares = "".join(f"{100 * hidden / max(1, self.words):7.2f}" for hidden in self.hidden)
        yield f"  {'hidden of':12}{self.words:8,} words{shares}"


def said(weights: Weights) -> Disclosing:
    """Return the half that tells disclosures."""
    if weights.said is None:
        raise ModelError("these weights tell names alone")
    return weights.said


def scores_of_calls(conversations: Sequence[Conversation], weights: Weights, network: Network) -> Iterator[list[float]]:
    """Yield for every word of a conversation the score with which the library hides it, 0 where it stays."""
    quiet, families = said(weights).prefilter, families_of(GROUPS.keys())
    for conversation in conversations:
        detector, entities = TaggedDisclosures(network, quiet, families), OutsideCall()
        words = conversation.words
        scores = [0.0] * len(words)
        turn = begin = 0
        while begin < len(words):
            if words[begin].form in SEPARATOR_ROWS:
                turn += words[begin].form == TURN_SEPARATOR
                begin += 1
                continue
            end = begin
            while end < len(words) and words[end].final == words[begin].final and words[end].form not in SEPARATOR_ROWS:
                end += 1
            forms = [word.form for word in words[begin:end]]
            keys = [fold(split_form(form)[0]) for form in forms]
            for span in detector.read_utterance(" ".join(forms), keys, begin, turn, entities, is_final=True):
                for at in range(span.start, span.end):
                    scores[at] = max(scores[at], span.score)
            begin = end
        yield scores


def tallies(sources: Mapping[str, Sequence[Conversation]], weights: Weights) -> Iterator[tuple[str, Tally]]:
    """Yield a tally for each source."""
    for source, conversations in sources.items():
        tally = Tally()
        scored = scores_of_calls(conversations, weights, Counting(said(weights)))
        for conversation, scores in zip(conversations, scored, strict=True):
            tally.add(conversation, scores)
        yield source, tally


class Counting(Network):
    """A network that counts the words that it is asked for."""

    asked = 0
    finals = 0

    def tags(
        self, forms: list[str], ends: list[int], wanted: list[int], bias: np.ndarray, inside: list[int] | None = None
    ) -> list[arch.Tagged]:
        """Return the tags."""
        self.asked += len(wanted)
        self.finals += 1
        return super().tags(forms, ends, wanted, bias, inside)
