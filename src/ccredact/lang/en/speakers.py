"""What speakers are called in a transcript, and words that look like a speaker's label and are none."""

from __future__ import annotations

import re
from typing import Final

ROLE: Final = re.compile(
    r"""(?: advis[eo]r | agent | assistant | bot | caller | clerk | client | customer | doctor | guest | host
    | interviewe[er] | ivr | manager | member | nurse | operator | participant | patient | rep
    | representative | speaker | supervisor | system | user | spk | ch | s ) (?: [ _\-]? \d{1,3} )?""",
    re.VERBOSE | re.IGNORECASE,
)
"""A whole label that is a role, with a number perhaps: "agent", "speaker 2"."""
SHORT_ROLES: Final = frozenset({"s", "ch", "spk"})
"""Roles that are a label with a number only."""
ANNOUNCES: Final = re.compile(
    r"""\b(?: account | address | age | amount | birth | born | card | city | claim | code | condition | cvc
    | cvv | date | diagnosis | dob | e-?mail | expir\w* | id | iban | item | licen[cs]e | login | medication
    | mobile | name | note | number | order | passcode | password | phone | pin | policy | postcode
    | reference | routing | social | ssn | street | telephone | time | total | username | zip )s?\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""In a label: it announces data, and what stands before the colon is speech ("card number: ...")."""
