"""Speechmatics."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Table

TABLES: Final[tuple[Table, ...]] = ()
