"""CSV and TSV: a row a turn, or a row a call. Every byte that is not hidden comes out as it went in."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.streams import BLOCK
from ccredact.archive.tables.columns import ORDER, Columns, is_own_id, is_question, is_time
from ccredact.archive.tables.csv_records import Records, dialect_of, encoding_of, names_text
from ccredact.archive.tables.rows import Calls, Cell, Row, Turn, examined_name, is_examined, known_in
from ccredact.archive.tables.whole import FIRST_ROWS, done
from ccredact.archive.tables.window import Window
from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt

if TYPE_CHECKING:
    from ccredact.archive.document import Options
    from ccredact.archive.tables.csv_records import Dialect, Record
    from ccredact.archive.tally import Tally
    from ccredact.policy import Policy
    from ccredact.redactor import Redactor

_TOO_LARGE: Final = "it is larger than a record may be"


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A kind of table: text whose cells one of `delimiters` separates."""

    name: str
    delimiters: tuple[str, ...]

    def process(
        self,
        source: BinaryIO,
        sink: BinaryIO,
        *,
        name: str,
        redactor: Redactor,
        options: Options,
        tally: Tally,
    ) -> None:
        """Write the table redacted, as `Document.process` says; a row of another width than the first is left out."""
        job = _Job(sink, name, redactor, options, tally)
        done(partial(job.run, source, self.delimiters), source=name)

    def first(self, source: BinaryIO, *, options: Options, policy: Policy) -> tuple[Columns, list[Row]]:
        """Return the columns and the rows at the beginning of the table, without those that cannot be read."""
        head = source.read(BLOCK)
        _, mark = encoding_of(head)
        dialect = dialect_of(head, delimiters=self.delimiters)
        records = iter(Records(source, head=head[len(mark) :], dialect=dialect, longest=options.max_record))
        if dialect.told:
            next(records, None)
        first = next(records, None)
        if first is None:
            return Columns(), []
        reader, has_names = _reader_of(first, dialect, options, policy)
        read = (
            attempt(partial(reader.line, one), source="table")
            for one in islice(chain([] if has_names else [first], records), FIRST_ROWS)
        )
        return reader.columns, [line.row for line in read if not isinstance(line, FormatError) and line.row is not None]


@dataclass(slots=True, repr=False)
class _Line:
    """A line that was read: its cells as they are written, and which of them are examined."""

    cells: list[str]
    end: str
    row: Row | None = None
    text: int = -1
    speaker: int = -1
    order: int = -1
    others: list[tuple[int, Cell]] = field(default_factory=list)
    ids: list[tuple[int, str]] = field(default_factory=list)

    def written(self, dialect: Dialect) -> str:
        """Return the line as it goes out."""
        if self.row is None:
            return dialect.delimiter.join(self.cells) + self.end
        if self.row.error is not None:
            return ""
        cells = self.cells
        for turn in self.row.turns:
            if turn.new != turn.text:
                cells[self.text] = dialect.written(turn.new, cells[self.text])
            if turn.label is not None and turn.label != turn.speaker:
                cells[self.speaker] = dialect.written(turn.label, cells[self.speaker])
        for at, cell in self.others:
            if cell.new != cell.text:
                cells[at] = dialect.written(cell.new, cells[at])
        for at, text in self.ids:
            new = known_in(text, self.row.told, is_order=at == self.order)
            if new != text:
                cells[at] = dialect.written(new, cells[at])
        return dialect.delimiter.join(cells) + self.end


class _Reader:
    """Reads records into rows by the columns of the table."""

    def __init__(self, names: Sequence[str], options: Options, policy: Policy, *, dialect: Dialect) -> None:
        self.columns = columns = Columns.of(options.columns).found(names)
        self._is_one = options.one_call and not columns.call
        self._dialect = dialect
        self._width = len(names)
        self._text, self._speaker, self._call, self._order = (
            names.index(name) if name else -1 for name in (columns.text, columns.speaker, columns.call, columns.order)
        )
        beside = [
            (at, name)
            for at, name in enumerate(names)
            if at not in {self._text, self._speaker} and name not in policy.leave
        ]
        self._ids = [at for at, name in beside if at == self._call or is_own_id(name)]
        self._others = [(at, name) for at, name in beside if at not in self._ids]

    def line(self, record: Record) -> _Line:
        """Return a record as a line; raises `Fault` where it is none of this table."""
        if record.problem:
            raise Fault(record.problem)
        if not record.text:
            return _Line([""], record.end)
        if not _is_valid(record.text):
            raise Fault("it is not UTF-8")
        cells = self._dialect.cells(record.text)
        if len(cells) != self._width:
            raise Fault(f"it has {len(cells)} cells and the table {self._width} columns")
        value = self._dialect.value
        row = Row(f"line {record.line}", size=len(record.text))
        line = _Line(cells, record.end, row, self._text, self._speaker, self._order)
        row.call = self._call_of(cells)
        row.order = value(cells[self._order]) or None if self._order >= 0 else None
        speaker = value(cells[self._speaker]) or None if self._speaker >= 0 else None
        row.turns.append(Turn(value(cells[self._text]), speaker))
        for at, name in self._others:
            text = value(cells[at])
            if is_examined(text) and not is_time(ORDER if at == self._order else name, text):
                cell = Cell("" if name.isdecimal() else name, text, asks=is_question(name))
                row.cells.append(cell)
                line.others.append((at, cell))
        line.ids += [(at, value(cells[at])) for at in self._ids]
        return line

    def broken(self, record: Record, error: FormatError) -> _Line:
        """Return a record that is left as a line: it says of which call it is, as far as it can be read."""
        row = Row(f"line {record.line}", self._call_of(self._dialect.cells(record.text)), error=error)
        return _Line([], record.end, row, self._text, self._speaker)

    def _call_of(self, cells: Sequence[str]) -> str | None:
        if self._is_one:
            return ""
        return self._dialect.value(cells[self._call]) or None if 0 <= self._call < len(cells) else None


class _Job:
    """One table on its way from a stream to another."""

    def __init__(self, sink: BinaryIO, name: str, redactor: Redactor, options: Options, tally: Tally) -> None:
        self._sink = sink
        self._name = name
        self._redactor = redactor
        self._options = options
        self._tally = tally
        self._calls = Calls(redactor, source=name, options=options, tally=tally)
        self._window = Window(self._calls, longest=options.max_record)
        self._held: deque[_Line] = deque()

    def run(self, source: BinaryIO, delimiters: Sequence[str]) -> None:
        """Read and write all of the table."""
        head = source.read(BLOCK)
        encoding, mark = encoding_of(head)
        dialect = dialect_of(head, delimiters=delimiters)
        records = iter(Records(source, head=head[len(mark) :], dialect=dialect, longest=self._options.max_record))
        self._sink.write(mark)
        if dialect.told:
            self._sink.write(dialect.told.encode(encoding))
            next(records)
        first = next(records, None)
        if first is None:
            return
        reader = self._begin(first, dialect)
        for record in records:
            self._take(record, reader)
            self._write(dialect, encoding)
        self._window.close()
        self._write(dialect, encoding)

    def _begin(self, first: Record, dialect: Dialect) -> _Reader:
        """Return what reads the rows, by the names in the first record or, where it has none, by numbers."""
        reader, has_names = _reader_of(first, dialect, self._options, self._redactor.policy)
        self._calls.began(reader.columns)
        if has_names:
            names = [dialect.value(cell) for cell in dialect.cells(first.text)]
            cells = [dialect.written(examined_name(name, self._redactor), name) for name in names]
            self._held.append(_Line(cells, first.end))
        else:
            self._take(first, reader)
        return reader

    def _take(self, record: Record, reader: _Reader) -> None:
        position = f"line {record.line}"
        line = attempt(partial(reader.line, record), source=self._name, position=position)
        if isinstance(line, FormatError) and record.problem:
            if record.problem == _TOO_LARGE:
                line = RefusedError(record.problem, cause=Cause.TOO_LARGE, source=self._name, position=position)
            self._tally.leave_call(line)
            return
        if isinstance(line, FormatError):
            line = reader.broken(record, line)
        self._held.append(line)
        if line.row is not None:
            self._window.add(line.row)

    def _write(self, dialect: Dialect, encoding: str) -> None:
        """Write the lines at the front that are done."""
        while self._held and (self._held[0].row is None or self._held[0].row.done):
            text = self._held.popleft().written(dialect)
            self._sink.write(text.encode(encoding))


def _reader_of(first: Record, dialect: Dialect, options: Options, policy: Policy) -> tuple[_Reader, bool]:
    """Return what reads the rows, and whether the first record names the columns, which have numbers otherwise."""
    if first.problem or not _is_valid(first.text):
        raise Fault(first.problem or "it is not UTF-8", f"line {first.line}")
    names = [dialect.value(cell) for cell in dialect.cells(first.text)]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    given = set(options.columns.values())
    has_names = not given or not given <= set(numbers) or names_text(names)
    return _Reader(names if has_names else numbers, options, policy, dialect=dialect), has_names


def _is_valid(text: str) -> bool:
    """Return whether a text was UTF-8: other bytes came as surrogates."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
