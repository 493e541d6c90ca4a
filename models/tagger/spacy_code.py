"""What `config.cfg` names: `spacy train config.cfg --code tagger/spacy_code.py` reads this file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from tagger.data import LESSONS
from tagger.reader import Material, calls
from tagger.trainer import NetworkTrainer


@registry.readers("ccredact.Calls.v2")
def calls_reader(
    lesson: str,
    generated: str,
    gold: str = "",
    disclosures: str = "",
    leave_out: str = "",
    first: int = 0,
    last: int = 0,
    repeat: int = 1,
) -> Callable[[Language], Iterator[Example]]:
    """`tagger.reader.calls`."""
    return calls(LESSONS[lesson], Material(generated, gold, disclosures, leave_out, first, last, repeat))


@registry.misc("ccredact.Trainer.v2")
def trainer(
    lesson: str, seed: int, drop: float, partly: float, words: float, bits: float, first: str = ""
) -> NetworkTrainer:
    """`tagger.trainer.NetworkTrainer`."""
    return NetworkTrainer(
        lesson=LESSONS[lesson], seed=seed, drop=drop, partly=partly, words=words, bits=bits, first=first
    )


@registry.schedules("ccredact.RiseAndFall.v1")
def rise_and_fall(rate: float, steps: int, risen: float, falls_from: float) -> Iterator[float]:
    """Return a rate that rises until this share of the steps is done, stays, and falls from another one on."""
    for step in count():
        done = step / steps
        yield max(0.0, rate * min(done / risen, 1.0, (1 - done) / (1 - falls_from)))
