"""The columns of a table: which one holds the text, the speaker, the call, and which are no text at all.

A role is found by the name of a column, or is given. A dot goes into a column of turns: "turns.said".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Final

from ccredact.formats.base import Fault
from ccredact.formats.json.fields import asks_for

ROLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "text": (
            "text", "transcript", "utterance", "utterance_text", "turn_text", "segment_text", "message", "message_text",
            "content", "sentence", "body", "said", "line", "display", "display_text", "transcription", "dialogue",
            "conversation", "call_text", "call_transcript",
        ),
        "speaker": (
            "speaker", "speaker_label", "speaker_name", "speaker_role", "speaker_id", "participant", "participant_role",
            "participant_id", "role", "party", "from", "author", "sender", "who", "channel", "channel_id", "side",
        ),
        "call": (
            "call_id", "callid", "call", "call_sid", "contact_id", "contactid", "conversation_id", "conversationid",
            "interaction_id", "session_id", "dialogue_id", "dialog_id", "transcript_id", "recording_id",
        ),
        "order": (
            "turn", "turn_index", "turn_number", "turn_no", "turn_id", "utterance_index", "utterance_number",
            "utterance_id", "segment_index", "segment_number", "segment_id", "sequence", "sequence_number", "seq",
            "order", "position", "message_index", "line_number", "line_no", "start", "start_time", "start_ms",
            "start_s", "begin", "begin_offset_millis", "offset",
        ),
        "turns": ("turns", "utterances", "segments", "messages", "transcript", "dialogue", "conversation", "lines"),
        "words": ("words", "items", "tokens"),
    }
)  # fmt: skip
"""What a column of each role is called, the likeliest first, as `plain` writes a name."""
ORDER: Final = "at"
"""The name under which values of the column of order are looked at: a time's, as which small numbers stay too."""
_WORD: Final = ("text", "word", "content", "token", "display")
_WORD_START: Final = ("start", "start_time", "start_s", "begin", "offset", "start_ms")
_WORD_END: Final = ("end", "end_time", "end_s", "end_ms")
_OWN_IDS: Final = frozenset({"id", "utterance"}) | {
    f"{what}_id"
    for what in ("utterance", "turn", "segment", "message", "line", "row", "record", "document", "file", "word")
}
"""Names of columns that number the parts of a file."""
_QUESTIONS: Final = frozenset({"question", "question_text", "prompt", "asked"})
"""Names of columns that hold what the text of their row answers."""
_TIMES: Final = re.compile(
    r"(?:.*_)?(?:start|end|begin|time|timestamp|offset|duration|millis|ms|s|sec|secs|seconds|at)(?:_(?:ms|s|sec|time))?"
)
_CLOCK: Final = re.compile(
    r"(?:\d{4}-\d\d-\d\d[T ]?)?(?:\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?)? ?(?:Z|UTC|[+\-]\d\d:?\d\d)?"
)
_EPOCHS: Final = tuple((946_684_800 * unit, 2_145_916_800 * unit) for unit in (1, 10**3, 10**6, 10**9))
"""The years 2000 to 2037 in seconds, and in thousandths, millionths and billionths: no card begins so."""
_LONGEST_OFFSET: Final = 10**6
"""A time in a call that is no number of seven digits."""
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\W]+")


def spoken(name: str) -> str:
    """Return a name as it would be said: "cardNumber" is "card Number"."""
    return " ".join(filter(None, _HUMP.split(name)))


def plain(name: str) -> str:
    """Return a name in one form of all that mean the same: "Call ID", "callId" and "call_id"."""
    return "_".join(filter(None, _HUMP.split(name))).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of a table's columns by their role; what is None is looked for, "" is none.

    A table has `text`, a row a turn (of the calls that `call` tells apart) or a row a call; or `turns`, a row a call
    with a list of turns. Turns of a call are read in the order of `order` where there is one.
    """

    text: str | None = None
    speaker: str | None = None
    call: str | None = None
    order: str | None = None
    turns: str | None = None
    words: str | None = None

    @property
    def rows_are_calls(self) -> bool:
        """Return whether rows are read as a call each though speakers are told apart; asked of what was `found`."""
        return bool(self.speaker) and not self.call and not self.turns

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Columns:
        """Return the columns that a mapping names by their role; raises `Fault` for an unknown role."""
        if not given.keys() <= ROLES.keys():
            raise Fault(f"a column has no such role: known are {', '.join(ROLES)}")
        return cls(**given)

    def found(self, names: Sequence[str], *, lists: Sequence[str] = ()) -> Columns:
        """Return the columns that a table with these `names` has; `lists` are those that hold lists.

        Raises `Fault` for a column that is not there, for two of one name, and where no text is found.
        """
        if len(set(names)) != len(names):
            raise Fault("two columns have one name")
        given = self._with_turns(names)
        for field in fields(self):
            name: str | None = getattr(given, field.name)
            column = name.partition(".")[0] if name and name not in names else name
            if column and column not in names:
                raise Fault(f"there is no column for the role {field.name}")
        flat = [name for name in names if name not in lists]
        text, turns = given.text, given.turns
        if text is None and not turns:
            text = _first("text", flat)
        if turns is None:
            turns = "" if text else _first("turns", lists)
        if not text and not turns:
            raise Fault(f"no column of text was found among {len(names)} columns: name it with --column text=NAME")
        return replace(
            given,
            text=text or "",
            turns=turns,
            speaker=_given(given.speaker, "speaker", [] if turns else flat, text or ""),
            call=_given(given.call, "call", flat, text or ""),
            order=_given(given.order, "order", [] if turns else flat, text or ""),
            words=_given(given.words, "words", [] if turns else lists, ""),
        )

    def _with_turns(self, names: Sequence[str]) -> Columns:
        """Return the same, with the column of turns that a dotted name of the text tells."""
        column, dot, _ = (self.text or "").partition(".")
        return replace(self, turns=column) if dot and self.turns is None and self.text not in names else self


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """Where an array stands: the names on the way to it, and whether it is a member of a row, a turn or a word."""

    path: str
    names: tuple[str, ...]
    is_member: bool = True
    is_order: bool = False  # small numbers and times are none of anybody's

    @classmethod
    def column(cls, name: str, *, is_order: bool = False) -> ColumnPlace:
        """Return the place of a column."""
        return cls(name, (name,), is_order=is_order)

    def inside(self, name: str, *, is_member: bool = False) -> ColumnPlace:
        """Return the place of a member of it."""
        return ColumnPlace(f"{self.path}.{name}", (*self.names, name), is_member)

    @property
    def name(self) -> str:
        """Return the names on the way to it as one, under which it is examined."""
        return " ".join(self.names)

    @property
    def time_name(self) -> str:
        """Return the name by which it may be a time."""
        return ORDER if self.is_order else self.names[-1]


def inner(given: str | None, role: str, names: Sequence[str]) -> str:
    """Return the member of a turn that has a role, "" where there is none; `given` may be a dotted name."""
    _, dot, member = (given or "").partition(".")
    if dot:
        if member not in names:
            raise Fault(f"turns have no member for the role {role}")
        return member
    return _first(role, names)


def word_members(names: Sequence[str]) -> tuple[str, str, str]:
    """Return the members of a word that are its text, start and end, "" for one that is not there."""
    return _of(_WORD, names), _of(_WORD_START, names), _of(_WORD_END, names)


def is_own_id(name: str) -> bool:
    """Return whether a column numbers the parts of a table: it changes only where it says what was told."""
    return plain(name) in _OWN_IDS


def is_question(name: str) -> bool:
    """Return whether a column holds what was asked before the text of its row."""
    return plain(name) in _QUESTIONS


def is_time(name: str, value: Any) -> bool:
    """Return whether a value is a time by the name of its column and by what it says."""
    if _TIMES.fullmatch(plain(name)) is None or asks_for(name, value):
        return False
    if isinstance(value, str):
        text = value.strip()
        number = _number(text)
        if number is None:
            return len(text) <= 40 and _CLOCK.fullmatch(text) is not None
        value = number
    return isinstance(value, int | float) and (
        abs(value) < _LONGEST_OFFSET or any(first <= value < last for first, last in _EPOCHS)
    )


def _number(text: str) -> float | None:
    if not re.fullmatch(r"\d{1,20}(?:\.\d{0,20})?", text, re.ASCII):
        return None
    return float(text)


def _first(role: str, names: Sequence[str]) -> str:
    return _of(ROLES[role], names)


def _of(known: Sequence[str], names: Sequence[str]) -> str:
    by_plain = {plain(name): name for name in reversed(names)}
    return next((by_plain[name] for name in known if name in by_plain), "")


def _given(name: str | None, role: str, names: Sequence[str], text: str) -> str:
    return _first(role, [other for other in names if other != text]) if name is None else name
