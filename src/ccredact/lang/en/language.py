"""English, as the engine asks for it."""

from __future__ import annotations

from functools import cache

from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, common_words, other_classes
from ccredact.text.language import Language


@cache
def english() -> Language:
    """Return English; its lists are read once."""
    return Language(classes=CLASSES, everyday=common_words(), classes_of=other_classes, values=VALUES, noise=NOISE)
