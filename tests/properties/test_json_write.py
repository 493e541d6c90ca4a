"""Any JSON, written in any way, changes at the places that are asked for and nowhere else."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccredact.formats.base import Fault
from ccredact.formats.json.array import Element, elements
from ccredact.formats.json.scan import is_plain_text, members_of, opening, parse_all
from ccredact.formats.json.write import Change, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccredact.formats.json.write import Path

STRINGS = st.text(max_size=3) | st.sampled_from(["{", "}]", '"', "\\", "a{b", "\n", "\ud800", "é", "a", "b"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | STRINGS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=12,
)
NEW = "[X]"


@st.composite
def documents(draw: st.DrawFn) -> tuple[Any, str, bool]:
    """A value, how it is written, and whether in ASCII alone."""
    value = draw(st.lists(VALUES, max_size=12) | st.dictionaries(STRINGS, VALUES, max_size=4))
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :\n ")]))
    indent, ascii_only = draw(st.sampled_from([None, None, 1])), draw(st.booleans())
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=ascii_only)
    around = draw(st.sampled_from([("", ""), ("\ufeff", "\n"), (" \n", " ")]))
    return value, text.join(around), ascii_only


@st.composite
def members(draw: st.DrawFn) -> tuple[str, bool]:
    """Objects in objects, written with some white space around colons, and whether one has a key twice."""
    text, has_twice = draw(st.sampled_from(["1", '": "', '"a"', '" :"', "[]", "{}"])), False
    text = json.dumps(text)
    for _ in range(draw(st.integers(0, 3))):
        keys = draw(st.lists(st.sampled_from(["a", "b", ":", '":', " :", "a\t:"]), min_size=1, max_size=4))
        colons = st.sampled_from([":", ": ", " :", "\n:", "\t : ", "\r\n:"])
        last = len(keys) - 1
        parts = [json.dumps(key) + draw(colons) + (text if n == last else "1") for n, key in enumerate(keys)]
        text, has_twice = "{" + ", ".join(parts) + "}", has_twice or len(set(keys)) < len(keys)
    return text, has_twice


@given(members())
def test_a_key_that_is_there_twice_is_found_however_it_is_written(written_: tuple[str, bool]) -> None:
    text, has_twice = written_
    if has_twice:
        with pytest.raises(Fault, match="twice"):
            parse_all(text)
    else:
        assert parse_all(text).value == json.loads(text)


class Dribble(io.BytesIO):
    """A stream of which little comes at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(3 if size is None or size < 0 else min(size, 3))


@given(documents().filter(lambda document: isinstance(document[0], list)))
def test_an_array_comes_value_by_value_with_all_that_stands_between(document: tuple[Any, str, bool]) -> None:
    value, text, _ = document
    data = text.encode(errors="surrogatepass")
    found = [one for one in elements(Dribble(data), source="call", limit=1000) if isinstance(one, Element)]
    whole = [one.data for one in found if isinstance(one.data, bytes)]
    assert [json.loads(one) for one in whole] == value
    assert b"".join(one.before + (one.data if isinstance(one.data, bytes) else b"") for one in found) == data


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value in a document, with its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield (*path, step), inner
        yield from places(inner, (*path, step))


def changed(value: Any, gone: set[Path], new: set[Path], path: Path = ()) -> Any:
    """The document as it must be: strings at some paths new, elements at others taken out."""
    if path in new:
        return NEW
    if isinstance(value, dict):
        return {key: changed(inner, gone, new, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        each = [((*path, number), inner) for number, inner in enumerate(value)]
        return [changed(inner, gone, new, at) for at, inner in each if at not in gone]
    return value


@given(documents(), st.data())
def test_a_document_changes_where_it_is_asked_to_and_nowhere_else(
    document: tuple[Any, str, bool], data: st.DataObject
) -> None:
    value, text, ascii_only = document
    found = dict(places(value))
    strings = [path for path, inner in found.items() if isinstance(inner, str)]
    elements = [path for path in found if isinstance(path[-1], int)]
    new = set(data.draw(st.lists(st.sampled_from(strings), max_size=5))) if strings else set()
    gone = set(data.draw(st.lists(st.sampled_from(elements), max_size=5))) if elements else set()
    change = Change()
    for path in new:
        change.at(path).edits = [(0, len(found[path]), NEW)]
    for path in gone:
        change.at(path).take_out()
    parsed = parse_all(text, opening(text))
    out = written(text, opening(text), change, is_plain=is_plain_text(text, parsed.objects))
    assert json.loads(out.lstrip("\ufeff")) == changed(value, gone, new)
    if not gone:  # all but the strings is as it was written
        olds = [json.dumps(found[path], ensure_ascii=ascii_only) for path in new]
        assert len(out) - len(new) * len(f'"{NEW}"') == len(text) - sum(map(len, olds))
    if not new and not gone:
        assert out == text


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"x": "b", "b": "old"}', ("b",)),  # the name as a value before it
        ('{"x": {"b": "no", "y": [{"b": "no"}]}, "b": "old", "z": {"b": "no"}}', ("b",)),  # deeper, before and behind
        ('{"x": [[[[[{"b": "no"}]]]]], "b": "old"}', ("b",)),  # deeper than is passed over at once
        ('{"x": "\\"b\\": 1", "b": "old"}', ("b",)),  # inside a string
        (r'{"\u0062": "old", "x": {"b": "no"}}', ("b",)),  # escaped, and plain where it is another
        (r'{"x": {"\u0062": "no"}, "y": {"b": {"c": "old"}, "c": "no"}}', ("y", "b", "c")),
        ('{ "a" : [ {"b": "no"} , {"c": 1, "b": "old"} ] , "b": "no"}', ("a", 1, "b")),
    ],
)
def test_a_member_is_changed_wherever_else_its_name_stands(text: str, path: Path) -> None:
    change = Change()
    change.at(path).edits = [(0, 3, NEW)]
    parsed = parse_all(text)
    out = written(text, 0, change, is_plain=is_plain_text(text, parsed.objects))
    assert out == text.replace('"old"', f'"{NEW}"')


@given(st.dictionaries(STRINGS, VALUES, max_size=4), st.sampled_from([(",", ":"), (" , ", " : ")]))
def test_members_of_an_object_stand_where_they_are_read(value: dict[str, Any], separators: tuple[str, str]) -> None:
    text = json.dumps(value, separators=separators)
    found = members_of(text, 0, len(text))
    assert [(one.key, json.loads(text[one.at : one.end])) for one in found] == list(value.items())


@given(documents())
def test_where_no_string_has_a_brace_objects_are_passed_over_quickly(document: tuple[Any, str, bool]) -> None:
    value, text, _ = document
    strings = [part for path, inner in places(value) for part in (path[-1], inner) if isinstance(part, str)]
    braces = any("{" in part or "}" in part for part in strings)
    assert is_plain_text(text, parse_all(text, opening(text)).objects) is not braces
