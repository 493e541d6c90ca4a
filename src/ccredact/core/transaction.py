"""What a push or a close has begun, and what it has found out to do: so that an interruption can be told from an end.

A signal handler that raises, or a lack of memory, may end a push or a close between any two steps. Each is a
transaction, an object that stands in `CallState.transaction` from before the first change until its segments have been
returned. What it finds out to release is first noted as its `outcome`, in one step, and then done; doing it again
changes nothing. So the next push finds an earlier one in one of three states:

- no transaction: it has not begun, or its segments were returned;
- without an outcome: its words are taken, but detectors may have seen them in part, so that their states are in doubt.
  Every word that is not released, and every word from now on, is masked;
- with an outcome: it is done again, and its segments come with those of the next push.
"""

from __future__ import annotations

from ccredact.core.release import Pending, Rest
from ccredact.transcript import Segment, Utterance

Released = list[tuple[int, Segment]]
"""(number of the utterance in the call, segment)."""


class Outcome:
    """What a transaction has found out to do: `segments` are released, utterances move on to what is left of them.

    `kept` are the utterances that wait then, `pushed` the finals taken, `closed` says that the call is over.
    """

    __slots__ = ("closed", "kept", "moves", "pushed", "segments")

    def __init__(
        self,
        segments: Released,
        moves: list[tuple[Pending, Rest]],
        kept: list[Pending],
        pushed: int,
        *,
        closed: bool = False,
    ) -> None:
        self.segments = segments
        self.moves = moves
        self.kept = kept
        self.pushed = pushed
        self.closed = closed


class Transaction:
    """A push or a close that has begun: its final utterance (None: a close), and where the call stood before it.

    `carried` are segments of an interrupted one before it that nobody was given.
    """

    __slots__ = ("carried", "number", "outcome", "start", "utterance")

    def __init__(self, utterance: Utterance | None, number: int, start: int, carried: Released) -> None:
        self.utterance = utterance
        self.number = number
        self.start = start
        self.carried = carried
        self.outcome: Outcome | None = None
