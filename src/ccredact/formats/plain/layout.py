"""Where in each line of a transcript the speaker's label stands and where what is said begins.

No list says which layouts there are: a file shows its own. A line may begin with times, numbers and bullets, in
brackets or bare, then have a label and a mark behind it. What stands in front of a mark is a label where it is a role
("agent") or comes more than once; marks that sentences have too, and bare times and numbers, count where most lines
have them. A line that is nothing but a label, with a time perhaps, says who speaks in those below. Columns are in
`ccredact.formats.plain.columns`.

What is not sure is speech: it is examined.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ccredact.entities import ENTITY_TYPES
from ccredact.formats.plain.columns import columns_of
from ccredact.formats.plain.stamps import BRACKETED, ONE, RANGE, UNTIL
from ccredact.formats.speakers import LONGEST, is_role
from ccredact.lang.en.language import english
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.speakers import ANNOUNCES, SHORT_ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_INVISIBLE: Final = "\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WHITE: Final = " \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029\u202f" + _INVISIBLE
"""What is no part of what is said at the ends of a line."""
_BLANK: Final = rf"[\s{_INVISIBLE}]"
_BEHIND_LEAD: Final = rf"(?:{_BLANK}*(?:[|,;]|[\-\u2013\u2014](?=\s)|:(?=\s)))?{_BLANK}*"
_FIRST_TIME: Final = re.compile(rf"{_BLANK}*{ONE}{_BEHIND_LEAD}", re.VERBOSE)
"""The first of two times with a dash between: where others have one, the second is said."""
_LEAD: Final = re.compile(
    rf"""(?: (?P<bracketed>{BRACKETED}) | (?P<time>{ONE}(?P<until>{UNTIL})?)(?=[\s|,;:\-\u2013]|\Z)
    | (?P<bullet>(?:[*\-\u2022>\u00bb]|>>+|\#{{1,6}})(?=\s))
    | (?P<number>\#?\d{{1,6}}[.):]?(?=\s) | [\[(]\#?\d{{1,6}}[\])](?=\s)) )
    {_BEHIND_LEAD}""",
    re.VERBOSE,
)
_REST: Final = r"[\w.'\u2019\-&/@\#]*"
_NAME: Final = rf"[^\W\d_]{_REST}(?:,?[\ \xa0]{{1,2}}[^\W\d_]{_REST}){{0,5}}(?:[\ \xa0]{{1,2}}\#?\d{{1,6}}\b)?"
_SUFFIX: Final = rf"(?:\s{{0,3}}(?:{BRACKETED}|[\[(](?:{_NAME}|\d{{1,4}}(?:/\d{{1,4}})?)[\])]))*"
_GAP: Final = r"[\s,|\-\u2013\u2014\u00b7\u2022]"
_LABEL: Final = re.compile(
    rf"""(?P<quote>\*{{1,3}}|__?|[\[(<{{"])? (?(quote)(?P<first>{RANGE}{_GAP}{{1,4}})?)
    (?P<label>(?P<name>{_NAME}){_SUFFIX})
    (?P<time>{_GAP}{{1,6}}(?:at\s)?{RANGE})? (?(quote)(?P<inside>:)?(?:\*{{1,3}}|__?|[\])>}}"]))
    (?P<behind>\s{{0,3}}{BRACKETED}|{_GAP}{{1,6}}{RANGE}(?=\s*(?::\s|:?\s*\Z)))?
    (?:(?P<colon>\s?::?(?=[\s{_INVISIBLE}]|\Z)|:(?=["'\u2018\u201c]?[^\W\d_]))
    |(?P<mark>\s[\-\u2013\u2014=]+(?=\s)|\s?(?:>{{1,3}}|\u00bb|=>|->|~))
    |(?P<end>(?={_BLANK}*\Z))|(?(quote)|(?!)))""",
    re.VERBOSE,
)
_IN_LABEL: Final = re.compile(rf"\s*{BRACKETED}", re.VERBOSE)
_CODE: Final = re.compile(r"(?P<code>[A-Za-z]{1,12}[\-_\#]?\d{1,12}(?=[\s|,;]))[\s|,;]\s*")
"""A channel or the number of a call, before times or a label."""
EVERYDAY: Final = english().everyday
_CLOSING: Final = {"[": "]", "(": ")", "<": ">", "{": "}", '"': '"'}
_NUMBER: Final = re.compile(r"\d+")
_TAIL: Final = re.compile(rf"{_BLANK}*{BRACKETED}[{WHITE}]*\Z", re.VERBOSE)
"""A time in brackets behind what is said."""
_LAST_TIME: Final = re.compile(rf"(?<=\s){RANGE}[{WHITE}]*\Z", re.VERBOSE)
"""A time with which a line ends: it may be all that is said."""
_REDACTED: Final = re.compile(r"PERSON_\d{1,6}")
_MOST_FIGURES: Final = 3
"""What holds a longer number is no label: as one, nobody would look at it."""
_FIGURES_OF_ROLE: Final = 6
_WORDS_ALONE: Final = 4
_WORDS_FRAMED: Final = 6
"""Words of a label at most."""
_LEAST: Final = 2
"""Lines of a shape that make it one."""
_COMMON: Final = 3
"""Lines that have a label for sure before a label may come once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its label is `[label, label_end)`, what is said `[start, end)`; no label where both are equal."""

    label: int
    label_end: int
    start: int
    end: int


def speaker_of(label: str) -> str:
    """Return a label without the times in it."""
    return _IN_LABEL.sub("", label)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a line may be: `[name, label_end)` a label in the shape `shape`, behind it speech from `start` on."""

    text: str = field(repr=False)
    lead: str  # what stands before a label: b(racketed time), t(ime), r (two times), n(umber), * (bullet), c(ode)
    safe: int  # where times in brackets before all else end
    ends: tuple[int, ...]  # where each of these ends
    kind: str = ""  # of the mark behind the label: ":", "-", "[]", "end"; "" where there is no label
    label: int = 0
    label_end: int = 0
    name: str = field(default="", repr=False)
    timed: bool = False  # whether a time stands behind the label
    quoted: bool = False
    spaced: bool = True  # whether a blank stands behind the mark
    start: int = 0

    @property
    def after_lead(self) -> int:
        """Return where all that may stand before a label ends."""
        return self.ends[-1] if self.ends else 0

    @property
    def shape(self) -> tuple[str, str, bool, bool]:
        return self.lead, self.kind, self.timed, self.quoted


def layout_of(lines: Sequence[str]) -> list[Line]:
    """Return for each line where its label and what is said stand."""
    columns = columns_of(lines)
    if columns is not None:
        return [
            Line(label, label_end, *_said(line[:end], start))
            for line, (label, label_end, start, end) in zip(lines, columns, strict=True)
        ]
    readings = [_read(line) for line in lines]
    filled = [reading for reading in readings if reading.text.strip(WHITE)]
    labels = _Labels(filled)
    readings = [_with_time_said(reading, labels) for reading in readings]
    filled = [reading for reading in readings if reading.text.strip(WHITE)]
    labels = _Labels(filled)
    is_head = _heads(readings, labels)
    clocks = _clocks_in(readings) if _clock_lines(filled) else set()
    bare = _bare_leads(filled)
    brackets = 4 * sum(reading.lead.startswith("b") for reading in filled) >= max(2 * 4, len(filled))
    most = min((len(r.lead) - len(r.lead.lstrip("b")) for r in filled if r.lead.startswith("b")), default=0)
    readings = [replace(r, safe=min(r.safe, r.ends[most - 1])) if r.safe else r for r in readings]
    if not brackets:  # a date in brackets may be said, a time of day in brackets is none of it
        readings = [replace(r, safe=0) if ":" not in r.text[: r.safe] else r for r in readings]
    found = [
        _line(reading, labels=labels, head=head, bare=bare, clock=number in clocks)
        for number, (reading, head) in enumerate(zip(readings, is_head, strict=True))
    ]
    return _without_tails(lines, found)


def _with_time_said(reading: _Reading, labels: _Labels) -> _Reading:
    """Return what a line that ends in a time is where other lines have speech behind such a label: "Caller - 17:34"."""
    time = _LAST_TIME.search(reading.text)
    if time is None or not reading.kind:
        return reading
    other = _read(reading.text[: time.start()] + "x" * len(time[0]))
    return replace(other, text=reading.text) if labels.has(other) else reading


def _without_tails(lines: Sequence[str], found: list[Line]) -> list[Line]:
    """Return the lines without the times in brackets behind what is said, where most of them have one."""
    tails = [
        _TAIL.search(text, line.start) if line.start < line.end else None
        for text, line in zip(lines, found, strict=True)
    ]
    said = sum(line.start < line.end for line in found)
    times = [tail for tail in tails if tail is not None and ":" in tail[0]]
    if len(times) < _COMMON or 4 * len(times) < 3 * said:
        return found
    return [
        line if tail is None else replace(line, end=max(line.start, min(line.end, tail.start())))
        for line, tail in zip(found, tails, strict=True)
    ]


def _line(reading: _Reading, *, labels: _Labels, head: bool, bare: str | None, clock: bool) -> Line:
    text = reading.text
    if clock:
        return Line(0, 0, len(text), len(text))
    if head:
        return Line(reading.label, reading.label_end, len(text), len(text))
    if labels.has(reading):
        return Line(reading.label, reading.label_end, *_said(text, reading.start))
    if bare is None or not reading.lead.startswith(bare):
        first = _FIRST_TIME.match(text) if bare == "t" and reading.lead[:1] == "r" else None
        return Line(0, 0, *_said(text, reading.safe if first is None else first.end()))
    channel = (reading.label, reading.label_end) if is_role(text[reading.label : reading.label_end]) else (0, 0)
    return Line(*(channel if not reading.kind else (0, 0)), *_said(text, reading.ends[len(bare) - 1]))


def _said(text: str, start: int) -> tuple[int, int]:
    said = text[start:].strip(WHITE)
    if not said:
        return len(text), len(text)
    first = text.index(said, start)
    return first, first + len(said)


def _read(line: str) -> _Reading:
    at = safe = 0
    while at < len(line) and line[at] in WHITE:
        at += 1
    lead, code = "", (0, 0)
    ends: list[int] = []
    while True:
        while (found := _LEAD.match(line, at)) is not None:
            lead += _kind_of(found)
            at = found.end()
            ends.append(at)
            if not lead.strip("b"):
                safe = found.end("bracketed")
        match = _LABEL.match(line, at)
        found = None if match is not None or "c" in lead else _CODE.match(line, at)
        if found is None:
            break
        lead, code, at = lead + "c", found.span("code"), found.end()
        ends.append(at)
    plain = _Reading(line, lead, safe, tuple(ends), "", *code)
    if match is None:
        return plain
    kind = _kind_of_mark(line, match)
    if not kind:
        return plain
    timed = bool(match["first"] or match["time"] or match["behind"] or _IN_LABEL.search(match["label"]))
    end, span = match.end(), match.span("label")
    spaced = end >= len(line) or line[end] in WHITE
    return _Reading(line, lead, safe, tuple(ends), kind, *span, match["name"], timed, bool(match["quote"]), spaced, end)


def _kind_of_mark(line: str, match: re.Match[str]) -> str:
    """Return the kind of the mark behind a label, "" where it is none."""
    quote = match["quote"]
    if quote in _CLOSING and not _closes(line, match):
        return ""
    if match["colon"] is not None or match["inside"]:
        return ":"
    if match["mark"] is not None:
        return "-"
    if match["end"] is not None:
        return "end"
    return "[]" if quote in _CLOSING else ""


def _kind_of(match: re.Match[str]) -> str:
    if match["until"] is not None:
        return "r"
    return next(
        sign
        for sign, name in (("b", "bracketed"), ("t", "time"), ("*", "bullet"), ("n", "number"))
        if match[name] is not None
    )


def _closes(line: str, match: re.Match[str]) -> bool:
    """Return whether the bracket before a label is closed by its own."""
    behind = line[match.end("time") if match["time"] else match.end("label") :].lstrip(":")
    return behind[:1] == _CLOSING[match["quote"]]


class _Labels:
    """Which of the readings of a file have a label in front of speech."""

    def __init__(self, readings: Sequence[_Reading]) -> None:
        self._shapes = Counter(reading.shape for reading in readings if reading.kind)
        self._seen = Counter((reading.kind, _counted(reading.name)) for reading in readings if reading.kind)
        self._most = max(_LEAST, (len(readings) + 1) // 2)
        self.common = False  # whether nearly all lines have a label: then a name may come once
        labelled = sum(map(self.has, readings))
        self.common = labelled >= _COMMON and 4 * labelled >= 3 * len(readings)

    def has(self, reading: _Reading) -> bool:
        """Return whether what the reading takes for a label is one."""
        if reading.kind not in {":", "-", "[]"}:
            return False
        text = reading.text[reading.label : reading.label_end]
        role = self.is_sure_role(reading.name, reading.kind)
        most = self._shapes[reading.shape] >= self._most
        if "n" in reading.lead and self._shapes[reading.shape] < _LEAST:
            return False
        if reading.kind == ":":
            if role or _REDACTED.fullmatch(reading.name):
                return True
            again = self._seen[reading.kind, _counted(reading.name)] > 1
            framed = most and bool(reading.lead.strip("*") or reading.timed or reading.quoted)
            letters = most and len(reading.name) == 1 and reading.name.isupper()
            sure = again or framed or letters or _has_role(text) or (self.common and _is_capitalised(reading.name))
            return reading.spaced and may_be_label(text, reading.name, framed=framed) and sure
        again = self._seen[reading.kind, _counted(reading.name)] > 1
        framed = bool(reading.lead.strip("*") or reading.timed)
        if not most or not (role or may_be_label(text, reading.name, framed=framed)):
            return False
        if _REDACTED.fullmatch(reading.name):
            return True
        if reading.kind == "[]" and not role and (_is_foreign(reading.name) or _is_sound(reading)):
            return False
        return role or again or framed

    def is_sure_role(self, name: str, kind: str) -> bool:
        """Return whether a label is a role and needs not come twice."""
        if not is_role(name) or sum(map(str.isdigit, name)) > _FIGURES_OF_ROLE:
            return False
        return name.casefold() not in SHORT_ROLES or self._seen[kind, _counted(name)] > 1

    def count(self, reading: _Reading) -> int:
        """Return how many lines have this label in a line of this kind."""
        return self._seen[reading.kind, _counted(reading.name)]


def may_be_label(label: str, name: str, *, framed: bool = False) -> bool:
    """Return whether a text before a mark may be a label of somebody who is no role; `framed`: most lines have one."""
    if len(name.split()) > (_WORDS_FRAMED if framed else _WORDS_ALONE):
        return False
    short = len(label) <= LONGEST + len(label) - len(name) and len(name) <= LONGEST
    return short and sum(map(str.isdigit, name)) <= _MOST_FIGURES and not ANNOUNCES.search(label)


def _counted(name: str) -> str:
    """Return what of a label comes again: numbers may count the lines, "L3 AGT"."""
    return _NUMBER.sub("0", name.casefold())


def _has_role(label: str) -> bool:
    """Return whether a label says what somebody is behind the name: "Ada Obi, Agent", "Ada Obi (agent)"."""
    behind = re.search(r"[,(\[]\s*([^,()\[\]]+)[)\]]?$", label)
    return behind is not None and is_role(behind[1])


def _is_capitalised(name: str) -> bool:
    words = re.findall(r"[^\W\d_][^\s,]*", name)
    return all(word[0].isupper() for word in words) and EVERYDAY.isdisjoint(word.casefold() for word in words)


def _is_foreign(name: str) -> bool:
    """Return whether a text in brackets is a label of some redaction."""
    return name.isupper() and ("_" in name or name in ENTITY_TYPES or name in {"PII", "PHI"})


def _is_sound(reading: _Reading) -> bool:
    return bool(NOISE.ranges(reading.text[: reading.start]))


def _heads(readings: Sequence[_Reading], labels: _Labels) -> list[bool]:
    """Return for each line whether it is nothing but a label, for those below."""
    filled = [number for number, reading in enumerate(readings) if reading.text.strip(WHITE)]
    ends = {number for number in filled if readings[number].kind == "end" and readings[number].label_end}
    timed = {number for number in ends if readings[number].timed or readings[number].lead.strip("*n")}
    heads = [False] * len(readings)
    followed = {one for one, other in pairwise(filled) if other not in timed or one not in timed}
    shapes = Counter(readings[number].shape for number in timed)
    for number in timed & followed:
        reading = readings[number]
        text = reading.text[reading.label : reading.label_end]
        same = shapes[reading.shape]
        named = labels.count(reading) > 1 or (4 * same >= len(filled) and reading.name[:1].isupper())
        if same >= _LEAST and (
            labels.is_sure_role(reading.name, "end") or (named and may_be_label(text, reading.name))
        ):
            heads[number] = True
    if not any(heads):
        for number in _behind_clocks(readings, filled, ends - timed):
            heads[number] = True
    if any(heads):
        return heads
    bare = sorted(
        number for number in ends - timed if number + 1 < len(readings) and not _begins_block(readings, number + 1)
    )
    roles = [
        number
        for number in bare
        if labels.is_sure_role(readings[number].name, "end") or _REDACTED.fullmatch(readings[number].name)
    ]
    if len(roles) >= _LEAST and 5 * len(roles) >= len(filled):
        for number in roles:
            heads[number] = True
    if _begin_all_blocks(readings, filled, bare, labels):
        for number in bare:
            heads[number] = heads[number] or _begins_block(readings, number)
    return heads


def _behind_clocks(readings: Sequence[_Reading], filled: Sequence[int], ends: Collection[int]) -> list[int]:
    """Return the lines that stand between a time on a line of its own and what is said, if all such times have one."""
    own = [place for place, number in enumerate(filled) if _is_clock(readings[number])]
    if len(own) < _LEAST or any(place + 2 >= len(filled) for place in own):
        return []
    found = [filled[place + 1] for place in own]
    is_said = all(not _is_clock(readings[filled[place + 2]]) for place in own)
    return (
        found if is_said and all(n in ends and may_be_label(readings[n].name, readings[n].name) for n in found) else []
    )


def _begins_block(readings: Sequence[_Reading], number: int) -> bool:
    return number == 0 or not readings[number - 1].text.strip(WHITE)


def _begin_all_blocks(
    readings: Sequence[_Reading], filled: Sequence[int], bare: Sequence[int], labels: _Labels
) -> bool:
    """Return whether each block of lines begins with a label on a line of its own, two or more in turn."""
    begins = [number for number in filled if _begins_block(readings, number)]
    lone = set(bare)
    heads = [number for number in begins if number in lone]
    if len(begins) < 2 * _LEAST - 1 or len(heads) != len(begins) or len(filled) < 2 * len(begins):
        return False
    names = Counter(readings[number].name.casefold() for number in heads)
    fitting = all(
        (labels.is_sure_role(reading.name, "end") or may_be_label(reading.name, reading.name))
        and reading.name[:1].isupper()
        for reading in (readings[number] for number in heads)
    )
    return fitting and _LEAST <= len(names) < len(heads)


def _is_clock(reading: _Reading) -> bool:
    """Return whether a line is nothing but a time."""
    return reading.lead in {"t", "r"} and not reading.kind and not reading.text[reading.after_lead :].strip(WHITE)


def _clock_lines(filled: Sequence[_Reading]) -> bool:
    """Return whether lines that are nothing but a time are no speech: there are several, and time goes on."""
    clocks = [reading for reading in filled if _is_clock(reading)]
    return len(clocks) >= _LEAST and 4 * len(clocks) >= len(filled) and _goes_up(clocks, "t")


def _clocks_in(readings: Sequence[_Reading]) -> set[int]:
    """Return the lines that are nothing but a time, but for one right behind another, which is said."""
    found: set[int] = set()
    last = False
    for number, reading in enumerate(readings):
        if reading.text.strip(WHITE):
            last = _is_clock(reading) and not last
            if last:
                found.add(number)
    return found


def _bare_leads(filled: Sequence[_Reading]) -> str | None:
    """Return with which times or numbers without brackets most lines begin, where these go up; None for none.

    More of them belong to it only where all these lines have them, and something behind: "00:09 | 4417" is an answer.
    """
    for lead in ("t", "r", "ct", "cr", "n"):
        own = [reading for reading in filled if reading.lead.startswith(lead)]
        if len(own) < (_LEAST if lead[0] == "c" else _COMMON) or 5 * len(own) < 4 * len(filled):
            continue
        if lead == "n" and not _counts([_value_of(reading, lead) for reading in own]):
            continue
        if lead[0] == "c" or _goes_up(own, lead):
            return _common_lead(own, lead)
    return None


def _common_lead(own: Sequence[_Reading], lead: str) -> str:
    """Return the times and numbers that all lines begin with, from `lead` on, and have something behind."""
    common = own[0].lead
    while len(common) > len(lead) and not all(_begins_with(reading, common) for reading in own):
        common = common[:-1]
    return common


def _begins_with(reading: _Reading, lead: str) -> bool:
    """Return whether a line begins so and has something behind."""
    return reading.lead.startswith(lead) and bool(reading.text[reading.ends[len(lead) - 1] :].strip(WHITE))


def _goes_up(readings: Sequence[_Reading], lead: str) -> bool:
    values = [_value_of(reading, lead) for reading in readings]
    down = sum(one > other for one, other in pairwise(values))
    return 10 * down <= len(values)


def _value_of(reading: _Reading, lead: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", reading.text[: reading.ends[len(lead) - 1]])))


def _counts(values: Sequence[tuple[int, ...]]) -> bool:
    return all(other[:1] == (one[0] + 1,) for one, other in pairwise(values) if one)
