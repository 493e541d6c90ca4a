"""Calls in pieces: how they are cut, and what is hidden in each turn, whole or cut."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Final

import talk
from ccredact import Reason, Redactor, Segment, Utterance
from ccredact.detectors.scores import SCORES
from streams import by_utterance

Pieces = list[tuple[int, Utterance]]
"""The number of a turn, and a final or an interim of it."""
Answer = list[tuple[str, int, str] | str]
"""For each word of a turn the (label, entity, reason) that hides it, or the word."""
Answers = dict[int, Answer]
CUTS: Final = 20
"""Random ways in which a call is cut, every second one with interims: the 50,000 calls of the profile `thorough` make
50,000 x 20 = 1,000,000 cuts of each property, the 100 of `quick` 2,000."""
EDGES = [("", "")] * 5 + [(" ", ""), (" ", ""), ("", " "), ("", " "), (" ", " ")]
"""White space before and behind a piece of an utterance."""


def whole(call: talk.Turns) -> list[Utterance]:
    """One utterance a turn."""
    return [Utterance(" ".join(words), speaker=speaker) for speaker, words in call]


def word_by_word(call: talk.Turns) -> Iterator[tuple[int, Utterance]]:
    """(turn, utterance): every word by itself."""
    return ((turn, Utterance(word, speaker=speaker)) for turn, (speaker, words) in enumerate(call) for word in words)


def recut(call: talk.Turns, rng: random.Random) -> Iterator[tuple[int, Utterance]]:
    """(turn, utterance): every turn cut anywhere between words; the simplest is not to cut."""
    most = rng.choice([1000, 1000, 3, 3, 1])  # words of a piece
    for turn, (speaker, words) in enumerate(call):
        at = 0
        while at < len(words):
            longest = min(most, len(words) - at)
            shorter, edge = divmod(rng.randrange(longest * len(EDGES)), len(EDGES))
            piece = words[at : at + longest - shorter]
            lead, tail = EDGES[edge]
            yield turn, Utterance(lead + " ".join(piece) + tail, speaker=speaker)
            at += len(piece)


def shown(pieces: Pieces) -> str:
    """A call in pieces, for the message of a failure: a line a piece, with a star before what is no final."""
    return "\n".join(f"{turn} {'' if u.is_final else '*'}{u.speaker}: {u.text!r}" for turn, u in pieces)


def answer(utterance: Utterance, segments: list[Segment]) -> Answer:
    """For every space-separated word of the utterance: what hides the last of it that is hidden, or the word itself.

    Checks on the way that the segments are the utterance in order, and that its output is its text with the entities'
    ranges replaced by what stands in their output ranges.
    """
    text = utterance.text
    assert [s.start for s in segments[1:]] == [s.end for s in segments[:-1]]
    assert segments[0].start == 0
    assert segments[-1].end == len(text)
    out = "".join(s.text for s in segments)
    entities = [entity for s in segments for entity in s.entities]
    assert all(e.score in SCORES[e.reason] for e in entities if e.reason != Reason.DETECTOR)
    at = out_at = 0
    for entity in entities:
        assert text[at : entity.start] == out[out_at : entity.out_start]
        assert out[entity.out_start : entity.out_end] == f"[{entity.label}]"
        at, out_at = entity.end, entity.out_end
    assert text[at:] == out[out_at:]
    words: Answer = []
    place = 0
    for word in text.split():
        begin = text.index(word, place)
        place = begin + len(word)
        inside = [e for e in entities if e.start < place and e.end > begin]
        words.append((inside[-1].label, inside[-1].id, inside[-1].reason) if inside else word)
    return words


def wrong(text: str, rng: random.Random) -> str:
    """A hypothesis of a recogniser on its way to `text`: a part of it, perhaps with words that will be revised."""
    words = text.split()
    known = words[: rng.randrange(len(words) + 1)]
    return " ".join(known + [rng.choice(talk.UNITS + talk.BITS + talk.TALK) for _ in range(rng.randrange(3))])


def with_interims(pieces: Iterable[tuple[int, Utterance]], rng: random.Random) -> Pieces:
    """Put one or two hypotheses before half of the finals."""
    out: Pieces = []
    for turn, final in pieces:
        for _ in range(rng.choice([0, 0, 1, 2])):
            out.append((turn, Utterance(wrong(final.text, rng), speaker=final.speaker, is_final=False)))
        out.append((turn, final))
    return out


def streamed(pieces: Pieces, redactor: Redactor, *, cut: bool = False) -> Answers:
    """What is hidden in each turn when the call arrives in pieces, and is closed as cut or not."""
    stream = redactor.stream()
    final: list[Segment] = []
    for _, piece in pieces:
        segments = stream.push(piece)
        if piece.is_final:
            final += segments
        else:
            assert [(segment.is_final, segment.fault) for segment in segments] == [(False, False)]
    got = by_utterance([*final, *stream.close(cut=cut)])
    turns: Answers = {}
    for number, (turn, piece) in enumerate((turn, piece) for turn, piece in pieces if piece.is_final):
        turns.setdefault(turn, []).extend(answer(piece, got[str(number)]))
    return turns


def finished(call: talk.Turns, redactor: Redactor) -> Answers:
    """What is hidden in each turn of a finished call."""
    utterances = whole(call)
    both = zip(utterances, redactor.redact_call(utterances), strict=True)
    return {turn: answer(utterance, [segment]) for turn, (utterance, segment) in enumerate(both)}


def check_alike(call: talk.Turns, rng: random.Random, redactor: Redactor) -> None:
    """The call is hidden alike as a whole, word by word, and cut at random in `CUTS` ways."""
    before = finished(call, redactor)
    assert streamed(list(word_by_word(call)), redactor) == before
    for number in range(CUTS):
        cut = recut(call, rng)
        pieces = with_interims(cut, rng) if number % 2 else list(cut)
        assert streamed(pieces, redactor) == before, f"in these pieces:\n{shown(pieces)}"
