"""The training corpus: marks that fit the words, the same calls from the same seed, names spread evenly."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.generate import LABELS, LATER_LABELS, Generator, Options, load_stock
from corpus.names import held_out, held_out_names, load_origins, parts_of, training_origins
from corpus.people import GENERATIONS, LETTERS
from corpus.style import style_names
from corpus.template import Grammar, GrammarError, Piece, Turn, load_grammar
from corpus.utterance import utterances, written
from tagger.data import made_of, redacted

pytestmark = pytest.mark.slow
MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def generator() -> Generator:
    return Generator(Options(seed=11, labels=(*LABELS, *LATER_LABELS)))


@pytest.fixture(scope="module")
def calls(generator: Generator) -> list[dict[str, Any]]:
    return list(generator.calls(1500))


def marked(calls: list[dict[str, Any]], label: str) -> list[str]:
    return [
        turn["text"][entity["start"] : entity["end"]]
        for call in calls
        for turn in call["turns"]
        for entity in turn["entities"]
        if entity["label"] == label
    ]


def test_every_span_covers_whole_words_without_punctuation_at_its_edges(calls: list[dict[str, Any]]) -> None:
    for call in calls:
        for turn in call["turns"]:
            text, end = turn["text"], 0
            for entity in turn["entities"]:
                assert end <= entity["start"] < entity["end"] <= len(text)
                start, end = entity["start"], entity["end"]
                assert text[start].isalnum() or text[start] == "#"
                assert text[end - 1].isalnum()
                assert not text[:start][-1:].isalnum()
                assert not text[end:][:1].isalnum()


def test_labels_are_known_and_each_is_used() -> None:
    calls = Generator(Options(seed=11, labels=(*LABELS, *LATER_LABELS), telling=0.5)).calls(800)
    used = Counter(entity["label"] for call in calls for turn in call["turns"] for entity in turn["entities"])
    assert set(used) == {*LABELS, *LATER_LABELS}
    assert min(used.values()) > 20


def test_only_the_labels_asked_for_are_marked() -> None:
    found = Generator(Options(seed=11, labels=("POSTCODE",))).calls(200)
    assert {entity["label"] for call in found for turn in call["turns"] for entity in turn["entities"]} == {"POSTCODE"}


def test_turns_have_text_and_a_speaker(calls: list[dict[str, Any]]) -> None:
    for call in calls:
        assert 1 <= len(call["turns"]) <= 40
        for turn in call["turns"]:
            assert turn["text"].strip()
            assert turn["text"] == " ".join(turn["text"].split())
            assert turn["speaker"] in {"agent", "customer"}


def test_the_same_seed_gives_the_same_calls_whatever_was_made_before(calls: list[dict[str, Any]]) -> None:
    again = Generator(Options(seed=11, labels=(*LABELS, *LATER_LABELS)))
    assert list(again.calls(20, first=100)) == calls[100:120]
    assert list(Generator(Options(seed=12)).calls(5)) != list(Generator(Options(seed=11)).calls(5))


def test_the_same_calls_from_another_process(tmp_path: Path) -> None:
    # sets and hashes differ between processes; the corpus must not
    made = []
    for hash_seed in ("1", "2"):
        out = tmp_path / f"{hash_seed}.jsonl"
        subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-m", "corpus", "--calls", "40", "--seed", "3", "-o", str(out)],
            cwd=MODELS,
            env={"PYTHONHASHSEED": hash_seed},
            check=True,
        )
        made.append(out.read_text(encoding="utf-8"))
    assert made[0] == made[1]
    assert [json.loads(line)["id"] for line in made[0].splitlines()][:2] == ["made-3-0", "made-3-1"]


def test_most_turns_have_no_entity_of_the_usual_labels(calls: list[dict[str, Any]]) -> None:
    turns = [turn for call in calls for turn in call["turns"]]
    bare = sum(not any(entity["label"] in LABELS for entity in turn["entities"]) for turn in turns)
    assert 0.6 <= bare / len(turns) <= 0.75


def test_every_style_and_side_occurs(calls: list[dict[str, Any]]) -> None:
    assert {call["style"] for call in calls} == set(style_names())
    sides = Counter(frozenset(turn["speaker"] for turn in call["turns"]) for call in calls)
    assert 0.35 <= sides[frozenset({"agent", "customer"})] / len(calls) <= 0.65
    assert sides[frozenset({"customer"})] > sides[frozenset({"agent"})] > 0


def test_origins_are_many_and_evenly_drawn() -> None:
    stock = load_stock(Options())
    origins = stock.pool.origins
    assert len(origins) >= 10
    assert all(len(origin.female) + len(origin.male) >= 150 for origin in origins)
    assert all(len(origin.family) >= 120 for origin in origins)
    rng = Random(5)
    people = [stock.pool.person(rng) for _ in range(20000)]
    drawn = Counter(name for person in people for name in parts_of(person.family))
    assert len(drawn) > 8000
    # no name may stand for its origin: the tagger is to learn where names occur
    assert max(drawn.values()) < len(people) / 200
    assert 0.47 < sum(person.gender == "f" for person in people) / len(people) < 0.53
    for origin in origins:
        own = {part for name in origin.family for part in parts_of(name)}
        assert sum(drawn[part] for part in own) > len(people) / len(origins) / 2


def test_a_sixth_of_the_names_exists_nowhere() -> None:
    stock = load_stock(Options())
    known = {name for origin in load_origins() for name in (*origin.female, *origin.male)}
    known |= {*stock.pool.words_as_given}
    rng = Random(6)
    unknown = sum(stock.pool.person(rng).given not in known for _ in range(5000))
    assert 0.13 <= unknown / 5000 <= 0.21


def test_a_tenth_of_every_origin_is_held_out_and_none_of_it_is_in_training() -> None:
    kept_back = held_out_names()
    everything = {origin.name: origin for origin in load_origins()}
    for origin in training_origins():
        held = kept_back[origin.name]
        whole = everything[origin.name]
        assert not any(held_out(name) for name in (*origin.female, *origin.male, *origin.family))
        assert set(origin.family) | set(held.family) == set(whole.family)
        assert 0.03 < len(held.family) / len(whole.family) < 0.2
        assert held.female
        assert held.male


def test_no_held_out_name_is_spoken() -> None:
    # In the style without any errors: an error may turn a name into any other.
    generator = Generator(Options(seed=21, styles=("typed",)))
    plain = [name for name in marked(list(generator.calls(1200)), "PERSON") if not re.search(r"\b\w\b", name)]
    assert len(plain) > 2000
    spoken = {part for name in plain for part in parts_of(name)} - {name.lower() for name in GENERATIONS}
    assert not {part for part in spoken if held_out(part)}


def test_titles_and_letters_are_no_part_of_a_name(calls: list[dict[str, Any]]) -> None:
    titles = re.compile(r"(mr|mrs|ms|miss|dr|mister|madam|sir)\.? \w", re.IGNORECASE)
    letters = {letter for letter in LETTERS if len(letter) > 2 and letter.isupper()}
    people = marked(calls, "PERSON")
    assert not [name for name in people if titles.match(name)]
    assert not [name for name in people if len(name.split()) > 2 and name.split()[-1].strip(",.") in letters]
    assert sum(letter in turn["text"].split() for call in calls for turn in call["turns"] for letter in letters) > 5


def test_an_everyday_word_is_a_name_where_it_is_told(calls: list[dict[str, Any]]) -> None:
    nouns = {word for word in load_stock(Options()).words["noun"] if word.isalpha()}
    told = [name for name in marked(calls, "PERSON") if name.lower() in nouns]
    assert len(told) > 30


def test_names_of_the_callers_own_choice_are_left_out() -> None:
    origins = training_origins(excluded=("Okafor", "maria"))
    assert not any("okafor" in parts_of(name) for origin in origins for name in origin.family)
    assert not any("maria" in parts_of(name) for origin in origins for name in origin.female)


def test_a_name_keeps_its_span_without_the_comma_or_the_possessive() -> None:
    pieces = (
        Turn("agent"),
        Piece("it's "),
        Piece("Ann Lee", "PERSON"),
        Piece("'s account, "),
        Piece("Leeds", "LOCATION"),
        Piece("."),
    )
    [turn] = utterances(pieces)
    text, spans = written(turn.words)
    assert text == "it's Ann Lee's account, Leeds."
    assert [(text[span.start : span.end], span.label) for span in spans] == [
        ("Ann Lee", "PERSON"),
        ("Leeds", "LOCATION"),
    ]


def test_every_slot_of_the_grammar_can_be_filled(generator: Generator) -> None:
    from corpus.slots import CallSlots  # noqa: PLC0415  # beside its only use

    for figures in (True, False):
        slots = CallSlots(generator.stock, Random(1), figures=figures, speech=not figures)
        for name in sorted(load_grammar().slots()):
            for _ in range(20):
                assert all(piece.text for piece in slots.fill(name)), name


@pytest.mark.parametrize("line", ["(open", "a|b", "shut)", "<"])
def test_a_broken_production_is_refused(line: str) -> None:
    with pytest.raises(GrammarError):
        Grammar.read({"case.txt": f"@start\n{line}\n"})


def test_a_symbol_without_production_is_refused() -> None:
    with pytest.raises(GrammarError, match="nowhere"):
        Grammar.read({"case.txt": "@start\n<nowhere>\n"})


def test_a_redacted_call_has_labels_in_the_place_of_its_entities() -> None:
    said = "anna lee lives at 4 elm road"
    spans = [{"start": 0, "end": 8, "label": "PERSON"}, {"start": 18, "end": 28, "label": "STREET_ADDRESS"}]
    data = {"id": "1", "turns": [{"speaker": "a", "text": said, "entities": spans}]}
    whole = made_of(data, family="", whole=frozenset({"PERSON", "STREET_ADDRESS"}))
    words = redacted(whole.words)
    assert [word.form for word in words] == ["PERSON]", "lives", "at", "STREET_", "ADDRESS]"]
    assert {word.label for word in words} == {""}  # a label names nobody
    assert [word.form for word in redacted(whole.words, "<{}>")] == ["PERSON>", "lives", "at", "STREET_", "ADDRESS>"]
    assert [word.form for word in redacted(whole.words, "XXXX")] == ["XXXX", "lives", "at", "XXXX"]
