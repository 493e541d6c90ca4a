"""Other weights than the shipped ones: by path, in a pipeline that spaCy wrote, made by a trainer."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.training import Example

from ccredact import ModelError, PolicyError, Redactor
from ccredact.tagger import architecture as arch
from ccredact.tagger.weights import shipped_bytes

TEXT = "this is Ada Obi and I am here with Priya Obi"


def everything_is(label: str) -> bytes:
    """The shipped weights, but that every word that may hold an entity is one of this label."""
    arrays = dict(np.load(BytesIO(shipped_bytes())))
    bias = np.full(len(arch.TAGS), -(2**20), np.int32)
    bias[arch.tag_number("U", label)] = 2**20
    file = BytesIO()
    np.savez(file, allow_pickle=False, **{**arrays, "tell_bias": bias})
    return file.getvalue()


def labels(redactor: Redactor) -> set[str]:
    return {entity.label for entity in redactor.redact(TEXT).entities}


def test_a_redactor_runs_the_weights_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "w.npz").write_bytes(everything_is("LOCATION"))
    assert labels(Redactor()) == {"PERSON"}
    other = Redactor(tagger=tmp_path / "w.npz")
    assert labels(other) == {"LOCATION"}
    again: Redactor = pickle.loads(pickle.dumps(other))  # noqa: S301
    assert labels(again) == {"LOCATION"}
    assert labels(Redactor(tagger=False)) == set()


def changed(**arrays: Any) -> bytes:
    """The shipped weights with other arrays."""
    file = BytesIO()
    np.savez(file, allow_pickle=False, **(dict(np.load(BytesIO(shipped_bytes()))) | arrays))
    return file.getvalue()


BROKEN = {
    "missing": None,
    "garbage": b"no weights",
    "empty": b"",
    "cut": shipped_bytes()[:-100],
    "another shape": changed(tell=np.zeros((1, 1), np.int8)),
    "a short lexicon": changed(known_bits=np.zeros(3, np.uint16)),
    "floats": changed(read_bias=np.zeros(64)),
}


@pytest.mark.parametrize("made", BROKEN.values(), ids=BROKEN)
def test_weights_that_cannot_be_read_are_an_error(tmp_path: Path, made: bytes | None) -> None:
    if made is not None:
        (tmp_path / "w.npz").write_bytes(made)
    with pytest.raises(ModelError):
        Redactor(tagger=str(tmp_path / "w.npz"))


@pytest.mark.parametrize("wrong", [None, "", 0, 3, b"weights"])
def test_what_is_no_path_never_switches_the_tagger_off(wrong: Any) -> None:
    with pytest.raises(PolicyError):
        Redactor(tagger=wrong)


class OneStep:
    """A trainer that knows two sets of weights: before its step, and after it."""

    def __init__(self) -> None:
        self.model: Any = object()
        self.seen: list[str] = []
        self.steps = 0

    def initialize(self, get_examples: Callable[[], Iterable[Example]]) -> None:
        self.seen = [example.reference.text for example in get_examples()]

    def update(self, examples: Iterable[Example]) -> float:
        return float(len(list(examples)))

    def finish_update(self, sgd: Any) -> None:
        self.steps += sgd == "adam"

    def data(self) -> bytes:
        return everything_is("LOCATION" if self.steps else "POSTCODE")


@pytest.mark.extras
def test_spacy_trains_the_component_that_has_a_trainer(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    tagger: Any = nlp.add_pipe("ccredact_tagger")
    examples = [Example.from_dict(nlp.make_doc(TEXT), {})]
    assert not tagger.is_trainable
    assert tagger.update(examples) == {}
    trainer = OneStep()
    tagger.initialize(lambda: examples, nlp=nlp, trainer=trainer)
    assert tagger.is_trainable
    assert trainer.seen == [TEXT]
    assert {entity.label_ for entity in nlp(TEXT).ents} == {"POSTCODE"}
    assert tagger.update(examples, drop=0.1, sgd=None, losses={"ccredact_tagger": 1.0}) == {"ccredact_tagger": 2.0}
    tagger.finish_update("adam")
    nlp.to_disk(tmp_path)
    assert {entity.label_ for entity in spacy.load(tmp_path)(TEXT).ents} == {"LOCATION"}
    assert labels(Redactor(tagger=tmp_path)) == {"LOCATION"}
