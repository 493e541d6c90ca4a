"""Types of Arrow: what they hold, and what they are after redaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from ccredact.archive.tables.columns import Columns, inner, word_members
from ccredact.formats.base import Fault

_INTEGERS: Final = frozenset(
    {pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()}
)
_STRINGS: Final = frozenset({pa.string(), pa.large_string(), pa.string_view()})
_BYTES: Final = frozenset({pa.binary(), pa.large_binary(), pa.binary_view()})
UUID: Final = "arrow.uuid"
"""A type of sixteen bytes that are a number."""
_BARE: Final = frozenset({pa.bool_(), pa.null()})


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type holds text: strings, and bytes, which may be UTF-8."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return is_string(kind) or kind in _BYTES


def is_string(kind: pa.DataType) -> bool:
    """Return whether a type holds strings."""
    return kind in _STRINGS


def is_bytes(kind: pa.DataType) -> bool:
    """Return whether a type holds bytes."""
    return kind in _BYTES or (pa.types.is_dictionary(kind) and is_bytes(kind.value_type))


def is_list(kind: pa.DataType) -> bool:
    """Return whether a type holds lists."""
    return (
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_fixed_size_list(kind)
        or isinstance(kind, pa.ListViewType | pa.LargeListViewType)
    )


def is_whole(kind: pa.DataType) -> bool:
    """Return whether a type has values of which one is hidden by taking it out: no text stands there."""
    return (
        kind in _INTEGERS
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_date(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def is_integer(kind: pa.DataType) -> bool:
    """Return whether a type holds integers."""
    return kind in _INTEGERS


def has_words(kind: pa.DataType) -> bool:
    """Return whether a type holds lists of words."""
    if not is_list(kind) or pa.types.is_fixed_size_list(kind):
        return False
    element = kind.value_type
    if pa.types.is_struct(element):
        text, _, _ = word_members([element.field(n).name for n in range(element.num_fields)])
        return bool(text) and is_text(element.field(text).type)
    return is_text(element)


def changed_type(kind: pa.DataType, position: str) -> pa.DataType:
    """Return the type of an array after redaction; raises `Fault` for one that is not read here."""
    if pa.types.is_dictionary(kind):
        index = kind.index_type if kind.index_type.bit_width >= 32 else pa.int32()
        return pa.dictionary(index, changed_type(kind.value_type, position), kind.ordered)
    if isinstance(kind, pa.BaseExtensionType):
        if changed_type(kind.storage_type, position) != kind.storage_type:
            raise Fault("its type, an extension, is not read here: leave it, or cast it", position)
        return kind
    if pa.types.is_struct(kind):
        return pa.struct([changed_field(kind.field(n), position) for n in range(kind.num_fields)])
    if pa.types.is_map(kind):
        item = changed_field(kind.item_field, position)
        return pa.map_(kind.key_field, item, keys_sorted=False)
    if is_list(kind):
        element = changed_field(kind.value_field, position)
        if pa.types.is_fixed_size_list(kind):
            return pa.list_(element, kind.list_size)
        large = pa.types.is_large_list(kind) or isinstance(kind, pa.LargeListViewType)
        return pa.large_list(element) if large else pa.list_(element)
    known = is_text(kind) or is_whole(kind) or kind in _BARE or pa.types.is_time(kind) or pa.types.is_duration(kind)
    if not known:
        problem = f"its type {re.split('[^a-z0-9_]', str(kind))[0]} is not read here: leave it, or cast it"
        raise Fault(problem, position)
    return kind


def changed_field(given: pa.Field, position: str) -> pa.Field:
    """Return a field after redaction: what is hidden of numbers and dates is null."""
    kind = changed_type(given.type, position)
    return given.with_type(kind).with_nullable(given.nullable or is_whole(kind))


def words_type(kind: pa.DataType, position: str) -> pa.DataType:
    """Return the type of words after redaction: what the word of a hidden run does not say is null."""
    kind = changed_type(kind, position)
    if not pa.types.is_struct(kind.value_type):
        return kind
    members = pa.struct(
        [kind.value_type.field(n).with_nullable(nullable=True) for n in range(kind.value_type.num_fields)]
    )
    element = kind.value_field.with_type(members)
    return pa.large_list(element) if pa.types.is_large_list(kind) else pa.list_(element)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a turn that have a role; "" is none."""

    text: str
    speaker: str
    words: str

    @classmethod
    def of(cls, columns: Columns, kind: pa.DataType) -> Members:
        """Return those of a column of turns; raises `Fault` where turns have no text."""
        position = "the column of turns"
        element = kind.value_type
        if is_text(element):
            return cls("", "", "")
        if not pa.types.is_struct(element):
            raise Fault("turns are lists of texts, or of structs with a text", position)
        names = [element.field(n).name for n in range(element.num_fields)]
        text = inner(columns.text, "text", names)
        words = inner(columns.words, "words", names)
        if not text and not words:
            raise Fault("turns have no member for the role text", position)
        return cls(text, inner(columns.speaker, "speaker", [name for name in names if name != text]), words)


def turns_type(kind: pa.DataType, members: Members, position: str) -> pa.DataType:
    """Return the type of turns after redaction."""
    changed = changed_type(kind, position)
    if members.words and has_words(kind.value_type.field(members.words).type):
        fields = [changed.value_type.field(n) for n in range(changed.value_type.num_fields)]
        place_ = [given.name for given in fields].index(members.words)
        fields[place_] = fields[place_].with_type(words_type(kind.value_type.field(members.words).type, position))
        element = changed.value_field.with_type(pa.struct(fields))
        return pa.large_list(element) if pa.types.is_large_list(changed) else pa.list_(element)
    return changed
