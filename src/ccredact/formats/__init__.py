"""Transcript formats: each reads calls and writes them back without losing a byte that is not redacted."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ccredact.errors import FormatError
from ccredact.formats.base import HEAD_BYTES, Format, Head, Record
from ccredact.formats.captions import CTM, SRT, WEBVTT
from ccredact.formats.json.format import json_format
from ccredact.formats.plain import READ_AS_TABLE, PlainText, refused_as_text
from ccredact.formats.vendors import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FORMATS", "HEAD_BYTES", "Format", "Record", "detect_format", "get_format"]

_PLAIN: Final = PlainText()


def _known() -> Iterator[Format]:
    yield _PLAIN
    yield from map(json_format, TABLES)
    yield from (WEBVTT, SRT, CTM)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType({known.name: known for known in _known()})
"""Every format by its name; of those of JSON the first that fits is right."""


_NO_TRANSCRIPTS: Final = frozenset({".eml", ".ini", ".mbox", ".rtf", ".svg", ".toml", ".ttml", ".xml", ".yaml", ".yml"})
"""Endings of text that has a grammar of its own: read as lines of speech it would come out broken."""
_JSON: Final = "it is JSON, but none of the formats of JSON fits"


def get_format(name: str) -> Format:
    """Return the format of that name; raises `FormatError` with the nearest name for an unknown one."""
    if name in FORMATS:
        return FORMATS[name]
    nearest = get_close_matches(name[:40].lower(), FORMATS, n=1, cutoff=0)
    raise FormatError(f"none has this name; the nearest is {nearest[0]}", source="format")


def detect_format(head: bytes, *, source: str = "input") -> Format:
    """Return the format of a file that begins with `head`, at least `HEAD_BYTES` of it or all.

    `source` is the file's name. Content decides and the ending chooses among several; raises `FormatError`
    where nothing fits or the two disagree, since a file read as the wrong thing is redacted wrongly.
    """
    seen = Head(head)
    fitting = [known for known in FORMATS.values() if known.matches(seen)][:1]
    why = "" if fitting else _JSON if seen.document is not None else refused_as_text(head)
    del head, seen  # no frame of a traceback may hold it
    suffix = PurePath(source).suffix.lower()
    named = [known for known in FORMATS.values() if suffix in known.suffixes]
    chosen = [known for known in fitting if known in named] if named else fitting
    if suffix in _NO_TRANSCRIPTS and chosen == [_PLAIN]:
        raise FormatError(f"it ends in {suffix}, and is of no format known here: name the format", source=source)
    if len(chosen) == 1:
        return chosen[0]
    if len(chosen) > 1:
        problem = f"it looks like {' and like '.join(known.name for known in chosen)}"
    elif fitting and named:
        problem = f"it ends in {suffix} but looks like {fitting[0].name}"
    else:
        problem = "it looks like no format known here"
    hint = "" if why.endswith(READ_AS_TABLE) else "name the format"
    raise FormatError(": ".join(filter(None, (problem, why, hint))), source=source)
