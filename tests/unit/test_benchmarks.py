"""The benchmarks: their gold set is what it says, their scorer counts right, and the scripts run."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
UNITS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        range(10),
        strict=True,
    )
) | {
    "oh": 0,
    "nought": 0,
    "to": 2,
    "too": 2,
    "for": 4,
    "ate": 8,
    "won": 1,
}
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CHANGED = {"corrected", "misheard", "misread"}


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    names = ("callgen.answers", "callgen.build", "callgen.cards", "callgen.cut", "callgen.marks", "callgen.values",
             "callgen.wording", "calls", "score", "gold", "leak", "name_leak", "by_entity", "heard",
             "accuracy", "ours", "throughput", "table_speed", "latency", "interims", "live_calls",
             "held", "long_call", "sessions", "peers_engines", "recut",
             "archive", "archive_calls", "archive_memory", "archive_peers")  # fmt: skip
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def told(bench: dict[str, ModuleType]) -> list[dict[str, Any]]:
    build = bench["callgen.build"]
    return list(build.gold_calls(500, 5, build.Plan()))


@pytest.fixture(scope="module")
def gold(bench: dict[str, ModuleType]) -> list[dict[str, Any]]:
    return list(bench["callgen.build"].gold_calls(150, 3))


def heard(text: str) -> str:
    """Read the digits out of a span, by rules that share nothing with the generator."""
    digits, times = "", 1
    for word in re.findall(r"[a-z]+|\d", text.lower()):
        if word in {"double", "triple"}:
            times = 2 if word == "double" else 3
        elif word in {"hundred", "thousand"}:
            digits += "00" if word == "hundred" else "000"
        elif word in TENS:
            digits += f"{TENS.index(word) + 2}?"
        elif word in TEENS:
            digits += str(10 + TEENS.index(word))
        elif word.isdigit() or word in UNITS:
            unit = word if word.isdigit() else str(UNITS[word])
            digits = digits[:-1] + unit if digits.endswith("?") and unit != "0" else digits + unit * times
            times = 1
    return re.sub(r"\?", "0", digits)


def spelled(text: str, tags: list[str]) -> str:
    """Read digits and letters out of a span: "b as in boy double four", "bravo", "B44"."""
    if tags[0].startswith("typed"):
        return re.sub(r"\W", "", text).upper()
    said = re.sub(r"\b([a-z]) (?:as in|for|like) \1[\w-]*", r"\1", text.lower())
    out, digits = "", ""
    for word in re.findall(r"x-ray|[a-z]+", said):
        if word in {*UNITS, *TEENS, *TENS, "double", "triple", "hundred", "thousand"}:
            digits += f" {word}"
        else:
            out, digits = out + heard(digits) + word[0].upper(), ""
    return out + heard(digits)


def spans(call: dict[str, Any]) -> Iterator[tuple[str, str, set[str], str]]:
    for turn in call["turns"]:
        for entity in turn["entities"]:
            text = turn["text"][entity["start"] : entity["end"]]
            yield turn["speaker"], entity["label"], set(entity["tags"]), text


def test_the_same_seed_gives_the_same_calls_however_many(bench: dict[str, ModuleType]) -> None:
    build = bench["callgen.build"]
    ten = list(build.gold_calls(10, 7))
    assert ten == list(build.gold_calls(30, 7))[:10]
    assert ten[9] == build.gold_call(7, 9)
    assert [call["turns"] for call in ten] != [call["turns"] for call in build.gold_calls(10, 8)]


def test_the_written_set_is_the_same_bytes(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    for name in ("a", "b"):
        bench["calls"].main(["--out", str(tmp_path / name), "--calls", "5", "--seed", "7", "--json"])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    first = json.loads((tmp_path / "a").read_text(encoding="utf-8").splitlines()[0])
    assert {"id", "source", "license", "exhaustive", "turns"} <= set(first)


def test_answers_are_the_same_whatever_the_hash_seed_and_the_count(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    build = bench["callgen.build"]
    for seed in ("1", "2"):
        command = [sys.executable, str(BENCHMARKS / "calls.py"), "--out", str(tmp_path / seed), "--calls", "12"]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own script
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    plan = build.Plan(half="seen")
    calls = list(build.gold_calls(12, 7, plan))
    assert calls == bench["gold"].read_calls(tmp_path / "1")
    assert calls[9] == build.gold_call(7, 9, plan) != build.gold_call(8, 9, plan)


def test_every_kind_is_told_in_every_form(bench: dict[str, ModuleType], told: list[dict[str, Any]]) -> None:
    values, copies = bench["callgen.values"], bench["callgen.answers"].COPIES
    seen: dict[str, set[str]] = {}
    tags: set[str] = set()
    for call in told:
        for turn in call["turns"]:
            for entity in turn["entities"]:
                tags |= set(entity["tags"])
                if entity["answer"]:
                    assert entity["label"] == values.KINDS[entity["kind"]].label
                    seen.setdefault(entity["kind"], set()).update(entity["tags"])
    assert set(seen) == set(values.KINDS)
    assert {form for forms in seen.values() for form in forms} >= {*values.FORMS, "asked", "announced", "told"}
    assert tags >= {*copies, *bench["callgen.answers"].DISTANCES, "misread", "taken back", "put right", "homophones"}
    assert {"pin", "phone", "ssn"} <= {kind for kind, forms in seen.items() if len(forms & set(values.FORMS)) > 5}


def test_the_gold_of_an_answer_is_the_answer(bench: dict[str, ModuleType], told: list[dict[str, Any]]) -> None:
    kinds, copies, checked, again = bench["callgen.values"].KINDS, bench["callgen.answers"].COPIES, set(), 0
    changed = {"corrected", "taken back", "put right", "misheard", "abandoned", "fillers", "pairs and hundreds"}
    for call in told:
        parts: dict[int, list[tuple[str, list[str]]]] = {}
        for turn in call["turns"]:
            for entity in turn["entities"]:
                if not (copies - {"said again"}).intersection(entity["tags"]):
                    text = turn["text"][entity["start"] : entity["end"]]
                    parts.setdefault(entity["answer"], []).append((text, entity["tags"]))
        for planted in call["planted"]:
            for number in (planted["answer"], planted["answer"] + 100):
                spans = parts.get(number, [])
                if not kinds[planted["kind"]].spelled or any(changed.intersection(tags) for _, tags in spans):
                    continue
                if spans:
                    assert "".join(spelled(text, tags) for text, tags in spans) == planted["text"]
                    checked.add((planted["kind"], spans[0][1][1]))
                    again += number > 100
    assert {form for _, form in checked} == {"one_piece", "pieces", "read_back", "again", "tail", "said again"}
    assert len({kind for kind, _ in checked}) == sum(kind.spelled for kind in kinds.values())
    assert again > 20


def test_spans_are_apart_and_hold_no_words_of_the_frame(told: list[dict[str, Any]]) -> None:
    for call in told:
        for turn in call["turns"]:
            text = turn["text"]
            marks = sorted((one["start"], one["end"]) for one in turn["entities"] + turn["decoys"])
            assert all(0 <= start < end <= len(text) for start, end in marks)
            assert all(a[1] <= b[0] for a, b in pairwise(marks))
            assert all(text[start].isalnum() and text[end - 1].isalnum() for start, end in marks)
            outside = list(text)
            for start, end in marks:
                outside[start:end] = "#" * (end - start)
            names = re.sub(r"cvv2|ipv4|p60", "", "".join(outside).lower())
            assert not re.search(r"\d|[{}<>|]", names), text


def test_the_halves_share_no_phrase_and_every_kind_has_its_wording(bench: dict[str, ModuleType]) -> None:
    words = bench["callgen.wording"]
    seen, unseen, every = (words.wording(half) for half in ("seen", "unseen", "all"))
    phrases = [{words.plain(one) for section in half for one in half[section]} - {""} for half in (seen, unseen)]
    assert not phrases[0] & phrases[1]
    assert 0.45 < len(phrases[0]) / len(phrases[0] | phrases[1]) < 0.55
    for section in every:
        assert sorted({*seen[section], *unseen[section]}) == sorted(set(every[section]))
        assert min(len(seen[section]), len(unseen[section])) >= len(every[section]) // 4

    def count(kind: str, what: str) -> int:
        return len(
            {words.plain(one) for section in every if section.startswith(f"{kind} {what}") for one in every[section]}
        )

    for kind in bench["callgen.values"].KINDS:
        assert count(kind, "ask") >= 25
        assert count(kind, "announce") >= 10
        assert count(kind, "correct") >= 10
    assert len(every["ack"]) >= 20


def test_what_is_said_is_of_its_half(bench: dict[str, ModuleType]) -> None:
    build, words = bench["callgen.build"], bench["callgen.wording"]
    asked = {words.plain(one) for one in words.wording("seen")["pin ask"]}
    other = {words.plain(one) for one in words.wording("unseen")["pin ask"]}
    said: set[str] = set()
    for call in build.gold_calls(100, 2, build.Plan(kinds=("pin",), half="seen")):
        said |= {words.plain(turn["text"]) for turn in call["turns"]}
    assert asked <= said
    assert not other & said


def test_a_year_that_was_a_pin_is_a_decoy(bench: dict[str, ModuleType]) -> None:
    build = bench["callgen.build"]
    calls = build.gold_calls(150, 2, build.Plan(kinds=("pin", "last_four"), forms=("again",)))
    turns = [turn for call in calls for turn in call["turns"]]
    assert any(one["kind"] == "everyday_year" for turn in turns for one in turn["decoys"])
    assert any("said again" in one["tags"] for turn in turns for one in turn["entities"])


@pytest.mark.parametrize(
    ("digits", "said", "pieces"),
    [
        ("415", "four fifteen", ["4", "15"]),
        ("900", "nine hundred", ["900"]),
        ("405", "four oh five", ["4", "05"]),
        ("1900", "nineteen hundred", ["1900"]),
        ("2000", "two thousand", ["2000"]),
        ("07700", "oh seventy seven hundred", ["0", "7700"]),
        ("42", "forty two", ["42"]),
        ("7", "seven", ["7"]),
    ],
)
def test_groups_are_said_and_cut_in_pairs_and_hundreds(
    bench: dict[str, ModuleType], digits: str, said: str, pieces: list[str]
) -> None:
    says = importlib.import_module("callgen.says")
    assert bench["callgen.values"].says is says
    assert says.in_groups(digits, "oh") == said
    assert says.in_one_go(digits, "pairs and hundreds") == pieces
    assert " ".join(says.in_groups(piece, "oh") for piece in pieces) == said


def test_a_call_breaks_off_inside_an_answer(bench: dict[str, ModuleType], told: list[dict[str, Any]]) -> None:
    inside = 0
    for call in told:
        cut = bench["callgen.cut"].broken_off(call)
        whole, last = call["turns"][len(cut["turns"]) - 1], cut["turns"][-1]
        assert cut["turns"][:-1] == call["turns"][: len(cut["turns"]) - 1]
        assert whole["text"].startswith(last["text"])
        entity = last["entities"][-1]
        assert (entity["answer"], entity["end"]) == (cut["cut"], len(last["text"]))
        inside += whole["entities"][len(last["entities"]) - 1]["end"] > entity["end"]
    assert 50 < inside < 450


def test_a_card_span_says_the_planted_number(gold: list[dict[str, Any]]) -> None:
    seen = 0
    for call in gold:
        numbers = [card["number"] for card in call["planted"]]
        for _, label, tags, text in spans(call):
            if label == "CARD_NUMBER":
                said = heard(text)
                assert said, (text, call["id"])
                assert tags & CHANGED or any(said in number for number in numbers), (text, numbers)
                seen += 1
    assert seen > 150


def test_what_the_customer_reads_is_the_whole_number(gold: list[dict[str, Any]]) -> None:
    seen = 0
    for call in gold:
        read = [
            (tags, heard(text))
            for speaker, label, tags, text in spans(call)
            if label == "CARD_NUMBER" and speaker == "customer" and "read back" not in tags
        ]
        odd = CHANGED | {"restarted", "abandoned", "last four"}
        if len(call["planted"]) == 1 and read and not any(tags & odd for tags, _ in read):
            assert "".join(digits for _, digits in read) == call["planted"][0]["number"]
            seen += 1
    assert seen > 40


def test_codes_and_dates_are_the_planted_ones(gold: list[dict[str, Any]]) -> None:
    for call in gold:
        codes = {card["code"] for card in call["planted"]}
        for _, label, _, text in spans(call):
            if label == "CVV":
                assert heard(text) in codes
            if label == "CARD_EXPIRY":
                assert len(heard(text)) >= 2


def test_no_planted_number_stands_outside_the_marks(gold: list[dict[str, Any]]) -> None:
    for call in gold:
        rest = ""
        for turn in call["turns"]:
            text = list(turn["text"])
            for entity in turn["entities"]:
                text[entity["start"] : entity["end"]] = "#" * (entity["end"] - entity["start"])
            rest += "".join(text) + "\n"
        plain = re.sub(r"[ ,-]", "", rest)
        assert not any(card["number"] in plain for card in call["planted"])


def test_the_numbers_are_valid_and_the_decoys_are_not_cards(
    bench: dict[str, ModuleType], gold: list[dict[str, Any]]
) -> None:
    luhn = bench["callgen.cards"].luhn
    assert all(map(luhn, ("4242424242424242", "5555555555554444", "378282246310005", "30569309025904")))
    assert not luhn("4242424242424241")
    assert all(luhn(card["number"]) for call in gold for card in call["planted"])
    for call in gold:
        for turn in call["turns"]:
            for decoy in turn["decoys"]:
                if decoy["kind"] in {"parcel", "loyalty", "epoch"}:
                    text = turn["text"][decoy["start"] : decoy["end"]]
                    assert not (text.isdigit() and luhn(text))


@pytest.mark.parametrize(
    "bad",
    [
        "<CARD_NUMBER|x|4111",
        "4111|x>",
        "<CARD_NUMBER|4111>",
        "<CARD_NUMBER|x|>",
        "<CARD_NUMBER|x| 4111>",
        "<CARD_NUMBER|x|4111,>",
        "<CARD_NUMBR|x|4111>",
        "<Card|x|4111>",
        "<CARD_NUMBER|x|41<CVV|x|1>11>",
    ],
)
def test_a_bad_mark_raises(bench: dict[str, ModuleType], bad: str) -> None:
    marks = bench["callgen.marks"]
    with pytest.raises(marks.MarkError):
        marks.turn("customer", f"it's {bad} okay", marks.STYLES[0])


def test_a_mark_survives_the_recogniser_style(bench: dict[str, ModuleType]) -> None:
    marks = bench["callgen.marks"]
    turn = marks.turn("customer", "Okay, it's <CVV|x|One, two, three>, and that's all.", marks.STYLES[0])
    assert turn["text"] == "okay it's one two three and that's all"
    (entity,) = turn["entities"]
    assert turn["text"][entity["start"] : entity["end"]] == "one two three"


def test_a_perfect_prediction_leaks_nothing_and_an_empty_one_everything(
    bench: dict[str, ModuleType], gold: list[dict[str, Any]]
) -> None:
    by_id, evaluate = bench["gold"].by_id, bench["calls"].evaluate
    nothing = [{"id": call["id"], "turns": [{"entities": []} for _ in call["turns"]]} for call in gold]
    perfect = bench["score"].score(by_id(gold), by_id(gold))
    empty = bench["score"].score(by_id(gold), by_id(nothing))
    assert {row["leak"] for row in perfect["labels"].values()} == {0.0}
    assert {row["missed"] for row in perfect["labels"].values()} == {0.0}
    assert {row["leak"] for row in empty["labels"].values()} == {1.0}
    assert perfect["hidden"] == empty["hidden"] == 0.0
    assert {row["leak"] for row in evaluate(gold, gold)["forms"].values()} == {0.0}
    assert {row["hidden"] for row in evaluate(gold, gold)["decoys"].values()} == {0.0}
    assert {row["leak"] for row in evaluate(gold, nothing)["forms"].values()} == {1.0}


def test_what_is_left_of_answers_is_counted(bench: dict[str, ModuleType], told: list[dict[str, Any]]) -> None:
    calls = bench["calls"]
    own = {"CARD_NUMBER": "CREDIT_CARD", "CARD_EXPIRY": "CREDIT_CARD_EXPIRY", "CVV": "CREDIT_CARD_CVV"}

    def predicted(name: Callable[[str], str | None]) -> list[dict[str, Any]]:
        return [
            {"id": call["id"], "turns": [{"entities": [
                {**one, "label": name(one["label"])} for one in turn["entities"] if name(one["label"])
            ]} for turn in call["turns"]]} for call in told
        ]  # fmt: skip

    shares = ("leak", "missed", "left whole", "other label", "other group", "other words")
    perfect = calls.evaluate(told, predicted(lambda label: own.get(label, label)))
    assert {row[share] for row in perfect["kinds"].values() for share in shares} == {0.0}
    nothing = calls.evaluate(told, predicted(lambda _: None))
    assert nothing["kinds"]["ALL"] | {"entities": 0, "answers": 0} == {
        "entities": 0, "answers": 0, "leak": 1.0, "missed": 1.0, "left whole": 1.0,
        "other label": 0.0, "other group": 0.0, "other words": 0.0,
    }  # fmt: skip
    assert nothing["kinds"]["ALL"]["answers"] >= sum(len(call["planted"]) for call in told)
    wrong = calls.evaluate(told, predicted(lambda _: "PIN"))["kinds"]
    assert (wrong["pin"]["other label"], wrong["cvv"]["other label"], wrong["cvv"]["other group"]) == (0.0, 1.0, 0.0)
    assert wrong["phone"]["other group"] == 1.0


def test_other_words_are_counted_where_an_answer_is_told(bench: dict[str, ModuleType]) -> None:
    turns: list[dict[str, Any]] = [
        {"text": "your pin", "entities": [], "decoys": [], "about": "pin"},
        {"text": "it is 4417 okay", "about": "pin", "decoys": [],
         "entities": [{"start": 6, "end": 10, "label": "PIN", "kind": "pin", "answer": 1, "tags": ["one_piece"]}]},
        {"text": "nice day", "entities": [], "decoys": [{"start": 5, "end": 8, "kind": "day"}], "about": "talk"},
    ]  # fmt: skip
    found = [[], [{"start": 3, "end": 8, "label": "PIN"}], [{"start": 5, "end": 8, "label": "DATE_TIME"}]]
    guess = {"id": "1", "turns": [{"entities": one} for one in found]}
    report = bench["calls"].evaluate([{"id": "1", "turns": turns}], [guess])
    row = report["kinds"]["pin"]
    assert (row["leak"], row["missed"], row["left whole"], row["other words"]) == (0.5, 1.0, 0.0, 0.2)
    assert report["kinds"]["talk"]["other words"] == 0.5
    assert report["decoys"]["day"] == {"said": 1, "hidden": 1.0}
    assert [(one["kind"], one["start"]) for one in report["misses"]] == [("pin", 6)]
    turns[1]["entities"] += [{**turns[1]["entities"][0], "start": 11, "end": 15}]
    turns[0]["decoys"] += [{"start": 0, "end": 4, "kind": "neutral"}]
    report = bench["calls"].evaluate([{"id": "1", "turns": turns}], [guess])
    assert (report["kinds"]["pin"]["other words"], set(report["decoys"])) == (1 / 3, {"day"})
    (call,) = bench["calls"].as_hidden_by([{"id": "1", "turns": turns}], lambda label: label != "PIN")
    assert call["turns"][1]["entities"] == []
    assert call["turns"][1]["decoys"][0]["kind"] == "pin"


@pytest.mark.parametrize(
    "options",
    [
        ["--kinds", "pin,phone", "--forms", "pieces,tail", "--half", "unseen"],
        ["--cut", "--half", "all"],
        ["--again", "--speakers", "none"],
        ["--policy", "pci"],
    ],
)
def test_the_options_of_the_answers_run(
    bench: dict[str, ModuleType], capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    bench["calls"].main(["--calls", "6", "--json", *options])
    report = json.loads(capsys.readouterr().out)
    kinds = set(report["kinds"]) - {"ALL", "talk", "name_aside"}
    assert kinds <= set(bench["callgen.values"].KINDS)
    assert report["kinds"]["ALL"]["entities"] > 0
    if "--kinds" in options:
        assert kinds == {"pin", "phone"}
        assert set(report["forms"]) >= {"pieces", "tail"}
    if "--again" in options:
        assert set(report["forms"]) & {"pieces", "said again"} == {"said again"}
        assert report["kinds"]["ALL"]["answers"] == report["forms"]["said again"]["answers"] > 0
    if "--policy" in options:
        assert "name_aside" in report["decoys"]
        assert "phone" not in kinds


@pytest.mark.parametrize(
    "options",
    [
        ["--half", "unseen", "--misses", "3"],
        ["--scene", "payments", "--cut"],
        ["--kinds", "pins"],
        ["--kinds", "age", "--forms", "tail"],
    ],
)
def test_what_cannot_be_is_refused(bench: dict[str, ModuleType], options: list[str]) -> None:
    with pytest.raises(SystemExit):
        bench["calls"].main(["--calls", "1", *options])


def test_the_share_of_wording_in_a_phrase_file_is_told(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("[PIN]\n# what's your pin\nWhat's your PIN\n~sort code\n", encoding="utf-8")
    bench["calls"].main(["--verbatim", str(phrases), "--json"])
    report = json.loads(capsys.readouterr().out)
    same = [report[f"{half}, ask"]["verbatim"] * report[f"{half}, ask"]["phrases"] for half in ("seen", "unseen")]
    around = [report[f"{half}, all"]["around one"] * report[f"{half}, all"]["phrases"] for half in ("seen", "unseen")]
    assert round(sum(same)) == 1
    assert round(sum(around)) > 30


def test_leak_counts_what_an_empty_prediction_leaves(bench: dict[str, ModuleType], gold: list[dict[str, Any]]) -> None:
    nothing = [{"id": call["id"], "turns": [{"entities": []} for _ in call["turns"]]} for call in gold]
    cards = [one for call in gold for one in spans(call) if one[1] != "CVV"]
    row = bench["leak"].counts(gold, nothing, {"card"})
    assert row["entities"] == row["missed"]["hits"] == len(cards)
    assert row["leak"]["hits"] == row["leak"]["of"] == sum(sum(map(str.isalnum, one[3])) for one in cards)
    assert row["hidden"]["hits"] == 0


def test_leak_runs_end_to_end(bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    bench["calls"].write(list(bench["callgen.build"].gold_calls(3, 7)), folder / "generated.jsonl")
    kept = tmp_path / "kept"
    bench["leak"].main([str(folder), "--groups", "card,secret", "--policy", "pci", "--json", "--keep", str(kept)])
    row = json.loads(capsys.readouterr().out)["generated"]
    assert (row["source"], row["license"], row["calls"]) == ("generated", "Apache-2.0", 3)
    assert 0 <= row["leak"]["low"] <= row["leak"]["share"] <= row["leak"]["high"] <= 1
    assert len(bench["gold"].read_calls(kept / "generated.jsonl")) == 3
    bench["leak"].main([str(folder / "generated.jsonl")])
    assert "Apache-2.0" in capsys.readouterr().out


CALL = {"id": "1", "source": "s", "license": "l", "turns": [
    {"speaker": "agent", "text": "your pin and your date of birth", "entities": [], "synthetic": True},
    {"speaker": "caller", "text": "it's 4417 and the plates are blue ada", "entities": [
        {"start": 5, "end": 9, "label": "PIN", "said": "four four one seven"},
        {"start": 14, "end": 24, "label": "SSN", "said": "the plates"},
        {"start": 29, "end": 33, "label": "MONEY", "said": "blue"},
        {"start": 34, "end": 37, "label": "PERSON", "said": "ada", "doubt": True},
    ]},
]}  # fmt: skip
"""A PIN that is hidden, words that are not, a label that is soft, and a mark that is doubtful."""


def test_by_entity_counts_what_ccredact_looks_for(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("star_bank", "spoken_star_bank", "multidogo_media"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(CALL), encoding="utf-8")
    bench["by_entity"].main([str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)
    real = {row[0]: row[1:] for row in found["real"][1:]}
    assert real["`PIN`"] == ["2", "0.0 % (0.0-65.8)", "0.0 % (0.0-65.8)", "0.0 % (0.0-65.8)"]
    assert real["`US_SSN`"] == ["2", "100.0 % (34.2-100.0)", "100.0 % (34.2-100.0)", ""]
    assert real["all"][0] == "4"
    assert real.keys() == {"`PIN`", "`US_SSN`", "all", "other words hidden"}
    assert {row[0]: row[1] for row in found["generated"]}["all"] == "2"
    bench["by_entity"].main(["--calls", "2", "--json"])
    assert int(dict(row[:2] for row in json.loads(capsys.readouterr().out)["calls"])["all"]) > 4
    with pytest.raises(SystemExit):
        bench["by_entity"].main([])


@pytest.mark.parametrize(
    ("said", "left", "label", "told"),
    [
        ("4417", "", "PIN", (0, 4)),
        ("4417", "its 44 17", "PIN", (4, 4)),
        ("four four one seven", "forty four 9", "PIN", (2, 4)),
        ("4417", "4 9 1", "PIN", (0, 4)),  # single digits tell nothing
        ("Ada Obi", "ada", "PERSON", (3, 6)),
        ("Ada Obi", "ad", "PERSON", (0, 6)),
        ("m two", "m", "POLICY_NUMBER", (0, 1)),
        ("seventy eight", "78", "AGE", (2, 2)),
    ],
)
def test_what_is_told_of_a_heard_value(
    bench: dict[str, ModuleType], said: str, left: str, label: str, told: tuple[int, int]
) -> None:
    assert bench["heard"].told(said, left, label) == told


def test_heard_counts_what_was_said(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "heard.jsonl").write_text(json.dumps(CALL), encoding="utf-8")
    bench["heard"].main([str(tmp_path), "--json"])
    rows = {row[0]: row[1:] for row in json.loads(capsys.readouterr().out)[1:]}
    assert rows["`PIN`"] == ["1", "0.0 % (0.0-79.3)", "0.0 % (0.0-79.3)"]
    assert rows["`US_SSN`"][1] == "100.0 % (20.7-100.0)"
    assert rows["other words hidden"][0] == "10"  # the turn that is context, and "it's", "and", "are"
    bench["heard"].main([str(tmp_path), "--show", "3"])
    assert "US_SSN: 'the plates' of 'the plates'" in capsys.readouterr().out


def test_accuracy_writes_each_table_into_its_place(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("star_bank", "spoken_star_bank", "sgd"):
        (folder / f"{name}.jsonl").write_text(json.dumps(CALL), encoding="utf-8")
    arguments = [str(folder), "--heard", str(folder), "--calls", "2"]
    bench["accuracy"].main(arguments)
    printed = capsys.readouterr().out
    names = re.findall(r"<!-- measured: ([a-z]+) -->\n\|", printed)
    page = (BENCHMARKS.parent / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert names == list(bench["accuracy"].TABLES)
    assert sorted(names) == sorted(re.findall(r"<!-- measured: ([a-z]+) -->", page))
    own = tmp_path / "page.md"
    own.write_text("a\n<!-- measured: real -->\nold\n<!-- end -->\nb\n<!-- measured: cards -->\n<!-- end -->\n")
    bench["accuracy"].main([*arguments, "--write", "--page", str(own), "--only", "real"])
    text = own.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- measured: real -->\n| entity | entities |")
    assert "old" not in text
    assert text.endswith("<!-- end -->\nb\n<!-- measured: cards -->\n<!-- end -->\n")
    with pytest.raises(SystemExit, match="no place"):
        bench["accuracy"].main([*arguments, "--write", "--page", str(own), "--only", "cuts"])
    with pytest.raises(SystemExit):
        bench["accuracy"].main([str(folder), "--only", "none"])


def test_name_leak_counts_what_is_left_of_each_label(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "my name is Ada Obi and the table is wet"
    entities = [{"start": 11, "end": 18, "label": "PERSON"}, {"start": 27, "end": 32, "label": "ADDRESS"}]
    call = {"id": "1", "turns": [{"speaker": "a", "text": text, "entities": entities}]}
    (tmp_path / "spoken_star.jsonl").write_text(json.dumps(call), encoding="utf-8")
    (tmp_path / "other.jsonl").write_text("no json", encoding="utf-8")
    with pytest.raises(SystemExit):
        bench["name_leak"].main([str(tmp_path), "--weights"])
    bench["name_leak"].main([str(tmp_path), "--only", "star", "--least", "1", "--json"])
    row = json.loads(capsys.readouterr().out)
    assert row["source"] == "spoken_star"
    assert row["labels"]["PERSON"] == [0.0, 1]
    assert row["labels"]["STREET_ADDRESS"] == [1.0, 1]
    bench["name_leak"].main([str(tmp_path), "--only", "star", "--least", "1", "--json", "--thresholds", "0.3", "1"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["threshold"], row["labels"]["PERSON"]) for row in rows] == [(0.3, [0.0, 1]), (1.0, [1.0, 1])]


def test_turns_that_are_cut_come_back_with_offsets_of_the_whole_turn(bench: dict[str, ModuleType]) -> None:
    text = " my PIN is 4821 and my name is Ada Obi "
    call = {"id": "1", "turns": [{"speaker": "a", "text": text}, {"speaker": "b", "text": " "}]}
    redactor = Redactor()
    whole = bench["ours"].predict(redactor, call)
    assert bench["ours"].predict(redactor, call, cut=20) == whole
    cut = bench["ours"].predict(redactor, call, cut=4)
    assert [len(turn["entities"]) for turn in cut["turns"]] == [2, 0]
    assert {text[found["start"] : found["end"]] for found in cut["turns"][0]["entities"]} == {"4821", "Ada Obi"}
    assert "".join(text[start:end] for start, end in bench["ours"]._cuts(text, 4)) == text


def test_the_tables_and_timings_run(bench: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    bench["calls"].main(["--calls", "3", "--scene", "payments"])
    assert "over several turns" in capsys.readouterr().out
    bench["throughput"].main(["--calls", "2", "--runs", "1", "--json"])
    ways = json.loads(capsys.readouterr().out)["ways"]
    assert all(row["words_per_s"] > 0 for row in ways.values())
    bench["table_speed"].main(["--calls", "2", "--runs", "1", "--json"])
    ways = json.loads(capsys.readouterr().out)["ways"]
    assert len(ways) == 6
    assert all(row["share"] > 0 for row in ways.values())
    bench["latency"].main(["--calls", "2", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["hold"]["words"] == report["pushed"]["word"]["pushes"]
    bench["interims"].main(["--calls", "1", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["interims"] == report["words"] > 0
    bench["live_calls"].main(["--warm", "20", "--calls", "3", "--rate", "100", "--seconds", "1", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["calls"] == 3
    bench["live_calls"].main(
        ["--warm", "20", "--calls", "3", "--rate", "100", "--seconds", "1", "--adapter", "deepgram", "--json"]
    )
    report = json.loads(capsys.readouterr().out)
    assert report["calls"] == 3
    bench["live_calls"].main(["--warm", "20", "--interims", "2", "--seconds", "3", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["events"] == 20
    bench["live_calls"].main(
        ["--warm", "20", "--adapter", "deepgram", "--calls", "3", "--rate", "100", "--seconds", "1", "--json"]
    )
    report = json.loads(capsys.readouterr().out)
    assert (report["calls"], report["lost"]) == (3, 0)


def test_sessions_candidates_and_a_long_call_are_counted(
    bench: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    bench["sessions"].main(["--sessions", "4", "--turns", "8", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["events"]["taken"] > 0
    assert (report["changed"], report["too_many"], report["faults"]) == ([], [], [])
    bench["held"].main(["--candidates", "8", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (report["flushed"], report["shown"], report["gone_on"], report["for_ever"]) == (4, 0, 4, 0)
    assert report["words"] > 0
    bench["long_call"].main(["--words", "500", "--json"])
    assert json.loads(capsys.readouterr().out)["words"] >= 500


def test_calls_are_cut_again_and_scored(
    bench: dict[str, ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "we are at 12 oak street in springfield thanks"
    entities = [{"start": 10, "end": 23, "label": "ADDRESS"}]
    call = {"id": "1", "turns": [{"speaker": "a", "text": text, "entities": entities}]}
    (tmp_path / "made.jsonl").write_text(json.dumps(call) + "\n", encoding="utf-8")
    bench["recut"].main([str(tmp_path), "--cuts", "0,1", "--look-over", "0,4", "--json"])
    report = json.loads(capsys.readouterr().out)["look_over"]
    assert [report["4"][cut]["rows"]["made"]["labels"]["ADDRESS"]["leak"] for cut in ("0", "1")] == [0, 0]
    assert report["0"]["0"]["held"] == {"p50": 0, "p95": 0, "p99": 0, "waiting": 0}
    assert report["4"]["1"]["held"]["p50"] > 0
    bench["recut"].main([str(tmp_path), "--cuts", "1", "--labels", "ADDRESS"])
    assert "all sources" in capsys.readouterr().out


def test_held_words_are_counted_from_their_own_final(bench: dict[str, ModuleType]) -> None:
    call = {"id": "1", "turns": [{"speaker": "a", "text": "my name is Ada um"}, {"speaker": "b", "text": "okay then"}]}
    held = bench["recut"].held_words(Redactor(), [call], 0)
    assert held == {0: 5, 2: 2}


def test_wilson_agrees_with_the_published_example(bench: dict[str, ModuleType]) -> None:
    low, high = bench["gold"].wilson(81, 263)  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert bench["gold"].wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "changed", "span", "expected"),
    [
        ("my card is four one", "my card is 4 1", "4", "four one"),
        ("my card is 41 two", "my card is 41 2", "card", "card"),
        ("nine of nine", "9 of 9", "of", "of"),
    ],
)
def test_a_span_after_text2num_is_found_in_the_original(
    bench: dict[str, ModuleType], text: str, changed: str, span: str, expected: str
) -> None:
    at = changed.index(span)
    start, end = bench["peers_engines"].mapped_back(text, changed, at, at + len(span))
    assert text[start:end] == expected


# --- whole jobs


def test_what_a_peer_is_given_of_an_archive_is_all_that_was_said_and_stands_where_it_stood(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    """A library that changes nothing gives the archive back; one that hides all leaves nothing that was said."""
    (tmp_path / "in").mkdir()
    words = bench["archive_calls"].make(tmp_path / "in", 20, 6)
    job = bench["archive_peers"].job
    assert job(list, tmp_path / "in", tmp_path / "same") == words
    assert job(lambda texts: ["x"] * len(texts), tmp_path / "same", tmp_path / "hidden") == words
    assert job(list, tmp_path / "hidden", tmp_path / "again") < words
    kept = sorted(path.relative_to(tmp_path / "in") for path in (tmp_path / "in").rglob("*.txt"))
    assert kept
    for name in kept:
        assert (tmp_path / "same" / name).read_bytes() == (tmp_path / "in" / name).read_bytes()


@pytest.mark.parametrize("form", ["lines", "array"])
def test_files_for_measuring_memory_are_of_the_size_and_kind_that_they_say(
    bench: dict[str, ModuleType], tmp_path: Path, form: str
) -> None:
    path = tmp_path / "calls"
    bench["archive_memory"].fill(path, 1, form)
    data = path.read_bytes()
    calls = json.loads(data) if form == "array" else [json.loads(line) for line in data.splitlines()]
    assert (1 << 20) <= len(data) < (1 << 20) + 100_000
    assert [call["id"] for call in calls] == list(range(len(calls)))
