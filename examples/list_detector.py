"""A detector of your own that is a word list: the companies of `companies.txt`, and the answer to a question for one.

python examples/list_detector.py
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from ccredact import Redactor, Utterance
from ccredact.detectors.lexicon import LexiconDetector


class CompanyDetector(LexiconDetector):
    """Names of other companies."""

    word_list = Path(__file__).with_name("companies.txt")
    sections: ClassVar = {"company": "COMPETITOR"}
    phrases = "[COMPETITOR]\nwho are you with|using\nmoving|switching to"
    expects = frozenset({"COMPETITOR"})


def main() -> None:
    """Redact an invented call and say why each part of it is hidden."""
    call = [
        Utterance("who are you with at the moment", "agent"),
        Utterance("Harrow Vale Energy, and before that Tallow and", "caller"),
        Utterance("Pine, who sell quill pens now", "caller"),
        Utterance("and whom are you switching to", "agent"),
        Utterance("probably mobylink", "caller"),  # in no list: it is the answer
    ]
    for segment in Redactor(detectors=[CompanyDetector()]).redact_call(call):
        why = [f"{entity.label}: {entity.reason}" for entity in segment.entities]
        print(f"{segment.speaker}: {segment.text}", *why, sep="\n    ")


if __name__ == "__main__":
    main()
