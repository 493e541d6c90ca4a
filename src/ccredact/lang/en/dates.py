"""Words of dates and times: data, of the kinds that rules tell apart."""

from __future__ import annotations

import re
from typing import Final

# -- the words of the classes MONTH, ORDINAL and DAY -----------------------------------------------------------------

FEASTS: Final = frozenset(
    "christmas xmas halloween year's thanksgiving easter hanukkah ramadan diwali passover".split()
)
"""Feasts that are dates by themselves."""
MONTHS: Final = FEASTS | frozenset(
    """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
""".split()
)
"""Months, and feasts that are dates by themselves."""
ORDINALS: Final = frozenset(
    """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
""".split()
)
DAYS: Final = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
today tomorrow yesterday tonight noon midnight midday half quarter
""".split()
)
"""Days and times of day."""

# -- parts of dates in answers ---------------------------------------------------------------------------------------

ORDINAL_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
HOLIDAY_ENDS: Final = frozenset({"day", "eve"})
"""Behind the name of a holiday: "new year's eve", "christmas day"."""
INSIDE_DATES: Final = HOLIDAY_ENDS | {"of", "the"}
BETWEEN_DATES: Final = frozenset({"through", "thru", "until", "till"})
"""Between the two days of a range."""
IN_DATES: Final = frozenset({"in", "on", "of", "the", "was", "born"})
"""Before a part of a date that was asked for: "the 24th", "of december"."""
BEFORE_DAYS: Final = frozenset({"the", "on"})
"""Before a day that is no digits of a number: "the 4th"."""
BEFORE_DATES: Final = IN_DATES | {"since", "till", "until", "or"}
BEFORE_TIMES: Final = frozenset("at by until till around about before after".split())
BEFORE_CLOCK_TIMES: Final = BEFORE_TIMES | {"from", "between"}
MERIDIEM: Final = "m"
"""Ends the two letters of a half of the day: "9 a.m."."""
CLOCK_TIMES: Final = re.compile(r"(?:\d{1,4}[ap]m)+(?:\d{1,4}[ap]?)?")
"""Times as the characters of one run: "six p m" is "6pm"."""

# -- words that are other words too ----------------------------------------------------------------------------------

AMBIGUOUS_MONTHS: Final = frozenset({"may", "march", "mar", "year's"})
AMBIGUOUS_PARTS: Final = frozenset({"may", "march", "first", "second", "third"})
"""Parts of a date that are everyday words by themselves."""
MAY: Final = "may"
BEHIND_MAY: Final = frozenset({"i", "we", "you", "they"})
"""Behind the verb: "may I"."""
BEFORE_MAY: Final = BEHIND_MAY | {"that", "which", "this", "it", "he", "she", "who"}
"""Before the verb: "that may arise"."""

# -- the grammar of dates --------------------------------------------------------------------------------------------

LEADING_ROLES: Final[dict[str, str]] = {
    **dict.fromkeys(BEFORE_TIMES, "@"),
    **dict.fromkeys(("in", "since", "during", "year", "from"), "i"),
    **dict.fromkeys(("morning", "afternoon", "evening", "night"), "E"),
    "on": "e", "between": "e", "the": "h", "of": "o", "for": "f",
}  # fmt: skip
"""The roles of words that may stand before a date, or inside it."""
ROLES: Final[dict[str, str]] = {
    **LEADING_ROLES,
    **dict.fromkeys(("am", "pm", "o'clock", "oclock"), "p"),
    **dict.fromkeys(("today", "tomorrow", "yesterday", "tonight"), "R"),
    **dict.fromkeys(("noon", "midday", "midnight"), "N"),
    **dict.fromkeys(("half", "quarter"), "H"),
    "a": "A", "p": "A", "m": "B", "past": "v", "hundred": "c", "thousand": "k", "and": "&",
    **dict.fromkeys(("to", "through", "thru"), "u"),
    **dict.fromkeys(ORDINAL_SUFFIXES, "S"),
}  # fmt: skip
"""The role of a word in a date, whatever its classes: a symbol of the grammar in `ccredact.detectors.dates`.

`@` before a time, `i` before a year, `e` before a day, `h` the article, `o` "of", `f` "for"; `E` part of a day, `R` a
day seen from today, `N` noon or midnight; `p` the half of the day, `A` and `B` its two letters; `H` a fraction, `v` and
`u` behind it: "past" and "to"; `c` and `k` hundred and thousand, `&` "and"; `S` the end of an ordinal.
"""
OTHER_EVENTS: Final = frozenset(
    """
version build release expires expire expiry expiration started start starts since issued dated effective bought
purchased ordered arrived ended war between renewed delivered installed
""".split()
)
"""Shortly before the date of something that is no birth."""

# -- questions for any date ------------------------------------------------------------------------------------------

DATE_QUESTIONS: Final = """
[DATE_TIME]
date
dates
date of|is|was|for
dates of|for
when was|were|is|are|did|do|does|will|would|have|has|had|should|can|could
when's
when that|this|it|you|he|she|they
what|which date|day|month|year
what date|day|month|year was|is|did|were
the day|date|month|year you|he|she|it|they
since when
"""
"""Phrases as in `prompts.txt`, which are looked for only where dates are hidden; those there are longer, and decide."""
