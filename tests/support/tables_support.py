"""What the tests of tables share: a table on its way through a kind, and what becomes of it."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from ccredact import Policy, Redactor
from ccredact.archive.document import Options
from ccredact.archive.tables import table_for
from ccredact.archive.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD = "4242424242424242"
"""A published test number."""


@cache
def engine(policy: str = "full") -> Redactor:
    """An engine that the tests share. "nothing" hides nothing but what fails."""
    return Redactor(Policy(operators={}) if policy == "nothing" else policy)


def through(
    data: bytes, name: str = "calls.csv", *, policy: str = "full", columns: Mapping[str, str] | None = None, **more: Any
) -> tuple[bytes, Tally]:
    """What comes out of a table, and the counts, of which none is lost."""
    kind = table_for(name, data[:65536])
    assert kind is not None
    out, tally = io.BytesIO(), Tally()
    options = Options(columns=columns or {}, **more)
    kind.process(io.BytesIO(data), out, name=name, redactor=engine(policy), options=options, tally=tally)
    assert tally.problem == ""
    return out.getvalue(), tally
