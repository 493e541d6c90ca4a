"""ccredact: takes card numbers, other numbers, names and addresses out of call transcripts, live or in archives.

>>> from ccredact import Redactor
>>> Redactor().redact("my card number is four one one one, one one one one").text
'my card number is [CREDIT_CARD]'
"""

from ccredact.core.call import Call
from ccredact.errors import (
    CcredactError,
    FormatError,
    MissingExtraError,
    ModelError,
    OutputError,
    PolicyError,
    StreamError,
    WorkerError,
)
from ccredact.policy import Policy
from ccredact.reasons import Reason
from ccredact.redactor import Redactor
from ccredact.transcript import Entity, Segment, Span, Utterance, Word

__version__ = "0.1.0"

__all__ = [
    "Call",
    "CcredactError",
    "Entity",
    "FormatError",
    "MissingExtraError",
    "ModelError",
    "OutputError",
    "Policy",
    "PolicyError",
    "Reason",
    "Redactor",
    "Segment",
    "Span",
    "StreamError",
    "Utterance",
    "Word",
    "WorkerError",
]
