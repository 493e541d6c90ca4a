"""The benchmarks: their gold set is what it says, their scorer counts right, and the scripts run."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    names = ("callgen.build", "callgen.marks", "callgen.cards", "calls", "score", "gold", "leak",
             "name_leak", "throughput", "latency", "peers_engines")  # fmt: skip
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(BENCHMARKS))


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


def test_the_tables_and_timings_run(bench: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    bench["calls"].main(["--calls", "3"])
    assert "over several turns" in capsys.readouterr().out
    bench["throughput"].main(["--calls", "2", "--runs", "1", "--json"])
    ways = json.loads(capsys.readouterr().out)["ways"]
    assert all(row["words_per_s"] > 0 for row in ways.values())
    bench["latency"].main(["--calls", "2", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["hold"]["words"] == report["pushed"]["word"]["pushes"]


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
