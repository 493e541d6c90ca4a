"""What `ccredact explain` prints of a call: its redacted text, and under each utterance why something is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact.formats import Record
    from ccredact.transcript import Segment

_REASON_WIDTH: Final = max(map(len, Reason))


def explained(record: Record, segments: Iterable[Segment]) -> bytes:
    """Return the lines of a call: its name, and for each utterance its redacted text and its entities.

    An entity is a line of label, reason, score and number; the pieces of one entity have one number. No text is shown
    that the redacted call does not show. Other fields of the call come last, where something is hidden.
    """
    shown = list(segments)
    label_width = max((len(entity.label) for segment in shown for entity in segment.entities), default=0)
    lines = [f"# {_on_one_line(str(record.id))}"]
    for number, segment in enumerate(shown):
        if number < len(record.turns):
            speaker = "" if segment.speaker is None else f"{segment.speaker}: "
        elif segment.entities:
            speaker = "(field) "
        else:
            continue
        lines.append(_on_one_line(speaker + segment.text))
        lines += (
            f"    {entity.label:<{label_width}}  {entity.reason:<{_REASON_WIDTH}}  {entity.score:.2f}  #{entity.id}"
            for entity in segment.entities
        )
    return ("\n".join(lines) + "\n").encode()


def _on_one_line(text: str) -> str:
    """Return text without line breaks: a line that begins with four blanks is about an entity."""
    return " ".join(text.split()) if "\n" in text or "\r" in text else text.lstrip()
