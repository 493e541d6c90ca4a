"""A detector that kills its process at a word: what a fault in compiled code does."""

from __future__ import annotations

import os
import signal

from ccredact import Span
from ccredact.detectors.base import Context, Stateless, Token


class KillingDetector(Stateless):
    """Kills its process at the word "kill"."""

    labels = frozenset({"KILLED"})
    wake = guards = 0
    active = False
    wake_words = frozenset({"kill"})

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        del ctx
        if token.key == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return []
