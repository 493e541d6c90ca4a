"""JSON in a cell or in a schema's metadata: its texts, its long numbers, each under its key, and keys that say more."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ccredact.archive.tables.columns import is_time
from ccredact.formats.json.fields import least_digits, nested_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


_FIELD: Final = re.compile(r"[A-Za-z_$][A-Za-z_$.\-]*\d{0,3}")
"""A key that is the name of a field: it stays."""


class JsonCell:
    """A JSON value; texts that are `known`, and numbers where it has none that count, are not examined."""

    def __init__(self, value: Any, *, known: Collection[str] = (), has_numbers: bool = True) -> None:
        self._value = value
        self._known = known
        self._has_numbers = has_numbers

    def texts(self, name: str) -> list[tuple[str, str]]:
        """Return the texts and long numbers, each under its name: the key that is nearest."""
        return list(self._texts(self._value, name))

    def written(self, new: Iterator[str]) -> str:
        """Return the value as text, with what became of each of `texts`."""
        return json.dumps(self._replaced(self._value, "", new), ensure_ascii=False)

    def _texts(self, value: Any, name: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if not _FIELD.fullmatch(key):
                    yield "", key
                yield from self._texts(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from self._texts(inner, name)
        elif (nested := _nested(value)) is not None:
            yield from self._texts(nested, name)
        elif self._is_examined(value, name):
            yield name, str(value)

    def _replaced(self, value: Any, name: str, new: Iterator[str]) -> Any:
        if isinstance(value, dict):
            members: dict[str, Any] = {}
            for key, inner in value.items():
                written = key if _FIELD.fullmatch(key) else next(new)
                while written in members:
                    written += "_"
                members[written] = self._replaced(inner, key, new)
            return members
        if isinstance(value, list):
            return [self._replaced(inner, name, new) for inner in value]
        nested = _nested(value)
        if nested is not None:
            changed = self._replaced(nested, name, new)
            return value if changed == nested else json.dumps(changed, ensure_ascii=False)
        if not self._is_examined(value, name):
            return value
        text = next(new)
        return value if text == str(value) else text

    def _is_examined(self, value: Any, name: str) -> bool:
        if isinstance(value, str):
            return value not in self._known and not is_time(name, value)
        is_number = self._has_numbers and isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and abs(value) >= 10 ** (least_digits(name) - 1) and not is_time(name, value)


def _nested(value: Any) -> Any:
    return nested_in(value) if isinstance(value, str) else None
