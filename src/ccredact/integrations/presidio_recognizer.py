"""The engine as a Presidio recogniser (extra `presidio`).

    from ccredact.integrations.presidio_recognizer import CcredactRecognizer
    registry.add_recognizer(CcredactRecognizer(policy="pci"))

or by its class name in Presidio's YAML, once this module has been imported (`- {name: CcredactRecognizer, type:
predefined}`), with the policy full: for another, name a class of yours, which hands its policy on.

Presidio shows a recogniser one string at a time, which is taken for a finished call of one utterance. A call of several
turns is better given to `Redactor.redact_call`: questions, answers in pieces and read-backs are known there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ccredact.entities import FAIL_SAFE, REDACTED
from ccredact.errors import MissingExtraError, PolicyError
from ccredact.policy import Policy
from ccredact.reasons import REASONS
from ccredact.redactor import Redactor

try:
    from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult
except ImportError:
    raise MissingExtraError("presidio") from None

NAME: Final = "CcredactRecognizer"


class CcredactRecognizer(EntityRecognizer):
    """Finds what ccredact hides, under ccredact's labels; most of them are Presidio's too.

    `redactor` is one of yours, with your detectors or key; without it, one is made for `policy`. `supported_entities`
    are those of its labels that are wanted (all); `NUMBER`, undecided digits that must be hidden, is one of them.
    A result's explanation holds the reason of the entity. An error inside a detector gives `REDACTED` results, whatever
    entities were asked for. All other arguments are those of Presidio's `EntityRecognizer`.

    Raises `PolicyError` for both a redactor and a policy, and for entities that the policy does not look for.
    """

    name: str

    def __init__(
        self,
        redactor: Redactor | None = None,
        *,
        policy: Policy | str | Path | Mapping[str, Any] | None = None,
        supported_entities: list[str] | None = None,
        name: str = NAME,
        **more: Any,
    ) -> None:
        if redactor is not None and policy is not None:
            raise PolicyError("a recogniser takes a redactor or a policy, not both")
        self._redactor = redactor if redactor is not None else Redactor("full" if policy is None else policy)
        known = self._redactor.labels | FAIL_SAFE
        if supported_entities is not None and not set(supported_entities) <= known:
            raise PolicyError("supported_entities are labels that the policy looks for")
        wanted = sorted(known) if supported_entities is None else list(supported_entities)
        super().__init__(supported_entities=wanted, name=name, **more)

    def load(self) -> None:
        """Do nothing: a redactor is ready."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return what is hidden in a text; `entities` are those that are asked for."""
        del nlp_artifacts
        wanted = ({*entities} if entities else {*self.supported_entities}) | {REDACTED}
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return [
            RecognizerResult(
                entity_type=entity.label,
                start=entity.start,
                end=entity.end,
                score=entity.score,
                analysis_explanation=AnalysisExplanation(
                    recognizer=self.name,
                    original_score=entity.score,
                    pattern_name=str(entity.reason),
                    textual_explanation=f"{entity.reason}: {REASONS[entity.reason]}",
                ),
                recognition_metadata={**metadata, "entity": entity.id},
            )
            for entity in self._redactor.redact(text).entities
            if entity.label in wanted
        ]
