"""Random calls that shrink: what a generator draws from its `random.Random`, Hypothesis draws, and makes simpler.

A generator takes a `random.Random`. To shrink well it asks for small whole numbers (`chance`, `choice`, `randrange`),
and what it makes of the smallest ones is the simplest.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import example
from hypothesis import strategies as st

from recogniser import chance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import SearchStrategy

__all__ = ["RANDOMS", "chance", "found", "made"]

T = TypeVar("T")
Test = TypeVar("Test", bound="Callable[..., None]")

RANDOMS: SearchStrategy[random.Random] = st.randoms(use_true_random=False)


def made(make: Callable[[random.Random], T]) -> SearchStrategy[T]:
    """Give what a generator makes."""
    return RANDOMS.map(make)


def found(calls: Iterable[Any], **more: Any) -> Callable[[Test], Test]:
    """Try these calls too, each time a property of a `call` and an `rng` is run: something was found in them."""

    def decorate(test: Test) -> Test:
        for call in calls:
            test = example(call=call, rng=random.Random(0), **more)(test)
        return test

    return decorate
