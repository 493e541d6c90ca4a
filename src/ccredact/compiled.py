"""What the compiler (mypyc) is told about a class. Plain Python does nothing with it, and needs no package for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["mypyc_attr"]

if TYPE_CHECKING:
    from mypy_extensions import mypyc_attr
else:

    def mypyc_attr(**_options: object) -> object:
        """Return a decorator that leaves a class as it is."""
        return lambda decorated: decorated
