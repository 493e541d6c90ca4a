"""Copying states, in plain Python and in compiled form, where a class has no `__dict__`."""

from __future__ import annotations

from typing import TypeVar

State = TypeVar("State")


def filled(other: State, state: State) -> State:
    """Give `other`, a fresh one, all that the state holds and return it; the caller copies what must not be shared."""
    kind = type(state)
    names = getattr(kind, "__mypyc_attrs__", None) or getattr(kind, "__slots__", None)
    if names is None:
        other.__dict__.update(state.__dict__)
    else:
        for name in names:
            setattr(other, name, getattr(state, name))
    return other
