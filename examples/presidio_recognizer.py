"""A Presidio recogniser of your own inside ccredact: live, over turns, and masked should it fail.

    pip install 'ccredact[presidio]'
    python examples/presidio_recognizer.py

It sees bounded windows of a turn, and their words are held until it has been asked: live text comes a turn, or up to
60 words, late. What ccredact finds itself is found beside it.
"""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer

from ccredact import Redactor, Utterance
from ccredact.integrations.presidio import PresidioDetector

LOCKERS = PatternRecognizer(
    "PARCEL_LOCKER",
    patterns=[Pattern("locker", r"\blocker [A-Z]-?\d{1,3}\b", score=0.8)],
)


def main() -> None:
    """Redact an invented call."""
    redactor = Redactor(detectors=[PresidioDetector(LOCKERS)])
    call = [
        Utterance("where is my parcel", "caller"),
        Utterance("it is in locker B-12, could I take your name", "agent"),
        Utterance("Ada Obi, so locker B12 then", "caller"),
    ]
    for utterance, segment in zip(call, redactor.redact_call(call), strict=True):
        print(f"{utterance.speaker}: {segment.text}")


if __name__ == "__main__":
    main()
