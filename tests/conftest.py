"""How thorough a run is: the one place that says it. README.md has what the profiles give and how long they take.

`quick` is for every run and the same each time; `thorough` is for before a release, and other each time:
`--hypothesis-profile=thorough`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK: Final = 100
THOROUGH: Final = 50_000

_SLOW_IS_FINE: Final = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "quick", max_examples=QUICK, deadline=None, derandomize=True, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "thorough", max_examples=THOROUGH, deadline=None, print_blob=True, suppress_health_check=_SLOW_IS_FINE
)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def examples() -> int:
    """How many examples a property gets: for tests that count how often something happens in so many calls."""
    return settings().max_examples


@pytest.fixture(scope="session")
def thorough(examples: int) -> bool:
    """Whether sizes go as far as they can."""
    return examples >= THOROUGH


@pytest.fixture
def silence(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing is logged at any level, and nothing printed, while the test runs."""
    caplog.set_level(logging.DEBUG)
    yield
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
