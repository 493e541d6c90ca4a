"""Samples of every format, broken at random: an error with fixed words and a place, or a right result.

Bytes are changed, taken out and put in, members are removed, values become others. What can still be read comes back
byte for byte where nothing is hidden; with everything hidden no secret of the sample is left.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from ccredact import FormatError, Policy
from ccredact.formats import FORMATS, HEAD_BYTES, detect_format
from formats_support import leaks, segments

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "canaries.json").read_text())
NAMES = sorted(EXPECTED)
DATA = {name: (SAMPLES / name).read_bytes() for name in NAMES}
NOTHING = Policy(operators={}, speakers="keep")
T = TypeVar("T")

VALUES = st.sampled_from(
    [
        "null",
        "true",
        "7",
        "-0.5",
        "1e999",
        "123456789012345678901",
        '""',
        '"x"',
        "[]",
        "{}",
        '[[{"a": [1]}]]',
        '{"text": 7}',
    ]
)
CHUNKS = st.sampled_from(
    [b"", b"\x00", b"\xff", b'"', b"\\", b"{", b"]", b",", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800",
     b" ", b"-->", b"<v ", b"<i>", b"9" * 20, b"[" * 400]
)  # fmt: skip


@st.composite
def bytes_changed(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(CHUNKS) + data[at + draw(st.integers(0, 12)) :]
    return data


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, inner in pairs:
        found += places_in(inner, (*path, key))
    return found


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def without_text(value: Any) -> Any:
    """A copy of a value with the same words in every string: where it goes it may be excepted."""
    if isinstance(value, dict):
        return {f"key{number}": without_text(inner) for number, inner in enumerate(value.values())}
    if isinstance(value, list):
        return [without_text(inner) for inner in value]
    return "words" if isinstance(value, str) else value


def change(document: Any, place: tuple[Any, ...], other: tuple[Any, ...], way: str, value: Any) -> None:
    """Change the value at a place; `other` is the place of one that it may become."""
    holder, last = at(document, place[:-1]), place[-1]
    if way == "remove":
        del holder[last]
    elif way == "rename" and isinstance(holder, dict):
        holder[f"{last}X"] = holder.pop(last)
    else:
        holder[last] = without_text(at(document, other)) if way == "copy" else value


@st.composite
def members_changed(draw: st.DrawFn, data: bytes) -> bytes:
    text = data.decode("utf-8-sig")
    try:
        documents = [json.loads(text)]
    except ValueError:
        documents = [json.loads(line) for line in text.splitlines()]
    document = draw(st.sampled_from(documents))
    for _ in range(draw(st.integers(1, 3))):
        places = places_in(document)
        if places:
            way = draw(st.sampled_from(["remove", "change", "rename", "copy"]))
            place, other = draw(st.sampled_from(places)), draw(st.sampled_from(places))
            change(document, place, other, way, json.loads(draw(VALUES)))
    indent = None if len(documents) > 1 else 1
    return "".join(json.dumps(one, indent=indent) + "\n" for one in documents).encode()


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(NAMES))
    data = DATA[name]
    is_json = name.endswith((".json", ".jsonl"))
    if is_json and draw(st.booleans()):
        return name, draw(members_changed(data))
    return name, draw(bytes_changed(data))


def written(name: str, data: bytes, policy: Policy, *, hide: bool) -> bytes:
    out = b""
    for record in FORMATS[EXPECTED[name]["format"]].read(io.BytesIO(data), source="call", policy=policy):
        hidden = [
            (number, utterance.text.strip(), "PERSON", "[X]")
            for number, utterance in enumerate(record.utterances)
            if hide and utterance.text.strip()
        ]
        out += record.write(segments(record.utterances, hidden))
    return out


def tried(work: Callable[[], T]) -> T | FormatError:
    try:
        return work()
    except FormatError as error:
        return error


def words_of(text: str) -> set[str]:
    with suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return set(re.findall(r"\w+", text))


@given(mutated())
def test_a_broken_sample_is_an_error_without_text_or_a_right_result(case: tuple[str, bytes]) -> None:
    name, data = case
    secrets = [secret for secret in EXPECTED[name]["secrets"] if len(secret) >= 4]
    seen = [secret for secret in secrets if re.search("[g-z]", secret)]  # figures may be part of an object's address
    known = tried(lambda: detect_format(data[:HEAD_BYTES], source=name))
    same = tried(lambda: written(name, data, NOTHING, hide=False))
    hidden = tried(lambda: written(name, data, Policy(), hide=True))
    for result in (known, same, hidden):
        assert not isinstance(result, FormatError) or not any(leaks(result, secret) for secret in seen)
    assert isinstance(same, FormatError) == isinstance(hidden, FormatError)
    if isinstance(same, bytes) and isinstance(hidden, bytes):
        # a word that the text beside it does not have says what its place in the text says: nobody has examined it
        assert same == data or words_of(same.decode()) <= words_of(data.decode("utf-8-sig"))
        assert not words_of(hidden.decode()).intersection(secrets)
