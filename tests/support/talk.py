"""Random calls that are hard on the engine: what detectors look for, cut, mixed and interrupted at random.

A call is a list of turns `(speaker, words)`; no two turns beside each other have one speaker. The words hold digits
in every form, phrases that announce numbers, fillers, corrections, units and other talk, so that runs, candidates and
expectations begin, end, cross turns and die everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from ccredact import Segment, Utterance
from strategies import chance

Turns = list[tuple[str | None, list[str]]]

UNITS = "zero one two three four five six seven eight nine oh".split()
BITS = (
    "double triple forty twenty ninety fifteen nineteen hundred thousand for to too ate won 4 41 4111 1111 4242 "
    "4111111111111111 371449635398431 0 12 09/27 10:30 $45.20 4111-1111-1111-1111 ４１１１ ٤١١١ 1,111 2026 99 uh "
    "um and then dash comma sorry no wait actually dollars minutes am percent th oh "
    "[noise] <unk> (coughs) [laughter-yes] {phone_ringing}"
).split()
CUES = (
    "card|card number is|the long number|sixteen digits|ending in|last four digits|security code|cvv|on the back|"
    "expiry date|expires|september of|my visa|payment|social security number|phone number|order number|"
    "is my card number|credit|what's the card number|and the expiry|valid thru"
).split("|")
TALK = "yes okay mm-hmm please thank you let me check that for you hold on a moment it's right there is".split()
SLIPS = ["uh", "and", "then", "sorry", "dash"]
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
EDGES = [("", "")] * 5 + [(" ", ""), (" ", ""), ("", " "), ("", " "), (" ", " ")]
"""White space before and behind a piece of an utterance."""


def cards(rng: random.Random) -> list[str]:
    """The words of a valid card in some spoken or written form, perhaps with a slip."""
    prefix = rng.choice(["4", "51", "2221", "34", "6011", "36", "3528", "62"])
    length = {"34": 15, "36": 14}.get(prefix, 16)
    digits = prefix + "".join(rng.choice("0123456789") for _ in range(length - len(prefix) - 1))
    digits += next(c for c in "0123456789" if _luhn(digits + c))
    if chance(rng, 15):
        at = rng.randrange(len(digits))
        digits = digits[:at] + rng.choice("0123456789") + digits[at + 1 :]
    return say(digits, rng)


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def say(digits: str, rng: random.Random) -> list[str]:
    """Digits as words: figures in groups, digit by digit, doubled, in pairs."""
    form = rng.randrange(5)
    if form == 0:
        return [digits]
    if form == 1:
        return [digits[at : at + 4] for at in range(0, len(digits), 4)]
    out: list[str] = []
    at = 0
    while at < len(digits):
        pair = digits[at : at + 2]
        if len(pair) == 2 and pair[0] == pair[1] and form == 3:
            out += ["double", UNITS[int(pair[0])]]
            at += 2
        elif len(pair) == 2 and form == 4 and pair[0] in "23456789":
            out += [TENS[int(pair[0])]] + ([UNITS[int(pair[1])]] if pair[1] != "0" else [])
            at += 2
        else:
            out.append(UNITS[int(digits[at])])
            at += 1
        if chance(rng, 5):
            out.append(rng.choice(SLIPS))
    return out


def phrase(rng: random.Random) -> list[str]:
    """A few words of one sort."""
    sort = rng.randrange(20)
    if sort < 3:
        return [rng.choice(TALK) for _ in range(rng.randrange(1, 12))]
    if sort < 7:
        return [rng.choice(UNITS) for _ in range(rng.randrange(1, 8))]
    if sort < 11:
        return [rng.choice(BITS) for _ in range(rng.randrange(1, 4))]
    if sort < 15:
        return rng.choice(CUES).split()
    return cards(rng)


def turns(rng: random.Random) -> Turns:
    """A call."""
    choices: list[list[str | None]] = [["agent", "customer"], ["a", "b", "c"], ["only", None]]
    speakers = rng.choice(choices)
    out: Turns = []
    last: object = object()
    for _ in range(rng.randrange(1, 9)):
        speaker = rng.choice([s for s in speakers if s != last])
        last = speaker
        words = [word for _ in range(rng.randrange(1, 4)) for word in phrase(rng)]
        out.append((speaker, words))
    if chance(rng, 30):  # a card in groups, the other one answering
        said = cards(rng)
        cut = sorted(rng.sample(range(1, max(2, len(said))), min(len(said) - 1, rng.randrange(1, 4))))
        for start, end in zip([0, *cut], [*cut, len(said)], strict=True):
            part = said[start:end]
            out.append(("b", part))
            out.append(("a", rng.choice([["mm-hmm"], ["okay", "go", "on"], part])))
    merged: Turns = []
    for speaker, words in out:
        if merged and merged[-1][0] == speaker:
            merged[-1] = (speaker, merged[-1][1] + words)
        elif words:
            merged.append((speaker, words))
    return merged


def whole(call: Turns) -> list[Utterance]:
    """One utterance a turn."""
    return [Utterance(" ".join(words), speaker=speaker) for speaker, words in call]


def word_by_word(call: Turns) -> Iterator[tuple[int, Utterance]]:
    """(turn, utterance): every word by itself."""
    return ((turn, Utterance(word, speaker=speaker)) for turn, (speaker, words) in enumerate(call) for word in words)


def recut(call: Turns, rng: random.Random) -> Iterator[tuple[int, Utterance]]:
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


def shown(pieces: Iterable[tuple[int, Utterance]]) -> str:
    """A call in pieces, for the message of a failure: a line a piece, with a star before what is no final."""
    return "\n".join(f"{turn} {'' if u.is_final else '*'}{u.speaker}: {u.text!r}" for turn, u in pieces)


def answer(utterance: Utterance, segments: list[Segment]) -> list[tuple[str, int] | str]:
    """For every space-separated word of the utterance: the last (label, id) that hides any of it, or the word itself.

    Checks on the way that the segments are the utterance in order, and that its output is its text with the entities'
    ranges replaced by what stands in their output ranges.
    """
    text = utterance.text
    assert [s.start for s in segments[1:]] == [s.end for s in segments[:-1]]
    assert segments[0].start == 0
    assert segments[-1].end == len(text)
    out = "".join(s.text for s in segments)
    entities = [entity for s in segments for entity in s.entities]
    at = out_at = 0
    for entity in entities:
        assert text[at : entity.start] == out[out_at : entity.out_start]
        assert out[entity.out_start : entity.out_end] == f"[{entity.label}]"
        at, out_at = entity.end, entity.out_end
    assert text[at:] == out[out_at:]
    words: list[tuple[str, int] | str] = []
    place = 0
    for word in text.split():
        begin = text.index(word, place)
        place = begin + len(word)
        inside = [e for e in entities if e.start < place and e.end > begin]
        words.append((inside[-1].label, inside[-1].id) if inside else word)
    return words
