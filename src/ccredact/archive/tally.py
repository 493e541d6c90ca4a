"""What came in, what went out, what was hidden in it and what was left: counts, labels and places, never a value.

Every call that comes in goes out or is quarantined: `Tally.problem` says so when a count does not come out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccredact.archive.causes import NOTICES, Cause, Notice, cause_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccredact.errors import FormatError
    from ccredact.transcript import Segment, Utterance


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One record, or with an empty position a whole file or member, that was left where it was.

    `source` names the file, and behind "!" the member of a container. `problem` is in fixed words.
    """

    source: str
    position: str
    cause: Cause
    problem: str

    def as_json(self) -> dict[str, str]:
        """Return it as a manifest and a report have it."""
        return {
            "source": self.source,
            "position": self.position,
            "cause": self.cause.value,
            "problem": self.problem,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, str]) -> Quarantined:
        """Return what `as_json` made."""
        return cls(given["source"], given["position"], Cause(given["cause"]), given["problem"])


@dataclass(frozen=True, slots=True)
class Noticed:
    """A file or member that was done, and what should be known of it."""

    source: str
    notice: Notice

    @property
    def text(self) -> str:
        """Return what it means, in fixed words."""
        return NOTICES[self.notice]

    def as_json(self) -> dict[str, str]:
        """Return it as a manifest and a report have it."""
        return {"source": self.source, "notice": self.notice.value, "text": self.text}

    @classmethod
    def from_json(cls, given: Mapping[str, str]) -> Noticed:
        """Return what `as_json` made."""
        return cls(given["source"], Notice(given["notice"]))


@dataclass(slots=True)
class Tally:
    """Counts of one document, or of many added up.

    `calls_quarantined` counts calls, of which `quarantined` has an entry, or one for each row of theirs; whole files
    and members, of which nobody knows how many calls they hold, are in `files_quarantined`.
    """

    files_in: int = 0
    files_out: int = 0
    files_quarantined: int = 0
    calls_in: int = 0
    calls_out: int = 0
    calls_quarantined: int = 0
    turns_in: int = 0
    turns_out: int = 0
    turns_quarantined: int = 0
    words: int = 0
    masked: int = 0
    other_language: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    notices: list[Noticed] = field(default_factory=list)

    def came_in(self, turns: Sequence[Utterance]) -> None:
        """Count a call that was read."""
        self.calls_in += 1
        self.turns_in += len(turns)

    def went_out(
        self, turns: Sequence[Utterance], segments: Sequence[Segment], *, fields: int = 0, kept: frozenset[str]
    ) -> None:
        """Count a call that was redacted and written.

        `segments` are one for each utterance, those of `fields` included, which are no speech. The labels `kept` are
        reported by the engine but not hidden.
        """
        self.calls_out += 1
        self.turns_out += len(segments) - fields
        self.words += sum(len(turn.text.split()) for turn in turns)
        for segment in segments:
            self.masked += segment.fault
            if segment.entities:
                self.entities.update(entity.label for entity in segment.entities if entity.label not in kept)

    def leave_call(self, error: FormatError, turns: Sequence[Utterance] | None = None) -> None:
        """Count a call that is left where it was; `turns` are those that `came_in` has counted, None if it has not."""
        if turns is None:
            self.calls_in += 1
        else:
            self.turns_quarantined += len(turns)
        self.calls_quarantined += 1
        self._list(error)

    def leave_rows(self, errors: Sequence[FormatError], *, turns: int, is_call: bool = True) -> None:
        """Count a call of rows that is left, each row with its error; `turns` are those in it that could be read.

        Rows that are no call of their own belong to one that is counted already.
        """
        self.calls_in += is_call
        self.calls_quarantined += is_call
        self.turns_in += turns
        self.turns_quarantined += turns
        for error in errors:
            self._list(error)

    def leave_file(self, error: FormatError) -> None:
        """Count a file or member that is left where it was as a whole."""
        self.files_in += 1
        self.files_quarantined += 1
        self._list(error)

    def _list(self, error: FormatError) -> None:
        self.quarantined.append(Quarantined(error.source, error.position, cause_of(error), error.problem))

    def add(self, other: Tally) -> None:
        """Add the counts of another document."""
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.entities.update(other.entities)
        self.quarantined += other.quarantined
        self.notices += other.notices

    @property
    def problem(self) -> str:
        """Return what does not come out, in fixed words; "" where all that came in went out or is quarantined."""
        for what in ("files", "calls", "turns"):
            came, went, left = (getattr(self, f"{what}_{way}") for way in ("in", "out", "quarantined"))
            if came != went + left:
                return f"{came} {what} came in, {went} went out and {left} are quarantined"
        return ""

    def as_json(self) -> dict[str, Any]:
        """Return it as a manifest and a report have it."""
        return {
            **{name: getattr(self, name) for name in _NUMBERS},
            "entities": dict(sorted(self.entities.items())),
            "quarantined": [left.as_json() for left in self.quarantined],
            "notices": [noticed.as_json() for noticed in self.notices],
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Tally:
        """Return what `as_json` made."""
        return cls(
            **{name: given[name] for name in _NUMBERS},
            entities=Counter(given["entities"]),
            quarantined=[Quarantined.from_json(left) for left in given["quarantined"]],
            notices=[Noticed.from_json(noticed) for noticed in given.get("notices", ())],
        )


_NUMBERS = tuple(name for name in Tally.__dataclass_fields__ if name not in {"entities", "quarantined", "notices"})
