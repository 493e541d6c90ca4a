"""A call out of the rows of a table: what is said, and the other cells, which are redacted with what was told in it.

The kinds of tables read rows into these values and write back what `redact` has put there.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ccredact.archive.causes import Cause, Notice, RefusedError, cause_of
from ccredact.archive.tables.columns import spoken
from ccredact.archive.tables.json_cell import JsonCell
from ccredact.archive.tally import Noticed
from ccredact.errors import FormatError
from ccredact.formats import HEAD_BYTES, detect_format
from ccredact.formats.base import Redacted, attempt, collect
from ccredact.formats.json.fields import LEAST, LONG, nested_in
from ccredact.formats.json.scan import apply
from ccredact.formats.speakers import Speakers
from ccredact.formats.told import Told, told_in
from ccredact.lang.en.share import is_english
from ccredact.reasons import Reason
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from ccredact.archive.document import Options
    from ccredact.archive.tables.columns import Columns
    from ccredact.archive.tally import Tally
    from ccredact.formats import Record
    from ccredact.policy import Policy
    from ccredact.redactor import Redactor
    from ccredact.transcript import Name, Segment, Word

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}[-_][A-Z]{2,4}")
"""A language, "en-GB"."""
_BROKEN_CALL: Final = "another row of its call cannot be read"
_FIELD: Final = re.compile(r"[A-Za-z_$][A-Za-z_$.\-]*\d{0,3}")
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_ASKING: Final = "\0question"
"""Who asks what stands in a column of questions."""
_SENTENCE: Final = 3
"""Words."""
_SEEN: Final = 400
"""Characters of a text of which the words are counted."""
_LINES: Final = re.compile(r"\S[^\S\n]*\n\s*\S")


@dataclass(slots=True, repr=False)
class Turn:
    """A text that was said. Behind `redact`, `new` is what becomes of it, `label` of its speaker.

    `found` are its parts after redaction: one, or the lines of a cell that holds a whole call. `number` is its place in
    a list of turns.
    """

    text: str
    speaker: Name | None = None
    words: tuple[Word, ...] = ()
    path: str = ""
    number: int | None = None
    new: str = ""
    label: str | None = None
    found: tuple[Redacted, ...] = ()


@dataclass(slots=True, repr=False)
class Cell:
    """Another text of a row, under its `name`. A key changes only where it says what was told.

    `is_text` says whether it stands in the table as this text, and not as a number or a date, `asks` whether it was
    asked before what is said in its row.

    Behind `redact`, `new` is what becomes of it.
    """

    name: str
    text: str
    path: str = ""
    is_key: bool = False
    is_text: bool = True
    asks: bool = False
    new: str = ""
    found: Redacted | None = None

    @property
    def changed(self) -> bool:
        """Return whether anything of it is hidden."""
        return self.new != self.text


@dataclass(slots=True, repr=False)
class Row:
    """A row: its turns and its other cells that are examined. `call` groups rows, `order` is their order in the call.

    A row that cannot be read or redacted has an `error`. Behind `redact`, `told` is what its call hides, if anything:
    ids and small numbers, which are not examined, say it too.
    """

    position: str
    call: Hashable = None
    order: object = None
    turns: list[Turn] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    error: FormatError | None = None
    size: int = 0
    done: bool = False
    told: Told | None = None


def is_examined(text: str) -> bool:
    """Return whether a text other than what was said is long enough to tell anything, and no language's code."""
    return sum(map(str.isalnum, text)) >= LEAST and not _LANGUAGE.fullmatch(text)


def known_in(text: str, told: Told | None, *, is_order: bool = False) -> str:
    """Return what becomes of an id in a call that hides what was told; one that counts is a short value by chance."""
    if told is None or (is_order and len(text) < LONG):
        return text
    return apply(text, told.in_name(text))


def is_prose(text: str) -> bool:
    """Return whether a text has words enough to talk about something, and is no value under a name."""
    return len(_WORDS.findall(text, 0, _SEEN)) >= _SENTENCE


def redacted_cells(cells: list[Cell], redactor: Redactor) -> list[Cell]:
    """Return cells that stand beside no call, redacted."""
    call = CallOfRows([Row("cells", cells=cells)])
    call.redacted(redactor)
    return cells


def examined_name(name: str, redactor: Redactor) -> str:
    """Return the name of a column, examined by itself: it may be a value of a table without names."""
    return redacted_cells([Cell("", name, is_key=True)], redactor)[0].new if is_examined(name) else name


def notices_of(columns: Columns, options: Options, *, source: str) -> list[Noticed]:
    """Return what should be known of a table with these columns, which were found or given."""
    is_told = options.one_call or "call" in options.columns
    return [Noticed(source, Notice.ROWS_ARE_CALLS)] if columns.rows_are_calls and not is_told else []


class Calls:
    """Redacts calls of rows, and counts them where there is a tally."""

    def __init__(self, redactor: Redactor, *, source: str, options: Options, tally: Tally | None = None) -> None:
        self._redactor = redactor
        self._source = source
        self._options = options
        self._tally = tally

    @property
    def one_call(self) -> bool:
        """Return whether rows without a column of calls are one call."""
        return self._options.one_call

    def began(self, columns: Columns) -> None:
        """Say what should be known of a table with these columns, which were found or given."""
        if self._tally is not None:
            self._tally.notices += notices_of(columns, self._options, source=self._source)

    def redact(self, rows: Sequence[Row]) -> None:
        """Redact the rows of a call: each has its new texts then, or an error.

        Where one has an error already, none is redacted: it may be the question whose answer is in another.
        """
        for row in rows:
            row.done = True
        is_whole = all(row.error is None for row in rows)
        error = self._redacted(rows) if is_whole else self._refused(rows, _BROKEN_CALL, Cause.FORMAT)
        if error is not None:
            self._leave(rows, error)

    def _redacted(self, rows: Sequence[Row]) -> FormatError | None:
        """Redact the rows of a call; return why it is left."""
        if sum(row.size for row in rows) > self._options.max_record:
            return self._refused(rows, "it is larger than a record may be", Cause.TOO_LARGE)
        call = CallOfRows(rows)
        error = attempt(lambda: call.read(self._redactor.policy, self._source), source=self._source)
        if error is not None:
            return error
        if (self._tally is not None or self._options.quarantine_other_language) and not call.is_english():
            if self._tally is not None:
                self._tally.other_language += 1
            if self._options.quarantine_other_language:
                return self._refused(rows, "fewer than half of its words are English", Cause.LANGUAGE)
        return self._written(rows, call)

    def _written(self, rows: Sequence[Row], call: CallOfRows) -> FormatError | None:
        """Redact a call that was read; return what went wrong."""
        segments = attempt(lambda: call.redacted(self._redactor), source=self._source)
        if isinstance(segments, FormatError):
            return self._refused(rows, segments.problem, Cause.INTERNAL)
        if self._tally is not None:
            self._tally.came_in(call.spoken)
            kept = self._redactor.policy.kept
            self._tally.went_out(call.spoken, segments, fields=len(segments) - len(call.spoken), kept=kept)
        return None

    def refuse(self, row: Row, error: FormatError | None = None) -> FormatError:
        """Leave a row whose call was left for `error`, or was written long ago; return its error."""
        was_left = error is not None
        if error is None:
            error = self._refused([row], "rows of its call stand too far before it: sort by call", Cause.TOO_LARGE)
        self._leave([row], error, is_call=not was_left)
        row.done = True
        return error

    def _leave(self, rows: Sequence[Row], error: FormatError, *, is_call: bool = True) -> None:
        """Give each row its own error, or `error`, with its position, and list it; `is_call`: they count as one."""
        errors = [
            self._refused([row], found.problem, cause_of(found)) for row in rows for found in [row.error or error]
        ]
        for row, found in zip(rows, errors, strict=True):
            row.error = found
        if self._tally is not None:
            self._tally.leave_rows(errors, turns=sum(len(row.turns) for row in rows), is_call=is_call)

    def _refused(self, rows: Sequence[Row], problem: str, cause: Cause) -> FormatError:
        return RefusedError(problem, cause=cause, source=self._source, position=rows[0].position)


@dataclass(slots=True, repr=False)
class _Asked:
    """A text that is examined behind what is said, and the cells that say it."""

    number: int
    cells: list[Cell]


class CallOfRows:
    """The utterances of a call, and where what becomes of them is put."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._utterances: list[Utterance] = []
        self._turns: list[tuple[Turn, Record | None, int]] = []  # with the number of its utterances
        self._questions: list[tuple[int, Cell]] = []  # with the number of the turn that it stands before
        self._whole: list[tuple[Turn, Cell]] = []  # a text that is JSON of no known format
        self._json: list[tuple[Cell, JsonCell, list[Cell]]] = []
        self._asked: dict[tuple[str, str, bool], _Asked] = {}
        self.names: tuple[str, ...] = ()
        self.spoken: list[Utterance] = []

    def is_english(self) -> bool:
        """Return whether what is said is English (`lang.en.share`)."""
        return is_english(utterance.text for utterance in self.spoken)

    def read(self, policy: Policy, source: str) -> None:
        """Take what is said, in its order; raises `FormatError` where it cannot be read."""
        speakers = Speakers(policy)
        turns = [turn for row in _in_order(self._rows) for turn in row.turns]
        alone = turns[0] if len(turns) == 1 and turns[0].speaker is None and not turns[0].words else None
        if alone is not None and self._read_whole(alone, policy, source):
            return
        for row in _in_order(self._rows):
            for cell in row.cells if row.turns else ():
                if cell.asks and nested_in(cell.text) is None:
                    self._questions.append((len(self._turns), cell))
                    self.spoken.append(Utterance(cell.text, _ASKING, str(len(self.spoken))))
            for turn in row.turns:
                if turn.speaker is not None:
                    turn.label = speakers.shown(str(turn.speaker))
                self.spoken.append(Utterance(turn.text, turn.label, str(len(self.spoken)), words=turn.words))
                self._turns.append((turn, None, 1))
        self._utterances = self.spoken
        self.names = speakers.names

    def _read_whole(self, turn: Turn, policy: Policy, source: str) -> bool:
        """Take the call that a cell holds as a whole; return whether it does."""
        is_json = nested_in(turn.text) is not None
        if not is_json and not _LINES.search(turn.text):
            return False
        record = _record(turn.text, policy, source)
        if record is None and is_json:
            self._whole.append((turn, Cell("", turn.text, turn.path)))
            return True
        if record is None:
            return False
        self._utterances = [replace(said, id=str(n)) for n, said in enumerate(record.utterances)]
        self.spoken = self._utterances[: len(record.turns)]
        self._turns.append((turn, record, len(self._utterances)))
        self.names = record.names
        return True

    def redacted(self, redactor: Redactor) -> list[Segment]:
        """Redact what is said, and behind it each other text after its name; put the result where it came from."""
        utterances = [*self._utterances, *self._others()]
        segments = redactor.redact_call(utterances, names=self.names)
        self._write(collect(utterances, segments))
        return segments

    def _others(self) -> Iterator[Utterance]:
        """Yield the other texts, each once, behind its name as an answer behind its question.

        What is written in sentences comes last: it asks for nothing, and says nothing of the values in other columns.
        """
        number = len(self._utterances)
        asked = None
        whole = [(-1, outer) for _, outer in self._whole]
        heard = {id(cell) for _, cell in self._questions}
        beside = [(at, outer) for at, row in enumerate(self._rows) for outer in row.cells if id(outer) not in heard]
        cells = [(at, inner) for at, outer in (*whole, *beside) for inner in self._inside(outer)]
        for at, cell in sorted(cells, key=lambda one: is_prose(one[1].text)):
            same = self._asked.get((cell.name, cell.text, cell.is_key))
            if same is not None:
                same.cells.append(cell)
                continue
            name = spoken(cell.name)
            if name and (at, name) != asked:
                yield Utterance(name, f"\0{number}", str(number))
                number += 1
                asked = (at, name)
            self._asked[cell.name, cell.text, cell.is_key] = _Asked(number, [cell])
            yield Utterance(cell.text, f"\0{number}", str(number))
            number += 1

    def _inside(self, cell: Cell) -> list[Cell]:
        """Return a cell, or the texts of the JSON that it is."""
        document = nested_in(cell.text)
        if document is None or cell.is_key:
            return [cell]
        inside = JsonCell(document)
        cells = [Cell(name, text) for name, text in inside.texts(cell.name) if is_examined(text)]
        self._json.append((cell, inside, cells))
        return cells

    def _write(self, redacted: Sequence[Redacted]) -> None:
        """Put what becomes of the utterances where they came from."""
        at, questions = 0, deque(self._questions)
        for number, (turn, record, count) in enumerate(self._turns):
            while questions and questions[0][0] == number:
                cell, found = questions.popleft()[1], redacted[at]
                cell.new, cell.found = found.text, found
                at += 1
            turn.found = tuple(redacted[at : at + count])
            turn.new = turn.found[0].text if record is None else record.render(turn.found).decode()
            at += count
        told = {entity.id for new in redacted[:at] for entity in new.entities}
        for asked in self._asked.values():
            cells, new = asked.cells, redacted[asked.number]
            new = _key(cells[0].text, new, told) if cells[0].is_key else new
            for cell in cells:
                cell.new, cell.found = new.text, new
        for cell, inside, cells in self._json:
            _put_together(cell, inside, cells)
        for turn, cell in self._whole:
            turn.new, turn.found = cell.new, (cell.found or Redacted(cell.new),)
        self._tell(redacted[:at])

    def _tell(self, spoken: Sequence[Redacted]) -> None:
        """Give the rows what is hidden in what is said."""
        labels = [
            (str(turn.speaker), turn.label)
            for turn, _, _ in self._turns
            if turn.label is not None and turn.label != turn.speaker
        ]
        texts = [utterance.text for utterance in self._utterances]
        whole = {id(cell) for _, cell in self._whole}
        inside = [part for cell, _, parts in self._json if id(cell) in whole for part in parts if part.found]
        found = [part.found for part in inside if part.found]
        told = told_in([*texts[: len(spoken)], *(part.text for part in inside)], [*spoken, *found], labels) or None
        for row in self._rows:
            row.told = told


def _put_together(cell: Cell, inside: JsonCell, cells: Sequence[Cell]) -> None:
    """Give a cell the JSON that became of it; what was found has no place in its text."""
    new = {(part.name, part.text): part.new for part in cells}
    changed = any(part.changed for part in cells)
    texts = (new.get(found, found[1]) for found in inside.texts(cell.name))
    cell.new = inside.written(texts) if changed else cell.text
    cell.found = Redacted(cell.new, (), tuple(e for part in cells if part.found for e in part.found.entities))
    cell.is_text = False


def _key(text: str, redacted: Redacted, told: set[int]) -> Redacted:
    """Return what becomes of a key: one that looks like a field's name changes only where it says what was told."""
    if not _FIELD.fullmatch(text):
        return redacted
    kept = [edit for edit in redacted.edits if edit.entity is not None and _again(edit.entity, told)]
    new = apply(text, ((edit.start, edit.end, edit.text) for edit in kept))
    return Redacted(new, tuple(kept), tuple(entity for entity in redacted.entities if _again(entity, told)))


def _again(entity: object, told: set[int]) -> bool:
    return getattr(entity, "reason", None) == Reason.SAID_AGAIN or getattr(entity, "id", None) in told


def _in_order(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows in the order in which they were said; as they stand where not every one tells its place."""
    orders = [row.order for row in rows]
    if len(rows) < 2 or any(order is None for order in orders):
        return rows
    if all(isinstance(order, str) for order in orders):
        try:
            numbers: list[object] = [float(str(order)) for order in orders]
        except ValueError:
            numbers = orders
        orders = numbers
    pairs = list(enumerate(orders))
    try:
        pairs.sort(key=lambda pair: pair[1])  # type: ignore[arg-type,return-value]
    except TypeError:
        return rows
    return [rows[number] for number, _ in pairs]


def _record(text: str, policy: Policy, source: str) -> Record | None:
    """Return the call that a text holds as a whole, None where it is of no known format."""
    data = text.encode()
    try:
        known = detect_format(data[:HEAD_BYTES])
        records = list(known.read(io.BytesIO(data), source=source, policy=policy))
    except FormatError:
        return None
    return records[0] if len(records) == 1 and records[0].is_call else None
