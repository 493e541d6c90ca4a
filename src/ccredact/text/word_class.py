"""What a word may be: one bit for each class. The words themselves are a language's (`ccredact.lang`).

The detectors say which classes wake them.
"""

from __future__ import annotations

from typing import Final

DIGITS: Final = 1 << 0
"""Figures as the recogniser wrote them."""
UNIT: Final = 1 << 1
"""zero to nine, said."""
TEEN: Final = 1 << 2
TENS: Final = 1 << 3
MULTIPLIER: Final = 1 << 4
"""double, triple: repeats the digit after it."""
MAGNITUDE: Final = 1 << 5
"""hundred, thousand, million, billion: only after a number."""
HOMOPHONE: Final = 1 << 6
"""A word that sounds like a digit: a digit only between digits."""
FILLER: Final = 1 << 7
"""May stand inside a number without ending it."""
CORRECTION: Final = 1 << 8
"""Announces that what was said is said again."""
MEASURE: Final = 1 << 9
"""After a number: it was an amount, a time, a quantity or a position, and no identifier."""
MONTH: Final = 1 << 10
PROMPT_END: Final = 1 << 11
"""The last word of a phrase that asks for something or announces it (`ccredact.dialogue.prompts`)."""
LEAD: Final = 1 << 12
"""Leads into a number: "it is", "number", "that's"."""
HESITATION: Final = 1 << 13
"""A filler that no sentence needs: what stood before it stood alone."""
LEADING: Final = LEAD | FILLER | HESITATION | CORRECTION
"""What may stand before a piece in its turn and is no part of it."""

LETTER: Final = 1 << 14
"""A letter of its own."""
ARTICLE: Final = 1 << 15
"""`a`, `i`: letters only where letters are read out."""
NATO: Final = 1 << 16
"""A word of a spelling alphabet."""
ORDINAL: Final = 1 << 17
MIXED: Final = 1 << 18
"""Letters and figures in one word: no quantity, no ordinal."""
UNCOMMON: Final = 1 << 19
"""A word that is in no table and no everyday word."""
PROMPTED: Final = 1 << 20
"""A word of the class `PROMPT_END` with which such a phrase has ended. The scanner says so."""
WRITTEN: Final = 1 << 21
"""It stands in something that is only written: an address with "@", "://" or "www.", four numbers with dots."""
PLUS: Final = 1 << 22
""""plus" before the digits of a telephone number."""
LABEL: Final = 1 << 23
"""A word of a label that an earlier redaction left."""

DAY: Final = 1 << 24
"""A day or a time of day: "tuesday", "tomorrow", "noon", "5pm"."""
PLURAL: Final = 1 << 25
"""zeros, ones: the number before it says how many of that digit; only after a number."""
QUANTITY: Final = 1 << 26
"""A number and its unit in one word: "5d", "10gb"."""
SPELLER: Final = 1 << 27
"""An everyday word of an older spelling alphabet: "dog", "sugar"."""
SYMBOL: Final = 1 << 28
"""A unit that is written with two letters: "gb"."""
DECLARED: Final = 29
"""The number of the first bit that the vocabulary gives to detectors which declare words: all classes are below it."""

NUMERIC: Final = DIGITS | UNIT | TEEN | TENS | MULTIPLIER
"""Classes that can begin a number."""
