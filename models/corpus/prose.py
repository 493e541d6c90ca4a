"""Well-cased technical sentences in which nobody is named: Python's own help texts (PSF licence), as it brings them."""

import re
from collections.abc import Iterator
from functools import cache
from pydoc_data.topics import topics

_MARKUP = re.compile(r'[*"`]')
_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"[A-Z][A-Za-z0-9 ,;'/-]+[.?!]")
_SHORTEST, _LONGEST = 5, 22
"""Words of a sentence."""


@cache
def sentences() -> tuple[str, ...]:
    """Return all sentences of plain words."""
    return tuple(sorted({sentence for text in topics.values() for sentence in _of(text)}))


def _of(text: str) -> Iterator[str]:
    for paragraph in _BLANK_LINE.split(_MARKUP.sub("", text)):
        for sentence in re.split(r"(?<=[.?!])\s+", " ".join(paragraph.split())):
            if _SENTENCE.fullmatch(sentence) and _SHORTEST <= len(sentence.split()) <= _LONGEST:
                yield sentence
