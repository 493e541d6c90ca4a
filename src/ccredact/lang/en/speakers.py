"""What speakers are called in a transcript, and words that look like a speaker's label and are none."""

from __future__ import annotations

import re
from typing import Final

ROLES: Final = frozenset(
    """
adviser advisers advisor advisors agent agents agt announcer assistant associate attendee borrower bot buyer caller
callers ch chan channel chatbot claimant clerk client coach consultant counselor counsellor cust customer customers csr
dispatch dispatcher doctor guest host interviewee interviewer ivr landlord lender manager member moderator narrator
nurse officer operator participant patient pharmacist physician presenter provider receptionist rep reps representative
respondent s seller speaker specialist spk spkr student supervisor system teacher technician tenant therapist user
visitor voicemail
""".split()
)
"""Words each of which is a whole label: "agent", "speaker 2"."""
SHORT_ROLES: Final = frozenset({"s", "ch", "spk"})
"""Roles that are a label with a number only."""
BESIDE_ROLES: Final = frozenset(
    """
a account accounts admin and anonymous at automated automatic bank billing booking both branch business call care
center centre chat child collections company contact customer's debug department desk dr east emergency employee
english error everyone external family father female first floor for four from front greeting head help home in
inbound info internal junior lady lead left line machine main male man medical message miss mother mr mrs ms mx name
new no north number of office on one online other outbound outgoing parent person phone prof professor queue reception
recorded recording relationship remote reservations responder right role sales second senior service services sir son
south staff store supplier support team tech technical the third three to trainee trainer two unidentified unknown
virtual voice warn warning west wife woman
""".split()
)
"""What stands in a label and names nobody: what somebody is, a title, a department."""
HEADERS: Final = frozenset(
    """
content dialog dialogue line message speaker speech text transcript transcription turn utterance utterances words
""".split()
)
"""What the head of a column of speech is."""
ANNOUNCES: Final = re.compile(
    r"""\b(?: account | address | age | amount | birth | born | card | city | claim | code | condition | cvc
    | cvv | date | diagnosis | dob | e-?mail | expir\w* | id | iban | item | licen[cs]e | login | medication
    | mobile | name | note | number | order | passcode | password | phone | pin | policy | postcode
    | reference | routing | social | ssn | street | telephone | time | total | username | zip )s?\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""In a label: it announces data, and what stands before the colon is speech ("card number: ...")."""
