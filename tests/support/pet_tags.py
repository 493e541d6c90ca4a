"""A Presidio recogniser of tags that pets wear, behind a redactor."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from ccredact import Redactor
from ccredact.integrations.presidio import PresidioDetector

PRESIDIO = find_spec("presidio_analyzer") is not None
needs_presidio = pytest.mark.skipif(not PRESIDIO, reason="needs the extra presidio")
TAG = r"\b(?:tag|TAG)\W{1,3}\w+(?:\W{1,3}(?:and|\d+))*"


def pattern(label: str = "PET_TAG", regex: str = TAG, score: float = 0.8, **more: Any) -> Any:
    from presidio_analyzer import Pattern, PatternRecognizer  # noqa: PLC0415  (an extra)

    return PatternRecognizer(label, patterns=[Pattern("tag", regex, score)], **more)


def redactor(recogniser: Any = None, policy: Any = "full", **more: Any) -> Redactor:
    return Redactor(policy, detectors=[PresidioDetector(recogniser or pattern(), **more)], tagger=False)
