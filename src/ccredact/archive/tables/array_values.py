"""Values out of arrays of Arrow, and the rows that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ccredact.archive.tables.arrow_types import is_string, is_text
from ccredact.archive.tables.columns import is_time
from ccredact.archive.tables.rows import is_examined
from ccredact.formats.base import Fault
from ccredact.formats.json.fields import LEAST, LONG, least_digits

Owner = np.ndarray[Any, np.dtype[np.int64]]
"""The row of each element of an array that lies within lists."""


@dataclass(slots=True, repr=False)
class Strings:
    """The texts of an array; `bad` are the elements that are no text, `raw` those of them that are too short for one.

    Bytes that are no UTF-8 may be text all the same, in another encoding or with one byte that is broken: nobody can
    say what is in them. So can bytes with a null between others: UTF-16 is UTF-8 by its bytes.
    """

    values: list[str | None]
    bad: list[int] = field(default_factory=list)
    raw: dict[int, bytes] = field(default_factory=dict)


def read_strings(array: pa.Array) -> Strings:
    """Return the texts of an array of strings or bytes."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_string(array.type):
        try:
            return Strings(array.to_pylist())
        except UnicodeDecodeError:
            pass
    values: list[str | None] = []
    strings = Strings(values)
    as_text = is_string(array.type)
    for at, data in enumerate(array.cast(pa.large_binary()).to_pylist()):
        text = None if data is None else _decoded(data)
        if text is not None and not as_text and "\0" in text.rstrip("\0"):
            text = None
        values.append(text)
        if data is not None and text is None and not as_text and len(data) < LEAST:
            strings.raw[at] = data
        elif data is not None and text is None:
            strings.bad.append(at)
    return strings


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def read_labels(array: pa.Array) -> list[str | None]:
    """Return speakers as texts."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_text(array.type):
        return read_strings(array).values
    if pa.types.is_nested(array.type):
        raise Fault("a speaker is a text or a number")
    return [None if value is None else str(value) for value in array.to_pylist()]


def read_keys(array: pa.Array) -> list[Any]:
    """Return what rows are told apart or put in order by."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_string(array.type):
        array = array.cast(pa.large_binary())
    elif pa.types.is_temporal(array.type):
        array = array.cast(pa.int64() if array.type.bit_width == 64 else pa.int32())
    return [
        value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value for value in array.to_pylist()
    ]


def long_values(array: pa.Array, name: str, *, names: Sequence[str] = ()) -> Iterator[tuple[int, str]]:
    """Yield the dates of an array, and the numbers that are long enough under their name, as they would be written.

    `names` are those of its elements, where each has one.
    """
    kind = array.type
    if pa.types.is_fixed_size_binary(kind):
        for at, text in enumerate(read_strings(array).values):
            if text is not None and is_examined(text):
                yield at, text
        return
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        yield from _dates(array, name)
        return
    size = pc.cast(array, pa.float64(), safe=False)
    least = pa.array([_least(one) for one in names]) if names else _least(name)
    long = pc.greater_equal(pc.abs(size), least)
    for at in pc.indices_nonzero(pc.fill_null(long, False)).to_pylist():  # noqa: FBT003 - as pyarrow has it
        value = array[at].as_py()
        if not isinstance(value, int) and abs(value) < 1e19 and value == int(value):
            value = int(value)
        is_part = abs(value) < 10 ** (LONG - 1) and not isinstance(value, int)  # "pin" has none, "card_fee" may
        if (
            not is_part
            and not is_time(names[at] if names else name, value)
            and str(value).lower() not in {"inf", "-inf", "nan"}
        ):
            yield at, str(value)


def raw_bytes(array: pa.Array, elements: Sequence[int]) -> dict[int, bytes]:
    """Return the bytes of elements that are no text."""
    values = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    return {at: values[at].as_py() for at in elements}


def _least(name: str) -> float:
    """Return the least number that is examined under a name."""
    return 10.0 ** (least_digits(name) - 1)


def _dates(array: pa.Array, name: str) -> Iterator[tuple[int, str]]:
    """Yield dates, and times of midnight, which are dates too."""
    if is_time(name, 0):
        return
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.timestamp(array.type.unit))
        days = pc.floor_temporal(array, unit="day")
        array = pc.if_else(pc.equal(days, array), array, None)
    for at, day in enumerate(array.cast(pa.date32()).to_pylist()):
        if isinstance(day, date):
            yield at, day.isoformat()


def list_lengths(array: pa.Array) -> Owner:
    """Return how many elements each list of an array has, 0 for null."""
    kind = array.type
    if pa.types.is_fixed_size_list(kind):
        lengths = pc.if_else(array.is_valid(), kind.list_size, 0)
    elif isinstance(kind, pa.ListViewType | pa.LargeListViewType):
        lengths = pc.if_else(array.is_valid(), array.sizes, 0)
    else:
        lengths = pc.fill_null(pc.list_value_length(array), 0)
    return np.asarray(lengths.to_numpy(zero_copy_only=False), np.int64)


def flattened(array: pa.Array, owner: Owner) -> tuple[pa.Array, Owner]:
    """Return the elements of an array of lists, and the row of each of them."""
    return array.flatten(), np.repeat(owner, list_lengths(array))


def list_starts(array: pa.Array) -> Owner:
    """Return where each list of an array begins among its elements, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(list_lengths(array))])
