"""The work on a table as a whole: what goes wrong leaves it without text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.archive.causes import RefusedError
from ccredact.errors import FormatError
from ccredact.formats.base import attempt

if TYPE_CHECKING:
    from collections.abc import Callable


def done(work: Callable[[], None], *, source: str) -> None:
    """Do the work. Raises `FormatError` for a table that cannot be read, and an error of the system as it is."""
    kept: list[RefusedError | OSError] = []

    def tried() -> None:
        try:
            work()
        except RefusedError as error:
            kept.append(error)
        except OSError as error:
            if error.errno is None:  # a library's, which may quote what it has read
                raise
            kept.append(error)

    problem = attempt(tried, source=source)
    if kept:
        raise kept[0].with_traceback(None)
    if isinstance(problem, FormatError):
        raise problem
