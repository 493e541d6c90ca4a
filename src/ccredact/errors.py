"""One family of errors. Messages are fixed words, labels, names and positions: never transcript text.

Whoever raises one while raw text is in reach does so outside the `except` block and after dropping the text,
so that neither `__context__` nor the frames of the traceback hold it.
"""

from __future__ import annotations


class CcredactError(Exception):
    """Base of every error that ccredact raises on purpose."""


class PolicyError(CcredactError, ValueError):
    """The policy asks for something unknown or something that must not be."""


class StreamError(CcredactError):
    """A stream was used after `close`, pickled, or given something that is not an utterance."""


class ModelError(CcredactError, ValueError):
    """A file of weights is missing or is not what this version runs."""


class FormatError(CcredactError, ValueError):
    """Input that is not what its format promises, with the file's name and the position of the fault.

    `position` says where in words of the format: "line 3", "item 17", "byte 1042".
    """

    def __init__(self, problem: str, *, source: str = "input", position: str = "") -> None:
        self.problem = problem
        self.source = source
        self.position = position
        super().__init__(f"{source}: {position}: {problem}" if position else f"{source}: {problem}")


class OutputError(CcredactError):
    """Output cannot go where it was asked to: a folder stands there, the folder is missing, raw text would be kept."""


class WorkerError(CcredactError):
    """The process that worked on a call died, twice."""


class HandoverError(CcredactError):
    """A call cannot be exported or imported: a wrong key, another policy or version, or a call that is over."""


class MissingExtraError(CcredactError, ImportError):
    """An edge was used whose optional packages are not installed."""

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(f'this needs the extra "{extra}": install ccredact[{extra}]')
