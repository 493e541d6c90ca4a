"""A file in any layout, known or not, loses nothing and changes nothing but what is hidden."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from ccredact import Policy, Redactor
from ccredact.formats import get_format
from formats_support import KEEP, Hidden, read, segments

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "4417x"
"""What is hidden: it is in no part of a layout."""
PIECES = (
    "[00:05] ", "0:09 ", "(1:02:03) ", "2026-04-17T15:25:40Z ", "12. ", "#3 ", "- ", ">> ", "Agent", "Jo Bloggs",
    "[S1]", "<Ada>", "**Bo**", ":", ": ", " - ", " | ", "|", "\t", ",", ";", "\n", "\r\n", "\r", "\n\n", " ", "\xa0",
    "\u200e", "\ufeff", "hello there", f"it's {MARK} ok", MARK, "caf\xe9", "<p>", "</p>", "<b>", "</b>", "<br/>",
    "<td>", "</td>", "<tr>", "</tr>", "&amp;", "&#39;", "&nosuch;", "<!-- x -->", "<unk>", "\x0c", "\u2028",
    "[PERSON_1]", "\U0001f600",
)  # fmt: skip
FILES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=24).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"])


def encoded(text: str, encoding: str) -> bytes:
    return ("\ufeff" + text if encoding != "utf-8" else text).encode(encoding, "replace")


@given(FILES, ENCODINGS)
def test_a_file_of_any_layout_changes_where_something_is_hidden_and_nowhere_else(text: str, encoding: str) -> None:
    data = encoded(text, encoding)
    try:
        (record,) = read("text", data)
    except ValueError:
        return  # refused as JSON, CSV, captions or CTM
    hidden: list[Hidden] = [
        (number, MARK, "PIN", "[PIN]")
        for number, utterance in enumerate(record.utterances)
        for _ in range(utterance.text.count(MARK))
    ]
    assert record.write(segments(record.utterances)) == data
    written = record.write(segments(record.utterances, hidden)).decode(encoding)
    assert written.replace("[PIN]", MARK) == data.decode(encoding)
    assert written.count("[PIN]") == len(hidden) + text.count("[PIN]")


@given(FILES)
def test_a_name_in_a_label_takes_nothing_with_it(text: str) -> None:
    data = encoded(text, "utf-8")
    try:
        (kept,), (named,) = read("text", data), read("text", data, Policy())
    except ValueError:
        return
    assert [u.text for u in kept.utterances] == [u.text for u in named.utterances]
    written = named.write(segments(named.utterances)).decode()
    assert written.count("\n") == text.count("\n")
    for utterance in named.utterances:
        assert utterance.text in data.decode() or "<" in text or "&" in text


REDACTOR = Redactor({"profile": "full", "speakers": "keep"}, tagger=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8)
    | st.sampled_from(["4417", "my pin is 4417", "415 555 0142", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["pin", "4155550142", "a@b.example", "note", "started_at"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
TURNS = st.fixed_dictionaries(
    {"text": st.sampled_from(["hello", "the pin is 4417", "it's 415 555 0142"])},
    optional={"speaker": st.sampled_from(["agent", "a"]), "lexical": st.text(max_size=6), "start": VALUES, "x": VALUES},
)
CALLS = st.fixed_dictionaries(
    {"id": st.integers(0, 9), "turns": st.lists(TURNS, max_size=3)}, optional={"title": VALUES, "4417 it was": VALUES}
)


def shape(value: Any) -> Any:
    """What must be the same of a call however it is redacted."""
    if isinstance(value, dict):
        return [shape(inner) for key, inner in value.items() if key != "entities"]
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return None if isinstance(value, str | int | float) and not isinstance(value, bool) else value


def strings(value: Any, *, key: str = "") -> Iterator[str]:
    """Every string and key of a call and every number of seven digits, but for times and our own entities."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "entities":
                yield name
                yield from strings(inner, key=name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key=key)
    elif not key.endswith("_at") and key != "start" and (isinstance(value, str) or shape(value) is None):
        yield str(value)


@given(CALLS)
def test_a_call_keeps_its_shape_and_no_field_shows_what_was_told(call: dict[str, Any]) -> None:
    data = json.dumps(call).encode() + b"\n"
    (record,) = get_format("jsonl").read(io.BytesIO(data), source="call", policy=REDACTOR.policy)
    written = record.write(REDACTOR.redact_call(record.utterances))
    new = json.loads(written)
    assert shape(new) == shape(call)
    assert new["id"] == call["id"]
    for text in strings(new):
        assert "415 555 0142" not in text
        assert "4155550142" not in text
    told = any("4417" in turn["text"] for turn in call["turns"])
    assert not told or all("4417" not in text.split() for text in strings(new))
    (again,) = get_format("jsonl").read(io.BytesIO(written), source="call", policy=KEEP)
    assert again.write(segments(again.utterances)) == written
