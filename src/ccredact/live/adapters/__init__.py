"""Adapters of recognisers: their events in, the same events out, by the tables of the formats."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ccredact.errors import StreamError
from ccredact.formats.base import FULL
from ccredact.formats.vendors import TABLES
from ccredact.live.adapters.vendor import VendorEvents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccredact.formats.json.table import Table
    from ccredact.policy import Policy
    from ccredact.transcript import Name

CALL: Final = "call"
"""The name of the call of events that do not name it."""
LIVE: Final[Mapping[str, Table]] = MappingProxyType(
    {table.name.removesuffix("-live"): table for table in TABLES if table.live is not None}
)
"""The table of every adapter by its name."""


def adapter(name: str, *, call: Name = CALL, policy: Policy = FULL, provisional: bool = True) -> VendorEvents[Any]:
    """Return the adapter of a recogniser, "deepgram" as "deepgram-live".

    `call` names the call of events that do not name theirs: where one connection is one call, an adapter is made for
    each. `policy` says what becomes of names in speakers' labels and which fields are left; it is that of the redactor.
    Without `provisional` a final is one even where the recogniser may replace it by another, which is dropped then.
    Raises `StreamError` with the nearest name for an unknown one.
    """
    table = LIVE.get(name.removesuffix("-live"))
    if table is None:
        nearest = get_close_matches(name[:40].lower(), LIVE, n=1, cutoff=0)
        raise StreamError(f"no adapter has this name; the nearest is {nearest[0]}")
    return VendorEvents(table, call=call, policy=policy, provisional=provisional)
