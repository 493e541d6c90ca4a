"""Finished calls in files: whole archives (`run`), and single files that are written whole or not at all."""

from ccredact.archive.causes import CAUSES, Cause, RefusedError
from ccredact.archive.document import MAX_RECORD, Options
from ccredact.archive.file_names import RedactedNames
from ccredact.archive.runner import TIMEOUT_S, Progress, Result, look, run
from ccredact.archive.streams import Limits
from ccredact.archive.survey import Survey
from ccredact.archive.tally import Quarantined, Tally

__all__ = [
    "CAUSES",
    "MAX_RECORD",
    "TIMEOUT_S",
    "Cause",
    "Limits",
    "Options",
    "Progress",
    "Quarantined",
    "RedactedNames",
    "RefusedError",
    "Result",
    "Survey",
    "Tally",
    "look",
    "run",
]
