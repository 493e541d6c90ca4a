"""What was told in answer to a prompt, to know it when it comes again, however long after and whoever says it."""

from __future__ import annotations

from typing import Final

MOST: Final = 64
"""Answers that are kept of a call."""
LEAST: Final = 3
"""Digits and letters of one."""
PART: Final = 4
"""Digits and letters of its beginning or its end by which a longer one is known."""
WHOLE: Final = 5
"""Digits and letters of one that is known inside a longer number."""
_LAST_TO_GO: Final = frozenset({"PIN", "PASSCODE", "CVV", "CARD"})
"""Kinds that are forgotten last."""
_ROW: Final = "\n"
_MARK: Final = "\t"


class KnownAnswers:
    """The answers of a call by their kind: a value, one string, which costs a few bytes for each."""

    __slots__ = ("_rows",)

    def __init__(self, rows: str = "") -> None:
        self._rows = rows  # a line of kind and text for each, the latest last

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._rows)

    def with_answer(self, kind: str, text: str) -> KnownAnswers:
        """Return these with an answer, or with more of one that was taken before."""
        if len(text) < LEAST:
            return self
        rows = [row for row in self._rows.splitlines() if not _is_of(row, kind, text)]
        if len(rows) >= MOST:
            gone = next((row for row in rows if row.partition(_MARK)[0] not in _LAST_TO_GO), rows[0])
            rows.remove(gone)
        return KnownAnswers(_ROW.join([*rows, kind + _MARK + text]))

    def kind_of(self, text: str) -> str:
        """Return the kind of the answer that a text is, or is part of, or has in it; "" for none."""
        if text not in self._rows and len(text) < WHOLE:
            return ""
        part = ""
        for row in reversed(self._rows.splitlines()):
            kind, _, known = row.partition(_MARK)
            if known == text:
                return kind
            if part:
                continue
            if (len(text) >= PART and (known.startswith(text) or known.endswith(text))) or (
                len(known) >= WHOLE and known in text
            ):
                part = kind
        return part


def _is_of(row: str, kind: str, text: str) -> bool:
    """Return whether a row is an answer of this kind with which the text begins."""
    before, _, known = row.partition(_MARK)
    return before == kind and text.startswith(known)


NOTHING_KNOWN: Final = KnownAnswers()
"""Of a call in which nothing was told yet."""
