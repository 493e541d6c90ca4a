"""Texts that say what other texts say: where the words of turns stand in a copy of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from ccredact.formats.base import Edit, Redacted

Spans = list[tuple[int, int]]
_Runs = dict[str, dict[tuple[str, ...], Edit]]
_TOKEN: Final = re.compile(r"\w+")
_SURE: Final = 3
"""Words that a copy must have to be looked for further on than where it is expected."""
_PAIR: Final = 2
"""Words, or characters, from which on one that only another writing hides is hidden in all: "3" is also "three"."""
_RARE: Final = 4
"""Letters of a single word that is not in every sentence."""
_FAR: Final = 5000
_TRIES: Final = 200
"""How many words further on, and at how many places, a copy is looked for: what is nowhere takes no longer."""
_MAX_COMPARED: Final = 1000  # tokens; to compare two texts that differ takes the square of it
_LIKE: Final = 0.7
"""The share of words that a text has from turns, from which on only its other words are examined by themselves."""
_STEPS: Final = sorted(((a, b) for a in range(17) for b in range(17) if a or b), key=sum)
"""How far two longer texts may go apart before they are taken for the same again."""


@dataclass(frozen=True, slots=True)
class _Concealed:
    """What is hidden of a stream: the edit that hides each token, and where each hidden token stands."""

    edits: dict[int, Edit] = field(default_factory=dict, repr=False)
    runs: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False)
    places: dict[str, list[int]] = field(default_factory=dict, repr=False)


class Told:
    """A turn's text and its tokens, which begin at `first` in its stream."""

    __slots__ = ("count", "first", "number", "text")

    def __init__(self, number: int, text: str, first: int, count: int) -> None:
        self.number = number
        self.text = text
        self.first = first
        self.count = count


class Stream:
    """The turns of a call, or of one channel of it, as one run of tokens in the order of the document."""

    def __init__(self) -> None:
        self._tokens: list[str] = []
        self._turns: list[Told] = []
        self._waiting: list[tuple[int, str]] = []  # turns that are added when something is asked for
        self._firsts: list[int] = []
        self._told: dict[int, Told] = {}
        self._known: dict[int, Spans] = {}
        self._runs: tuple[Sequence[Redacted], _Runs] | None = None
        self._concealed: tuple[Sequence[Redacted], _Concealed] | None = None

    def add(self, number: int, text: str) -> None:
        """Add the text of the turn `number`."""
        self._waiting.append((number, text))

    @property
    def tokens(self) -> list[str]:
        """Return the tokens of all turns."""
        if self._waiting:
            self._take_in()
        return self._tokens

    @property
    def turns(self) -> list[Told]:
        """Return the turns in their order."""
        if self._waiting:
            self._take_in()
        return self._turns

    def _take_in(self) -> None:
        """Cut the texts that were added into tokens: of most events of a running call nobody asks for them."""
        for number, text in self._waiting:
            tokens = tokens_of(text)
            told = Told(number, text, len(self._tokens), len(tokens))
            self._turns.append(told)
            self._told[number] = told
            self._firsts.append(told.first)
            self._tokens += tokens
        self._waiting = []

    def _spans(self, told: Told) -> Spans:
        """Return where the tokens of a turn stand."""
        if told.number not in self._known:
            self._known[told.number] = spans_of(told.text)
        return self._known[told.number]

    def count(self, number: int) -> int:
        """Return how many tokens a turn has."""
        return self.told(number).count

    def told(self, number: int) -> Told:
        """Return a turn."""
        if self._waiting:
            self._take_in()
        return self._told[number]

    def where(self, tokens: Sequence[str], expected: int) -> int | None:
        """Return where `tokens` stand, first looked for at `expected` and then behind it."""
        count = len(tokens)
        here = self.tokens
        if here[expected : expected + count] == tokens:
            return expected
        if count < _SURE:
            return None
        for start in (expected, 0):
            at = start
            for _ in range(_TRIES):
                try:
                    at = here.index(tokens[0], at, start + _FAR)
                except ValueError:
                    break
                if here[at : at + count] == tokens:
                    return at
                at += 1
        return None

    def over(self, first: int, last: int) -> Iterator[Told]:
        """Yield the turns that have some of the tokens `[first, last)`."""
        turns = self.turns
        at = max(bisect_right(self._firsts, first) - 1, 0)
        while at < len(turns) and (turns[at].first < last or turns[at].first == first):
            if turns[at].first + turns[at].count > first:
                yield turns[at]
            at += 1

    def _hidden(self, first: int, last: int, redacted: Sequence[Redacted]) -> Iterator[tuple[int, int, Told, Edit]]:
        """Yield what is hidden of the tokens `[first, last)`: its own range of tokens, counted from `first`."""
        for told in self.over(first, last):
            for edit in redacted[told.number].edits:
                if edit.entity is None:
                    continue
                a, b = within(self._spans(told), edit.start, edit.end)
                low, high = max(told.first + a, first), min(told.first + b, last)
                if low < high:
                    yield low - first, high - first, told, edit

    def edits_of(self, text: str, first: int, count: int, redacted: Sequence[Redacted]) -> list[Edit]:
        """Return the edits of a text that says the tokens `[first, first + count)`."""
        found = []
        spans: Spans = []
        for low, high, told, edit in self._hidden(first, first + count, redacted):
            spans = spans or spans_of(text)
            start, end = spans[low][0], spans[high - 1][1]
            ours = self._spans(told)
            mine = ours[first + low - told.first][0], ours[first + high - 1 - told.first][1]
            if low or edit.start >= mine[0] or first == told.first:
                start = _start(text, start, told.text, mine[0], edit.start)
            end = _end(text, end, told.text, mine[1], edit.end)
            found.append(Edit(start, end, edit.text, edit.entity))
        return tidy(text, found) if found else found

    def heard(self, text: str, first: int, count: int, redacted: Sequence[Redacted]) -> list[Edit]:
        """Return the edits of another hearing or writing of the tokens `[first, first + count)`, where they are hidden.

        What stands between words that both have, around a hidden run, is hidden with it.
        """
        theirs, spans = tokens_of(text), spans_of(text)
        found = list(self._again(theirs, spans, redacted))
        hidden = list(self._hidden(first, first + count, redacted))
        if not hidden or not theirs:
            return tidy(text, found)
        same = _same(self.tokens[first : first + count], theirs)
        for low, high, _, edit in hidden:
            start = same[low] if same[low] >= 0 else max((at + 1 for at in same[:low] if at >= 0), default=0)
            end = (
                same[high - 1] + 1
                if same[high - 1] >= 0
                else min((at for at in same[high:] if at >= 0), default=len(theirs))
            )
            if start < end:
                found.append(Edit(spans[start][0], spans[end - 1][1], edit.text, edit.entity))
        return tidy(text, found)

    def counterpart(self, text: str, first: int, count: int, edit: Edit) -> tuple[int, int, int] | None:
        """Return the turn that says the tokens, and where it writes otherwise what an edit of its `text` hides.

        Only numbers are told so: other words that differ are other words.
        """
        spans = spans_of(text)
        begin, end = within(spans, edit.start, edit.end)
        same = _same(self.tokens[first : first + count], tokens_of(text))
        low = max((n + 1 for n, at in enumerate(same) if 0 <= at < begin), default=0)
        high = min((n for n, at in enumerate(same) if at >= end), default=count)
        ours = self.tokens[first + low : first + high]
        is_number = any(map(str.isdigit, "".join([*ours, text[edit.start : edit.end]])))
        if not is_number or max(same[low:high], default=0) >= 0 or max(end - begin, sum(map(len, ours))) < _PAIR:
            return None
        told = next(self.over(first + low, first + high))
        places = self._spans(told)[first + low - told.first : first + high - told.first]
        return told.number, places[0][0], places[-1][1]

    def strange(self, text: str, tokens: list[str], first: int, count: int, around: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a text in which it is not the tokens `[first, first + count)`, with their context."""
        same = [at for at in _same(self.tokens[first : first + count], tokens) if at >= 0] if count else []
        if len(same) < _LIKE * len(tokens):
            yield 0, len(text)
            return
        known = set(same)
        begin = end = -1
        for number, (start, stop) in enumerate(spans_of(text)):
            if number in known:
                continue
            if begin >= 0 and start - around > end:
                yield begin, end
                begin = -1
            begin = _blank(text, max(start - around, 0)) if begin < 0 else begin
            end = _blank(text, min(stop + around, len(text)))
        if begin >= 0:
            yield begin, end

    def repeats(self, text: str, redacted: Sequence[Redacted], around: tuple[int, int] | None = None) -> Iterator[Edit]:
        """Yield what hides in a text the words that a turn hides, where the text repeats words of the turn.

        `around` are the tokens of the turn that the text stands beside: there fewer words tell that it is them.
        """
        theirs = tokens_of(text)
        concealed = self._concealed_tokens(redacted)
        found: dict[int, Edit] = {}
        for scope in ((around,) if around else ()) + (None,):
            low, high = scope or (0, len(self.tokens))
            for at, token in enumerate(theirs):
                if at in found:
                    continue
                places = concealed.places.get(token, ())
                begin = bisect_left(places, low)
                for place in places[begin : bisect_left(places, high, begin, min(begin + _TRIES, len(places)))]:
                    first, last = self._common(theirs, at, place, low, high)
                    if _tells(theirs, first, last, concealed.runs[place], place - at, is_near=scope is not None):
                        new = {
                            n: concealed.edits[n + place - at]
                            for n in range(first, last)
                            if n + place - at in concealed.edits
                        }
                        found = new | found
                        break
        if found:
            spans = spans_of(text)
            ordered = sorted(found)
            begin = ordered[0]
            for at, behind in zip(ordered, [*ordered[1:], -1], strict=True):
                if behind != at + 1 or found[behind] is not found[at]:
                    yield Edit(spans[begin][0], spans[at][1], found[at].text, found[at].entity)
                    begin = behind

    def _common(self, theirs: list[str], at: int, place: int, low: int, high: int) -> tuple[int, int]:
        """Return the longest run of another text around `at` that is the one around `place`, inside `[low, high)`."""
        first, last, shift, ours = at, at + 1, place - at, self.tokens
        while first > 0 and first + shift > low and theirs[first - 1] == ours[first - 1 + shift]:
            first -= 1
        while last < len(theirs) and last + shift < high and theirs[last] == ours[last + shift]:
            last += 1
        return first, last

    def _concealed_tokens(self, redacted: Sequence[Redacted]) -> _Concealed:
        if self._concealed is None or self._concealed[0] is not redacted:
            made, tokens = _Concealed(), self.tokens
            for low, high, _, edit in self._hidden(0, len(tokens), redacted):
                for at in range(low, high):
                    if at not in made.edits:
                        made.places.setdefault(tokens[at], []).append(at)
                        made.edits[at], made.runs[at] = edit, (low, high)
            self._concealed = redacted, made
        return self._concealed[1]

    def _hidden_runs(self, redacted: Sequence[Redacted]) -> _Runs:
        """Return the hidden runs that are long enough to be known by themselves, by their first token."""
        if self._runs is None or self._runs[0] is not redacted:
            starts: _Runs = {}
            for low, high, _, edit in self._hidden(0, len(self.tokens), redacted):
                run = self.tokens[low:high]
                if len(run) > 1 or sum(map(str.isdigit, run[0])) >= _SURE:
                    starts.setdefault(run[0], {}).setdefault(tuple(run), edit)
            self._runs = redacted, starts
        return self._runs[1]

    def _again(self, theirs: list[str], spans: Spans, redacted: Sequence[Redacted]) -> Iterator[Edit]:
        """Yield where a text says a hidden run of words, long enough to be that one, word for word."""
        starts = self._hidden_runs(redacted)
        for at, token in enumerate(theirs):
            for run, edit in starts.get(token, {}).items():
                if tuple(theirs[at : at + len(run)]) == run:
                    yield Edit(spans[at][0], spans[at + len(run) - 1][1], edit.text, edit.entity)


def _tells(theirs: list[str], first: int, last: int, run: tuple[int, int], shift: int, *, is_near: bool) -> bool:
    """Return whether the words `[first, last)` of a text are enough to say that they are those of a turn."""
    count = last - first
    is_all = count == len(theirs)
    if is_near and is_all:
        return True
    is_whole = run[0] - shift >= first and run[1] - shift <= last  # the whole of what is hidden
    words = theirs[first:last]
    is_rare = count > 1 or len(words[0]) >= _RARE or words[0].isdigit()
    if is_near:
        return is_rare or is_whole
    if count >= _SURE or (is_all and is_rare):
        return True
    return is_whole and (run[1] - run[0] > 1 or sum(map(str.isdigit, words[run[0] - shift - first])) >= _SURE)


def _same(ours: list[str], theirs: list[str]) -> list[int]:
    """Return for each token the number of the one in another hearing that it is, -1 for none; the numbers ascend."""
    found = [-1] * len(ours)
    if max(len(ours), len(theirs)) <= _MAX_COMPARED:
        for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
            found[block.a : block.a + block.size] = range(block.b, block.b + block.size)
        return found
    at = other = 0
    while at < len(ours) and other < len(theirs):
        if ours[at] == theirs[other]:
            found[at] = other
            at, other = at + 1, other + 1
            continue
        step = next((step for step in _STEPS if _go_on(ours, at + step[0], theirs, other + step[1])), (1, 1))
        at, other = at + step[0], other + step[1]
    return found


def _blank(text: str, at: int) -> int:
    """Return the nearest place before `at` that cuts no word."""
    while 0 < at < len(text) and not text[at - 1].isspace():
        at -= 1
    return at


def _go_on(ours: list[str], at: int, theirs: list[str], other: int) -> bool:
    return at < len(ours) and ours[at : at + 2] == theirs[other : other + 2]


def within(spans: Spans, start: int, end: int) -> tuple[int, int]:
    """Return the first token that `[start, end)` touches and the one behind the last."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return first, max(first, bisect_left(spans, end, key=lambda span: span[0]))


def _start(copy: str, at: int, text: str, token: int, start: int) -> int:
    """Return where an edit begins in a copy, whose token stands at `at`: at its place in it, or with its marks."""
    if start >= token:
        return at + start - token
    before = text[start:token]
    return at - len(before) if copy.endswith(before, 0, at) else at


def _end(copy: str, at: int, text: str, token: int, end: int) -> int:
    if end <= token:
        return at - (token - end)
    behind = text[token:end]
    return at + len(behind) if copy.startswith(behind, at) else at


def tidy(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits of a text in order, those that overlap made one; a space goes with what leaves nothing."""
    united: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        start = edit.start
        if (
            not edit.text
            and text.endswith(" ", 0, start)
            and text[edit.end : edit.end + 1] in {" ", "", ".", ",", "?", "!"}
        ):
            start -= 1
        if united and start < united[-1].end:
            before = united[-1]
            new = (
                before.text
                if before.text == edit.text or edit.end <= before.end
                else f"{before.text} {edit.text}".strip()
            )
            united[-1] = Edit(before.start, max(edit.end, before.end), new, before.entity or edit.entity)
        else:
            united.append(Edit(start, edit.end, edit.text, edit.entity))
    return united


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text in one case."""
    tokens = _TOKEN.findall(text)
    return "\n".join(tokens).casefold().split("\n") if tokens else tokens


def spans_of(text: str) -> Spans:
    """Return where the tokens of a text stand."""
    return [match.span() for match in _TOKEN.finditer(text)]
