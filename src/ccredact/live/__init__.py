"""Calls that are still running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccredact.live.adapter import Adapter  # the room of this name first: `adapter` below takes its place here

if TYPE_CHECKING:
    from ccredact.live.adapters.vendor import VendorEvents

__all__ = ["Adapter", "adapter"]


def adapter(name: str, **options: Any) -> VendorEvents[Any]:
    """Return the adapter of a recogniser: `ccredact.live.adapters.adapter`, loaded by those who need it."""
    from ccredact.live.adapters import adapter as named  # noqa: PLC0415

    return named(name, **options)
