"""Real files of recognisers in a folder: recognised, written back, and what is planted in them hidden.

    python benchmarks/format_samples.py FOLDER [--live]

With `--live` the files with events of running calls are read event by event, through an adapter and a pool of calls.

Each file is read and written back with nothing hidden: the bytes must be the same. Then values are planted
into copies of it: card numbers, phone numbers and names, in figures and words, with odd characters; into texts, words,
other hearings and metadata, as keys and as numbers, in place of what stands there and beside it. Only values that the
engine hides when they stand by themselves are planted, so that what is left is the format's doing. The copy is redacted
with the policy full, and each value is looked for in all that comes out, errors among it. The places are drawn by kind
of place, so that a title counts like a word; the same seed plants the same values.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import io
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccredact import FormatError, Policy, Redactor, Segment
from ccredact.formats import HEAD_BYTES, detect_format
from ccredact.formats.base import attempt
from ccredact.formats.captions.grammar import is_ctm
from ccredact.formats.json.format import JsonFormat
from ccredact.live.adapters import adapter
from ccredact.live.desk import Desk
from ccredact.live.pool import CallPool
from gold import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats import Format

NOTHING: Final = Policy(operators={}, speakers="keep")
"""A policy by which labels of speakers stay."""
NO_TRANSCRIPT: Final = ("*.md", "*.schema.json", "canaries.json", "metadata_*.json", "*-diarization.json")
"""Files that have no talk: schemas, what a corpus says about its calls, what a scoring tool was given."""
CANARIES: Final = 1000
NONE: Final = "no transcript"
AT_ONCE: Final = 4
"""Values in one copy of a file."""
CARDS: Final = (
    "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210",
    "5105105105105100", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424",
    "3056930009020004", "36227206271667", "3566002020360505", "6200000000000005", "4111111111111111",
    "4012888888881881",
)  # fmt: skip
"""Test numbers that issuers have published."""
SURNAMES: Final = ("Featherstonehaugh", "Quillfeather", "Marchbanks", "Okonkwo", "Ravenscroft", "Szymborska")
UNITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Canary(NamedTuple):
    """A value to plant: as it is written, and what of it must be in no output."""

    text: str
    core: str


def _grouped(digits: str, gap: str = " ") -> str:
    return gap.join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _in_script(digits: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in digits)


Form = tuple[str, Callable[[str], str]]
"""What kind of value it is, and how one is written."""
FORMS: Final[tuple[Form, ...]] = (
    ("card", str),
    ("card", _grouped),
    ("card", lambda value: f"my card number is {_grouped(value, '-')} ok"),
    ("card", lambda value: f"the card is {_grouped(value, chr(0xA0))}"),
    ("card", lambda value: _in_script(value, "\uff10")),
    ("card", lambda value: _grouped(_in_script(value, "\U0001d7d8"))),
    ("card", lambda value: _in_script(value, "\u0660")),
    ("card", lambda value: f"card {chr(0x1F4B3)} number {_grouped(value)}\u2026"),
    ("spoken", lambda value: f"card number {value}"),
    ("phone", lambda value: f"call me at {value[:3]}-{value[3:6]}-{value[6:]}"),
    ("phone", lambda value: f"+1 {value[:3]} {value[3:6]} {value[6:]}"),
    ("name", lambda value: f"my name is Ottoline {value}"),
    ("name", lambda value: f"\u201cmy name is Ottoline {value}\u201d \U0001f600"),
    ("name", lambda value: f"{value.lower()}@example.com"),
    ("ssn", lambda value: f"my social security number is {value[:3]}-{value[3:5]}-{value[5:]}"),
)


def _value(kind: str, rng: random.Random) -> str:
    """Return a value of a kind, in its bare form."""
    if kind == "phone":
        return f"20255501{rng.randrange(100):02}"
    if kind == "name":
        return rng.choice(SURNAMES)
    if kind == "ssn":
        return f"07805{rng.randrange(1000, 9999)}"
    card = rng.choice(CARDS)
    return " ".join(UNITS[int(digit)] for digit in card) if kind == "spoken" else card


def _canary(form: Form, rng: random.Random) -> Canary:
    kind, write = form
    value = _value(kind, rng)
    return Canary(write(value), value.casefold())


@dataclass(slots=True)
class Result:
    """What became of one file."""

    name: str
    format: str = "-"
    round_trip: str = "-"
    counts: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)  # the kinds of places where something was left

    @property
    def failed(self) -> bool:
        """Return whether the file shows a fault."""
        return self.format == "-" or self.round_trip not in {"byte-equal", "equal as JSON", NONE} or bool(self.left)


def check(folder: Path, *, canaries: int = CANARIES, seed: int = 17, live: bool = False) -> list[Result]:
    """Return a result for each file of a folder that may be a transcript, over `canaries` planted values in all.

    Of a `live` check for each file of events.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    none = [path for path in paths if any(fnmatch(path.name, pattern) for pattern in NO_TRANSCRIPT)]
    paths = [path for path in paths if path not in none and (not live or _is_live(path))]
    redactor = Redactor("full")
    forms = hidden_alone(redactor)
    shares = [canaries * (n + 1) // len(paths) - canaries * n // len(paths) for n in range(len(paths))]
    found = [
        _check(path, path.relative_to(folder).as_posix(), share, random.Random(f"{seed} {path.name}"), redactor, forms,
               live=live)
        for path, share in zip(paths, shares, strict=True)
    ]  # fmt: skip
    found += [Result(path.relative_to(folder).as_posix(), NONE, NONE) for path in none if not live]
    return sorted(found, key=lambda result: result.name)


def _is_live(path: Path) -> bool:
    try:
        known = detect_format(path.read_bytes()[:HEAD_BYTES], source=path.name)
    except FormatError:
        return False
    return isinstance(known, JsonFormat) and known.known.table.live is not None


def hidden_alone(redactor: Redactor) -> list[Form]:
    """Return the forms that the engine hides by themselves, whatever value they have."""
    found = []
    for form in FORMS:
        values = [_canary(form, random.Random(number)) for number in range(40)]
        if not any(shows(redactor.redact(value.text).text, value.core) for value in values):
            found.append(form)
    return found


def _check(
    path: Path,
    name: str,
    count: int,
    rng: random.Random,
    redactor: Redactor,
    forms: Sequence[Form],
    *,
    live: bool,
) -> Result:
    data = path.read_bytes()
    result = Result(name)
    try:
        known = detect_format(data[:HEAD_BYTES], source=name)
        result.format = known.name
        result.round_trip = (round_trip_live if live else round_trip)(known, data, name)
    except FormatError as error:
        result.round_trip = error.problem.partition(":")[0]
        return result
    planter = _planter(data)
    while count > 0:
        values = _distinct(rng, forms, min(AT_ONCE, count))
        count -= len(values)
        copy, places = planter(values, rng)
        result.counts["planted"] += len(values)
        out = (redacted_live if live else redacted)(redactor, known, copy, name)
        for value, place in zip(values, places, strict=True):
            fate = "hidden" if out.fault is None else "refused"
            if (shown := shows_in(out.text, value.core)) or (out.fault and shows(out.fault, value.core)):
                fate = "excepted" if shown and _is_excepted(known, place) else "left"
            result.counts[fate] += 1
            if fate == "left":
                result.left.append(_kind(place))
    return result


def _distinct(rng: random.Random, forms: Sequence[Form], count: int) -> list[Canary]:
    """Return values of which none has another's core, in figures or in words."""
    found: dict[str, Canary] = {}
    while len(found) < count:
        value = _canary(rng.choice(forms), rng)
        words = value.core.split()
        found.setdefault("".join(str(UNITS.index(word)) for word in words) if len(words) > 1 else value.core, value)
    return list(found.values())


def round_trip(known: Format, data: bytes, name: str) -> str:
    """Return how a file comes back when nothing is hidden."""
    out = b""
    for record in known.read(io.BytesIO(data), source=name, policy=NOTHING):
        said = record.utterances
        out += record.write([Segment(str(one.id), one.text, one.speaker, end=len(one.text)) for one in said])
    if out == data:
        return "byte-equal"
    try:
        equal = json.dumps(json.loads(out)) == json.dumps(json.loads(data))
    except ValueError:
        equal = False
    return "equal as JSON" if equal else "NOT EQUAL"


class Out(NamedTuple):
    """What comes out, and the error with which it stopped."""

    text: str
    fault: str | None = None


def redacted(redactor: Redactor, known: Format, data: bytes, name: str) -> Out:
    """Return what becomes of a file."""
    out, fault = b"", None
    try:
        for record in known.read(io.BytesIO(data), source=name, policy=redactor.policy):
            out += record.write(redactor.redact_call(record.utterances, names=record.names))
    except FormatError as error:
        fault = f"{error} {error!r} {vars(error)}"
    return Out(out.decode(_encoding(data)), fault)


# --- event by event


def events_of(data: bytes) -> list[Any]:
    """Return the events of a file: a document of it, or each of its lines."""
    text = data.decode("utf-8-sig")
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def given_back(redactor: Redactor, name: str, events: Sequence[Any]) -> tuple[list[Any], list[FormatError]]:
    """Return what an adapter gives back of events, in their order of release, and the errors that there were."""
    out: list[Any] = []
    pool = CallPool(redactor, deliver=lambda given: out.extend(desk.give(given)))
    desk: Desk[Any] = Desk(adapter(name, policy=redactor.policy), pool)
    errors = []
    for event in events:
        taken = attempt(partial(desk.take, event), source="events")
        if isinstance(taken, FormatError):
            errors.append(taken)
        else:
            out += taken
    pool.close(cut=False)
    return out, errors


def redacted_live(redactor: Redactor, known: Format, data: bytes, _name: str) -> Out:
    """Return what becomes of the events of a file."""
    out, errors = given_back(redactor, known.name, events_of(data))
    fault = "; ".join(f"{error} {error!r} {vars(error)}" for error in errors)
    return Out("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in out), fault or None)


def round_trip_live(known: Format, data: bytes, _name: str) -> str:
    """Return how the events of a file come back when nothing is hidden; an interim may end in the stand-in."""
    events = events_of(data)
    out, errors = given_back(Redactor(NOTHING), known.name, events)
    changed = [event for event in out if event not in events and NOTHING.stand_in not in " ".join(_strings(event))]
    same = len(out) == len(events) and not errors and not changed
    return "equal as JSON" if same else "NOT EQUAL"


# --- looking for values


def shows(text: str, core: str) -> bool:
    """Return whether a text has a value, in any script and with anything between its digits."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in plain).casefold()
    if core.isdigit():
        return core in re.sub(r"\D", "", plain) if len(core) > len(plain) else core in re.sub(r"[\W_]", "", plain)
    return core in " ".join(re.findall(r"[\w@]+(?:['.]\w+)*", plain)) or core in plain


def shows_in(text: str, core: str) -> bool:
    """Return whether the value stands in any string, key or number of an output."""
    return shows(text, core) if core in text else any(shows(part, core) for part in parts(text))


def parts(text: str) -> Iterator[str]:
    """Yield the strings, keys and numbers of JSON, or of lines of JSON, or the lines of a text."""
    for line in (text, *text.splitlines()):
        try:
            document = json.loads(line.lstrip("\ufeff"))
        except ValueError:
            yield line if line is not text else ""
            continue
        yield from _strings(document)
        if line is text:
            return


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value
        if len(value) >= 16:
            try:
                yield base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError, ValueError):
                return
    elif value is not None and not isinstance(value, bool):
        yield str(value)


# --- planting


def _encoding(data: bytes) -> str:
    return "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"


def _planter(data: bytes) -> Callable[[Sequence[Canary], random.Random], tuple[bytes, list[Path_]]]:
    text = data.decode(_encoding(data))
    bare = text.lstrip("\ufeff")
    try:
        documents, is_lines = [json.loads(bare)], False
    except ValueError:
        is_lines = True
        try:
            documents = [json.loads(line) for line in bare.splitlines() if line.strip()]
        except ValueError:
            return lambda values, rng: _plant_in_text(text, values, rng)
    return lambda values, rng: _plant_in_json(documents, values, rng, is_lines=is_lines)


def _plant_in_json(
    documents: Sequence[Any], values: Sequence[Canary], rng: random.Random, *, is_lines: bool
) -> tuple[bytes, list[Path_]]:
    copies = [json.loads(json.dumps(document)) for document in documents]
    places = [_plant(rng.choice(copies), value, rng) for value in values]
    ascii_only = rng.random() < 0.5
    lines = [json.dumps(copy, ensure_ascii=ascii_only, indent=None if is_lines else 1) for copy in copies]
    return ("\n".join(lines) + "\n").encode(), places


Path_ = tuple[Any, ...]
"""The keys and numbers on the way to a value."""


def _at(document: Any, path: Path_) -> Any:
    for step in path:
        document = document[step]
    return document


def _kind(path: Path_) -> str:
    return "".join(f".{step}" if isinstance(step, str) else "[]" for step in path)


def _holes(value: Any, path: Path_, found: defaultdict[str, list[Path_]]) -> None:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        place = (*path, key)
        _holes(inner, place, found)
        if not isinstance(inner, bool) and inner is not None:
            found[_kind(place)].append(place)


def _plant(document: Any, value: Canary, rng: random.Random) -> Path_:
    """Plant a value and return where."""
    holes: defaultdict[str, list[Path_]] = defaultdict(list)
    _holes(document, (), holes)
    texts = sorted(place for place, at in holes.items() if isinstance(_at(document, at[0]), str))
    numbers = sorted(place for place, at in holes.items() if isinstance(_at(document, at[0]), int | float))
    objects = sorted(place for place, at in holes.items() if isinstance(_at(document, at[0]), dict))
    way = rng.choice(["instead", "beside", "beside", "member", "key", "number", "list"])
    if way == "number" and value.core.isdigit() and len(value.core) >= 14 and numbers and rng.random() < 0.5:
        path = rng.choice(holes[rng.choice(numbers)])
        _at(document, path[:-1])[path[-1]] = int(value.core)
        return path
    if way in {"instead", "beside"} and texts:
        path = rng.choice(holes[rng.choice(texts)])
        before = "" if way == "instead" else f"{_at(document, path)}. "
        gap = " " if isinstance(path[-1], int) or (len(path) > 1 and isinstance(path[-2], int)) else ""
        _at(document, path[:-1])[path[-1]] = f"{before or gap}{value.text}{gap}"  # words may have their own spaces
        return path
    path = rng.choice(holes[place]) if (place := rng.choice(["", *objects])) else ()
    target = _at(document, path)
    if not isinstance(target, dict):
        target = target[0]
        path = (*path, 0)
    if way == "key":
        target[value.text] = rng.choice([None, "x", 7])
        return (*path, value.text)
    name = rng.choice(["note", "customField", "x_title"])
    number = int(value.core) if way == "number" and value.core.isdigit() else value.text
    target[name] = [value.text, {"inner": value.text}] if way == "list" else number
    return (*path, name)


def _plant_in_text(text: str, values: Sequence[Canary], rng: random.Random) -> tuple[bytes, list[Path_]]:
    lines = text.splitlines(keepends=True)
    places: list[Path_] = []
    by_word = is_ctm(text)
    said = [n for n, line in enumerate(lines) if "-->" not in line and re.search(r"[^\W\d_]{2}", line) and n]
    said = said or [n for n, line in enumerate(lines) if "-->" not in line]
    free = said * (1 + len(values) // len(said))
    for number, value in zip(rng.sample(free, len(values)), values, strict=True):
        line = lines[number]
        if by_word:
            parts = line.split()
            lines[number] = "".join(" ".join([*parts[:4], word, *parts[5:]]) + "\n" for word in value.text.split())
            places.append(("word",))
            continue
        match = re.fullmatch(r"(.*?)([^<>]*[^<>\s])(\W*)", line, re.DOTALL)
        before, said_here, behind = match.groups() if match else ("", "", line)
        kept = f"{said_here}. " if rng.random() < 0.7 else ""
        lines[number] = f"{before}{kept}{value.text}{behind}"
        places.append(("line",))
    return "".join(lines).encode(_encoding(text.encode())), places


def _is_excepted(known: Format, path: Path_) -> bool:
    """Return whether the table of a format says that a place is not examined."""
    return isinstance(known, JsonFormat) and known.leaves(path)


def report(results: Sequence[Result]) -> list[list[str]]:
    """Return the results as rows of a table, with totals."""
    columns = ("planted", "hidden", "refused", "excepted", "left")
    rows = [["file", "format", "round trip", *columns]]
    rows += [
        [result.name, result.format, result.round_trip, *(str(result.counts[key]) for key in columns)]
        for result in results
    ]
    total = sum((result.counts for result in results), Counter[str]())
    rows.append([f"{len(results)} files", "", "", *(str(total[key]) for key in columns)])
    return rows


def main() -> int:
    """Check the files of a folder; return 1 if anything is left, is not recognised or does not come back."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--canaries", type=int, default=CANARIES)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--live", action="store_true")
    options = parser.parse_args()
    results = check(options.folder, canaries=options.canaries, seed=options.seed, live=options.live)
    show(None, [report(results)], as_json=False)
    for result in results:
        for place in sorted(set(result.left)):
            print(f"left: {result.name}: {place}")
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    sys.exit(main())
