"""Copies of the engine's states, in plain Python and in compiled form (where a class has no `__dict__`)."""

from __future__ import annotations

from typing import TypeVar

State = TypeVar("State")


def filled(other: State, state: State) -> State:
    """`other`, a fresh one, with all that the state holds: the caller copies what must not be shared."""
    kind = type(state)
    names = getattr(kind, "__mypyc_attrs__", None) or getattr(kind, "__slots__", None)
    if names is None:
        other.__dict__.update(state.__dict__)
    else:
        for name in names:
            setattr(other, name, getattr(state, name))
    return other
