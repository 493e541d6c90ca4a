"""Copying states, in plain Python and in compiled form, where a class has no `__dict__`."""

from __future__ import annotations

from typing import Any, TypeVar

from ccredact.compiled import mypyc_attr

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


def blank(kind: Any) -> Any:
    """Return an object of a class of ours without attributes: whoever asks gives it all of them before it is used."""
    return _Blank.__new__(kind) if hasattr(kind, "__mypyc_attrs__") else object.__new__(kind)


@mypyc_attr(allow_interpreted_subclasses=True)  # so that the compiler asks the class how its objects are set up
class _Blank:
    """Makes objects of compiled classes, whose own `__new__` calls `__init__`."""

    __slots__ = ()

    def __new__(cls: Any) -> Any:
        return object.__new__(cls)
