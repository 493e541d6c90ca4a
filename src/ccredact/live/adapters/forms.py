"""Events as they come: JSON as text or bytes, values of it, or objects of a recogniser's own library."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from ccredact.formats.base import Fault, decoded


def opened(event: Any) -> tuple[str, Callable[[str], Any]]:
    """Return an event as JSON, and what makes an event of its kind of that; raises `Fault`."""
    if isinstance(event, str):
        return event, str
    if isinstance(event, bytes):
        return decoded(event), str.encode
    if isinstance(event, dict | list):
        return json.dumps(event), json.loads
    if isinstance(getattr(type(event), "model_fields", None), dict):  # of pydantic
        return event.model_dump_json(by_alias=True), partial(_filled, event)
    fields = _fields(event)
    if fields:
        return json.dumps(_values(event)), partial(_filled, event)
    raise Fault("an event is JSON, as text or bytes, a dict, or an object of the recogniser's library")


def has_text(value: Any) -> bool:
    """Return whether somewhere in a value of JSON there is more than one word."""
    level = [value]
    while level:
        one = level.pop()
        if isinstance(one, dict):
            level += one.values()
        elif isinstance(one, list):
            level += one
        elif isinstance(one, str) and " " in one.strip() and any(map(str.isalpha, one)):
            return True
    return False


def _fields(value: Any) -> dict[str, Any] | None:
    """Return the fields of an object of plain data, None for any other value."""
    return vars(value) if hasattr(value, "__dict__") and not callable(value) else None


def _values(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_values(one) for one in value]
    fields = _fields(value)
    return value if fields is None else {key: _values(one) for key, one in fields.items()}


def _filled(like: Any, text: str) -> Any:
    return _made(like, json.loads(text))


def _made(like: Any, value: Any) -> Any:
    """Return a value as an object like another, with nothing of it; what the value has not is None then.

    Of a list that became shorter the elements are like the first ones.
    """
    if isinstance(like, list | tuple) and isinstance(value, list):
        return [_made(like[number], one) for number, one in enumerate(value)]
    fields = _fields(like)
    if fields is None or not isinstance(value, dict):
        return value
    known = getattr(type(like), "model_fields", None)
    if isinstance(known, dict):  # of pydantic, which may be frozen
        names = {key: getattr(known.get(key), "alias", None) or key for key, _ in like}
        return like.model_copy(update={key: _made(one, value.get(names[key])) for key, one in like})
    made = object.__new__(type(like))
    for key, one in fields.items():
        object.__setattr__(made, key, _made(one, value.get(key)))
    return made
