"""Names that come with files and members: which can be kept, and which point where nothing may be written."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import Final

from ccredact.archive.tables import ENDINGS as TABLE_ENDINGS
from ccredact.formats import FORMATS

_LONGEST: Final = 4096
LONGEST_PART: Final = 200
"""Bytes of a part of a name: the name of its part file has some more."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_COMPRESSED: Final = {".gz": "", ".zst": "", ".tgz": ".tar", ".tzst": ".tar"}
_KNOWN: Final = frozenset({*_COMPRESSED, *TABLE_ENDINGS, ".zip", ".tar", ".parquet", ".pq", ".feather"}).union(
    *(known.suffixes for known in FORMATS.values())
)
"""Endings that say what a file is, and nothing of a call."""
_CONTAINERS: Final = (".tar.gz", ".tar.zst", ".tgz", ".tzst", ".tar", ".zip")


def name_problem(name: str) -> str:
    """Return what is wrong with a member's name, in fixed words; "" for one that can be kept."""
    parts = name.replace("\\", "/").split("/")
    if not name.strip("/\\. "):
        return "it has no name"
    if parts[0] == "" or _DRIVE.match(name):
        return "its name is an absolute path"
    if ".." in parts:
        return "its name points out of the container"
    if _CONTROL.search(name):
        return "its name has characters that are none"
    try:
        encoded = [part.encode() for part in parts]
    except UnicodeEncodeError:
        return "its name is no Unicode text"
    if len(name) > _LONGEST or any(len(part) > LONGEST_PART for part in encoded):
        return "its name is too long"
    return ""


def same_name(name: str, *, folded: bool) -> str:
    """Return what two names have in common that are one member's; `folded`, those that some file systems take for one.

    "./a" and "a" are one name. Some file systems do not tell cases apart, or letters from letters with their marks.
    """
    plain = posixpath.normpath(name)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", plain).casefold()) if folded else plain


def folders_of(name: str) -> list[str]:
    """Return the folders that a file lies in, the innermost one first."""
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def endings_of(name: str) -> str:
    """Return the endings of a file's name that say what it is, as they are written: ".json.gz", ".CSV"."""
    stem = name
    while (ending := posixpath.splitext(stem)[1]).lower() in _KNOWN:
        stem = stem[: -len(ending)]
    return name[len(stem) :]


def uncompressed_name(name: str) -> str:
    """Return a file's name without the endings of compression, by which its format is told."""
    while (ending := posixpath.splitext(name)[1].lower()) in _COMPRESSED:
        name = name[: -len(ending)] + _COMPRESSED[ending]
    return name


def unpacked_name(name: str) -> str:
    """Return the name of the folder into which a container is written."""
    for ending in _CONTAINERS:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return f"{name}.d"
