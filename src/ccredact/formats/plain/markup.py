"""HTML as lines of text: tags are marks at which words and lines end, references the characters they stand for.

Each character knows where in the file it stands, so that a change of the text is one of the file, and tags stay.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLOCKS: Final = frozenset(
    """
address article aside blockquote body br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hr
html li main nav ol p pre section table tbody tfoot thead title tr ul
""".split()
)
_CELLS: Final = frozenset({"td", "th"})
_INLINE: Final = frozenset(
    """
a abbr b bdi cite code em font i img kbd label link mark meta q s small span strong sub sup time tt u var wbr
""".split()
)
_PIECE: Final = re.compile(
    r"<!\w[^<>]*>|<\?[^<>]*>|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*|\s*/)?>"
    r"|&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|.",
    re.DOTALL | re.IGNORECASE,
)
_OPENS: Final = re.compile(r"<!--|<(script|style)\b[^<>]*>", re.IGNORECASE)
_CLOSES: Final = {
    "": re.compile(r"-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_TAG: Final = re.compile(r"</(\w+)\s*>|<(br|p|tr|td|html|body|div)\b[^<>]*>", re.IGNORECASE)
_SHARE: Final = 3

Places = list[tuple[int, int]]
"""Where each character of a line stands in the file, `[start, end)`; nowhere where both are equal."""


def is_html(text: str) -> bool:
    """Return whether a text is HTML, in whole or by its lines: a third of them have tags that it knows."""
    tags = sum(1 for match in _TAG.finditer(text) if (match[1] or match[2]).lower() in _BLOCKS | _CELLS | _INLINE)
    lines = sum(1 for line in text.splitlines() if line.strip())
    return tags >= 2 and _SHARE * tags >= lines


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Yield tags, references and single characters, but for those in comments, scripts and styles."""
    at = 0
    for start, end in _unread(text):
        yield from _PIECE.finditer(text, at, start)
        at = end
    yield from _PIECE.finditer(text, at)


def _unread(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of comments, scripts and styles; one that is not closed is none."""
    at, unclosed = 0, set[str]()
    while (opens := _OPENS.search(text, at)) is not None:
        kind = (opens[1] or "").lower()
        closes = None if kind in unclosed else _CLOSES[kind].search(text, opens.end())
        at = opens.end() if closes is None else closes.end()
        if closes is None:
            unclosed.add(kind)
        else:
            yield opens.start(), at


def lines_of(text: str) -> Iterator[tuple[str, Places]]:
    """Yield the lines of an HTML text, with the places of their characters."""
    line: list[str] = []
    places: Places = []
    in_row, behind = False, ""
    for match in _pieces(text):
        piece, (start, end) = match[0], match.span()
        tag = (match["tag"] or "").lower()
        if tag in _BLOCKS:
            in_row = tag == "tr" and not match["close"]
        elif tag in _CELLS:
            if not match["close"] and any(char not in " \t" for char in line):
                _end_word(line, places, start, "\t")
            continue
        elif tag in _INLINE:
            beside = tag == "span" == behind and not match["close"]
            _end_word(line, places, start, "\t" if beside else " ")
            behind = tag if match["close"] else ""
            continue
        elif len(piece) > 1 and piece[:2] in ("<!", "<?"):
            continue
        elif piece in "\r\n" and not in_row:
            pass
        else:
            chars = html.unescape(piece) if piece[0] == "&" and len(piece) > 1 else piece
            chars = " " if chars in "\r\n" else chars
            behind = behind if chars.isspace() else ""
            line += chars
            places += [(start, end) if number == 0 else (end, end) for number in range(len(chars))]
            continue
        if line:
            yield "".join(line), places
        line, places = [], []
    if line:
        yield "".join(line), places


def _end_word(line: list[str], places: Places, at: int, mark: str) -> None:
    """Put a mark where a tag stands, unless a word ends there anyhow."""
    if line and (mark == "\t" or not line[-1].isspace()):
        line.append(mark)
        places.append((at, at))


def changes(places: Sequence[tuple[int, int]], start: int, end: int, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the changes of the file with which the characters `[start, end)` of a line become a text; tags stay."""
    new = html.escape(text, quote=False)
    ranges: list[list[int]] = []
    for first, last in places[start:end]:
        if ranges and ranges[-1][1] == first:
            ranges[-1][1] = last
        elif first < last or not ranges:
            ranges.append([first, last])
    for number, (first, last) in enumerate(ranges):
        yield first, last, new if number == 0 else ""
