"""Dates, clock times and seconds as transcripts write them before or behind a speaker: patterns, for `re.VERBOSE`."""

from __future__ import annotations

from typing import Final

_CLOCK: Final = (
    r"(?:\d{1,3}:\d{2}(?::\d{2})?|\d{1,2}:\d{1,2}:\d{1,2})(?:[.,:]\d{1,6})?(?:[\ \u202f\xa0]?[AaPp]\.?[Mm]\b\.?)?"
)
_ZONE: Final = r"(?:\ ?(?:Z\b|UTC|GMT|[+\-]\d{2}:?\d{2}\b))?"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY: Final = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\ {1,2})"
_DATE: Final = (
    rf"{_WEEKDAY}?"
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}"
    rf"|\d{{1,2}}[\ \-]{_MONTH}[\ \-,]{{1,2}}\d{{2,4}}|{_MONTH}\ \d{{1,2}},?\ \d{{4}})"
)
_SPENT: Final = r"(?:\d{1,3}h\ ?)?(?:\d{1,3}m\ ?)?\d{1,6}(?:[.,]\d{1,6})?\ ?(?:ms|s|secs?|seconds)\b"
_DECIMAL: Final = r"\d{1,6}\.\d{1,6}"
_OLD: Final = rf"{_WEEKDAY}{_MONTH}\ {{1,2}}\d{{1,2}}\ {_CLOCK}{_ZONE}\ \d{{4}}"
ONE: Final = rf"(?:{_OLD}|{_DATE}(?:[T,]?[\ ,]{{0,2}}{_CLOCK}{_ZONE})?|{_CLOCK}{_ZONE}|{_SPENT}|{_DECIMAL})"
"""A time."""
UNTIL: Final = rf"\s{{0,3}}(?:-->|->|-|\u2013|\u2014|to\b|~|/)\s{{0,3}}{ONE}"
"""The second of two times with a dash between."""
RANGE: Final = rf"(?:{ONE}(?:{UNTIL})?)"
"""A time, or two with a dash between them."""
BRACKETED: Final = (
    rf"(?:\[\s?{RANGE}\s?\]|\(\s?{RANGE}\s?\)|<\s?{RANGE}\s?>|\{{\s?{RANGE}\s?\}}"
    rf"|\#{RANGE}(?:-\d{{1,2}})?\#)"
)
"""The same in brackets of any kind."""
