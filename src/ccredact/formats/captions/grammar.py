"""What lines of captions and of CTM look like.

Only tags of the formats, in their own form, are tags: whatever else stands in angle brackets is text, and is examined.
"""

from __future__ import annotations

import re
from typing import Final

_TIME: Final = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_SETTING: Final = r"(?:vertical|line|position|size|align|region|[XY][12]):[\w.,%\-]{1,20}"
TIMING: Final = re.compile(
    rf"[ \t\ufeff]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})(?:[ \t]+{_SETTING})*"
    r"(?:[ \t]*|[ \t]+(?P<rest>\S.*))"
)
"""The line of times above a cue; `rest` is what is no setting."""
CUE_TIMES: Final = re.compile(
    r"(?:^|(?<=\r))[ \t\ufeff]*(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[ \t]+(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}"
    r"(?:[ \t]+\w+:\S+)*[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE,
)
"""Such a line as tools write it: a text in which one stands is no lines of speech."""
HEAD: Final = re.compile(r"\ufeff?WEBVTT(?![^\s])")
BLOCK: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?!\S)")
"""The first line of a block that is no cue."""
CUE_NUMBER: Final = re.compile(r"[ \t]*[0-9]{1,6}[ \t]*")
GUID: Final = re.compile(r"\s*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:/\d{1,6}(?:-\d{1,6})?)?\s*")
"""A name of a cue as Teams writes it."""
_CLASSES: Final = r"(?:\.(?:[A-Za-z_\-][\w\-]{0,30}|[0-9]{1,6}(?![0-9])[\w\-]{0,24}))*"
"""Names of classes; one that begins with a long number is text, and is examined."""
_ATTRIBUTE: Final = r"""\s+(?:color|size|face)=(?:"[\#\w\- ]{1,20}"|'[\#\w\- ]{1,20}'|[\#\w\-]{1,20})"""
MARKUP: Final = re.compile(
    rf"""(?P<voice><v{_CLASSES}[ \t]+(?P<name>[^<>\r\n]+)>|</v>)
    |(?P<time><{_TIME}>)
    |(?P<tag><(?P<close>/?)(?P<kind>c|i|b|u|s|ruby|rt|font|lang)
            (?:{_CLASSES}|[ \t]+[A-Za-z\-]{{2,12}}|(?:{_ATTRIBUTE})+)>
        |\{{\\(?:an?\d{{1,2}}|[ibus][01]?)\}})
    |(?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    |[^<&{{]+|.""",
    re.VERBOSE | re.DOTALL,
)
"""One piece of a cue's text: a voice, an inline time, a tag, a reference or some characters."""
CTM_LINE: Final = re.compile(
    r"[ \t]*(?P<file>\S+)[ \t]+(?P<channel>\S+)[ \t]+(?P<start>\d+(?:\.\d+)?|\*)[ \t]+(?P<duration>\d+(?:\.\d+)?|\*)"
    r"[ \t]+(?P<word>\S+)"
    r"(?:[ \t]+(?:-?\d{1,3}(?:\.\d+)?(?:[eE]-?\d+)?|NA)(?:[ \t]+(?P<more>\S+(?:[ \t]+\S+)?))?)?[ \t]*"
)
_CTM_LINES: Final = 20


def is_webvtt(text: str) -> bool:
    """Return whether a text begins as WebVTT does."""
    return HEAD.match(text) is not None


def is_srt(text: str) -> bool:
    """Return whether the first line that is not blank, or the one below its number, are the times of a cue."""
    first = [line.strip("\ufeff \t") for line in text[:4096].splitlines() if line.strip("\ufeff \t")][:2]
    if first and first[0].isdecimal():
        first = first[1:]
    return bool(first) and CUE_TIMES.fullmatch(first[0]) is not None


def is_ctm(text: str) -> bool:
    """Return whether the first lines of a text, but for comments, are words with a file, a channel and times."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    whole = [line.rstrip("\r\n") for line in lines if line[-1] in "\r\n"] or lines
    words = [line for line in whole if line.strip() and not line.lstrip().startswith(";;")][:_CTM_LINES]
    return bool(words) and all(CTM_LINE.fullmatch(line) for line in words)
