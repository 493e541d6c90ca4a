"""The contract of a transcript format, and what every format needs to keep it.

A format reads a binary stream into records, one per call and one at a time, so that an archive of any size
takes the memory of its largest call. A record holds the call's utterances and writes the call back: every
byte that is not redacted comes out as it went in. Whoever adds a format writes one module with a class like
`Format` and one line in the registry.

Nothing raw may leave with an error. Inside a format, code raises `Fault`, from frames that hold text;
`attempt` turns it into a `FormatError` that its caller raises from a frame that holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, Protocol, TypeVar

from ccredact.errors import CcredactError, FormatError
from ccredact.policy import Policy
from ccredact.transcript import Entity, Name, Segment, Utterance

T = TypeVar("T")

HEAD_BYTES: Final = 1 << 20
"""How much of a file's beginning `Format.matches` is shown, in bytes."""
FULL: Final = Policy()
"""The policy by which a file is read when none is given."""


class Fault(Exception):  # noqa: N818  (it never reaches a user)
    """What is wrong and where, in fixed words. It stays inside the package: its traceback holds text.

    `position` is relative to the one that `attempt` is given: "turn 2" of "line 3".
    """

    def __init__(self, problem: str, position: str = "") -> None:
        self.problem = problem
        self.position = position
        super().__init__(problem)


class Head:
    """The beginning of a file, `HEAD_BYTES` of it or all, and the JSON document that begins there, if one does."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._documents: list[Any] = []

    @property
    def document(self) -> Any:
        """Return as much of the document as there is, None where there is none."""
        from ccredact.formats.json.head import document_of  # noqa: PLC0415  (the machine is built on this module)

        if not self._documents:
            self._documents.append(document_of(self.data))
        return self._documents[0]


class Format(Protocol):
    """One transcript format. Formats hold no state."""

    @property
    def name(self) -> str:
        """The name that a user gives to ask for the format."""

    @property
    def summary(self) -> str:
        """A line about the format for help texts, in lower case, without a stop."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file name endings, lower case with the dot, under which the format is stored."""

    def matches(self, head: Head) -> bool:
        """Return whether a file with this beginning is of this format."""

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:
        """Yield the records of `stream` in order.

        `policy` says what becomes of names in speakers' labels and which fields are left; it is that of the redactor.
        Raises `FormatError`, with `source` for the file's name, where the stream stops being what the format
        promises; the records before that place have been yielded by then.
        """


@dataclass(frozen=True, slots=True)
class TooLong:
    """What stands for a line or value that is longer than it may be: it was read over, and is not held."""


class Edit:
    """One change of an utterance's text: `[start, end)` of the original becomes `text`. It is never changed itself.

    `entity` is None where an operator changed nothing but white space beside an entity. It is no dataclass: a frozen
    one sets each field through a slow call, and edits are made for every event of a running call.
    """

    __slots__ = ("end", "entity", "start", "text")

    def __init__(self, start: int, end: int, text: str, entity: Entity | None = None) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.entity = entity

    def at(self, start: int, end: int) -> Edit:
        """Return the same edit of `[start, end)`, of another text."""
        return Edit(start, end, self.text, self.entity)


class Redacted:
    """One utterance after redaction: its text, the edits that lead there in order, and its entities.

    It is never changed, and no dataclass, as `Edit`.
    """

    __slots__ = ("edits", "entities", "text")

    def __init__(self, text: str, edits: tuple[Edit, ...] = (), entities: tuple[Entity, ...] = ()) -> None:
        self.text = text
        self.edits = edits
        self.entities = entities


@dataclass(frozen=True, slots=True)
class Mark:
    """What a service says of a turn: the name under which it sends it again, its channel, whether it is final."""

    name: Name | None = field(default=None, repr=False)
    channel: str | None = None
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One call of a stream, or bytes between two calls (`is_call` false, no utterances).

    `utterances` have the `id`s by which `write` finds their segments; the last `fields` of them are no speech but other
    text of the call, which is redacted with what was told in it. `names` are those of the speakers, to be known in what
    is said (`Redactor.redact_call`). `id` is the call's own where the format has one, or its place in the stream.
    `marks` are what a service says of each turn, where it sends results more than once.
    """

    id: str | int = field(repr=False)
    source: str
    position: str
    utterances: tuple[Utterance, ...] = field(repr=False)
    render: Callable[[Sequence[Redacted]], bytes] = field(repr=False)
    is_call: bool = True
    names: tuple[str, ...] = field(default=(), repr=False)
    fields: int = 0
    marks: tuple[Mark, ...] = field(default=(), repr=False)

    @property
    def turns(self) -> tuple[Utterance, ...]:
        """Return the utterances that are speech."""
        return self.utterances[: len(self.utterances) - self.fields]

    def write(self, segments: Iterable[Segment]) -> bytes:
        """Return the record's bytes with `segments`, all final segments of the call, in place of its text.

        Raises `FormatError` if the segments are not the whole call, or change text that is in no entity.
        """
        written = attempt(
            lambda: self.render(collect(self.utterances, segments)),
            source=self.source,
            position=self.position,
        )
        if isinstance(written, FormatError):
            raise written
        return written


def decoded(data: bytes, place: str = "") -> str:
    """Return UTF-8 as text; raises `Fault` with the first byte that is none, behind `place`."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        position = ", ".join(filter(None, (place, f"byte {error.start + 1}")))
    raise Fault("it is not UTF-8", position)


def attempt(work: Callable[[], T], *, source: str, position: str = "") -> T | FormatError:
    """Return what `work` returns, or the error to raise, free of the frames and causes that hold text.

    Whatever goes wrong in `work` is taken for broken input, so that a fault of ours hides text as well.
    """
    try:
        return work()
    except Fault as fault:
        problem = fault.problem
        position = ", ".join(filter(None, (position, fault.position)))
    except FormatError as error:
        return FormatError(error.problem, source=error.source, position=error.position)
    except CcredactError as error:
        problem = str(error)
    except RecursionError:
        problem = "it is nested too deeply"
    except Exception as error:  # noqa: BLE001  (any other error may carry text; only its kind is told)
        problem = f"it cannot be handled ({type(error).__name__})"
    return FormatError(problem, source=source, position=position)


def collect(utterances: Sequence[Utterance], segments: Iterable[Segment]) -> list[Redacted]:
    """Return every utterance redacted, in order; raises `Fault` unless the segments are exactly the call."""
    pieces: dict[Name | None, list[Segment]] = {utterance.id: [] for utterance in utterances}
    if len(pieces) != len(utterances):
        raise Fault("two utterances have one id")
    for segment in segments:
        if segment.utterance not in pieces or not segment.is_final:
            raise Fault("a segment is not final or belongs to no utterance of the call")
        pieces[segment.utterance].append(segment)
    return [redacted_by(utterance.text, pieces[utterance.id]) for utterance in utterances]


def redacted_by(original: str, segments: Sequence[Segment]) -> Redacted:
    """Return a text redacted by its segments; raises `Fault` unless they are all of it, in order."""
    at = 0
    for segment in segments:
        if segment.start != at:
            raise Fault("the segments of an utterance leave a gap or overlap")
        at = segment.end
    if original[at:].strip() or at > len(original):
        raise Fault("the segments of an utterance do not cover it")
    text = "".join([segment.text for segment in segments]) + original[at:]
    return rewritten(original, text, [entity for segment in segments for entity in segment.entities])


def rewritten(original: str, text: str, entities: Sequence[Entity]) -> Redacted:
    """Return a text that has become another, all of whose changes lie in or beside entities; raises `Fault`."""
    if not entities:
        return Redacted(text, tuple(_gap(original, 0, len(original), text)))
    entities = sorted(entities, key=lambda e: e.start)
    edits: list[Edit] = []
    at = out_at = 0
    for entity in entities:
        if entity.start < at or entity.out_start < out_at:
            raise Fault("two entities overlap")
        edits += _gap(original, at, entity.start, text[out_at : entity.out_start])
        replacement = text[entity.out_start : entity.out_end]
        if original[entity.start : entity.end] != replacement:
            edits.append(Edit(entity.start, entity.end, replacement, entity))
        at, out_at = entity.end, entity.out_end
    edits += _gap(original, at, len(original), text[out_at:])
    return Redacted(text, tuple(edits), tuple(entities))


def _gap(original: str, start: int, end: int, text: str) -> list[Edit]:
    """Return what turns a part that is in no entity into `text`: nothing but white space of it changes."""
    before = original[start:end]
    if before == text:
        return []
    if before.split() != text.split():
        raise Fault("text outside the entities was changed")
    return [Edit(start, end, text)]
