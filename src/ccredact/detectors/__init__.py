"""The detectors. To add one: a module beside these, a case file in `tests/cases`, a line in `build_detectors`."""

from __future__ import annotations

from ccredact.detectors.base import Detector
from ccredact.detectors.card import CardDetector
from ccredact.policy import Policy


def build_detectors(policy: Policy) -> list[Detector]:
    """Fresh detectors for one call."""
    valued = policy.operators.get("CREDIT_CARD") in {"last4", "hash"}
    return [CardDetector(policy.hold, keep_values=valued)]
