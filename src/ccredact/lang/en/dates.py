"""Words of dates and times: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

# -- the words of the classes MONTH, ORDINAL and DAY -----------------------------------------------------------------

MONTHS: Final = frozenset(
    """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
christmas xmas halloween year's
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
