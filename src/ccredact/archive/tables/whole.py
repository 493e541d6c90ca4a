"""The work on a table as a whole: what goes wrong leaves it without text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.archive.causes import Cause, RefusedError
from ccredact.errors import FormatError
from ccredact.formats.base import attempt

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_ROWS: Final = 200
"""Rows at the beginning of a table that a dry run looks at."""
_ARROW: Final = "pyarrow.lib"
"""Where errors of Arrow come from."""


def done(work: Callable[[], None], *, source: str) -> None:
    """Do the work. Raises `FormatError` for a table that cannot be read, and an error of the system as it is."""
    kept: list[RefusedError | OSError] = []

    def tried() -> None:
        try:
            work()
        except RefusedError as error:
            kept.append(error)
        except OSError as error:
            kept.append(error if error.errno is not None else _broken(source))
        except Exception as error:
            if type(error).__module__ != _ARROW:
                raise
            kept.append(_broken(source))

    problem = attempt(tried, source=source)
    if kept:
        raise kept[0].with_traceback(None)
    if isinstance(problem, FormatError):
        raise problem


def _broken(source: str) -> RefusedError:
    """Return the error for what Arrow cannot read: its own message may quote what it has read."""
    return RefusedError("it is broken", cause=Cause.CORRUPT, source=source)
