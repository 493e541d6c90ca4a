"""Whether a call is in English: at least half of its words are."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from case_files import FOLDER
from ccredact.cli.app import app
from ccredact.lang.en.share import ENOUGH_WORDS, is_english

SPANISH = "hola buenos dias me llamo carlos y quiero hablar de mi cuenta con el banco"
OTHERS = [
    SPANISH,
    "guten tag ich habe eine frage zu meiner rechnung vom letzten monat bitte helfen sie mir",
    "bonjour je voudrais parler de mon compte et de ma carte bancaire s'il vous pla\xeet",
    "ciao vorrei parlare del mio conto in banca per favore mi aiuti adesso",
    "ik wil graag over mijn rekening praten met iemand van de bank",
    "\u0434\u043e\u0431\u0440\u044b\u0439 \u0434\u0435\u043d\u044c " * 6,
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_none(text: str) -> None:
    assert not is_english([text])
    assert not is_english(text.split())


def test_every_case_is_english() -> None:
    lines = (FOLDER / "field" / "cases.jsonl").read_text("utf-8").splitlines()
    calls = [[turn["text"] for turn in json.loads(line).get("turns", ())] for line in lines]
    assert [call for call in calls if not is_english(call)] == []


def test_half_is_enough_and_few_words_tell_nothing() -> None:
    half = ["hello there and thank you"] + ["vorrei"] * 5
    assert is_english(half)
    assert not is_english([*half, "parlare"])
    assert is_english(["vorrei"] * (ENOUGH_WORDS - 1))
    assert is_english(["4417 4242 a b c"] * ENOUGH_WORDS)


def test_the_command_line_warns_of_each_call_when_it_is_asked_to() -> None:
    calls = [SPANISH, "hello i would like to talk about my account and the card"]
    data = b"".join(json.dumps({"turns": [{"speaker": "a", "text": text}]}).encode() + b"\n" for text in calls)
    warned = CliRunner().invoke(app, ["redact", "--check-language"], input=data)
    assert (warned.exit_code, warned.stderr) == (
        0,
        "ccredact: standard input: line 1: fewer than half of its words are English\n",
    )
    quiet = CliRunner().invoke(app, ["redact"], input=data)
    assert (quiet.stderr, quiet.stdout) == ("", warned.stdout)
    text = CliRunner().invoke(app, ["redact", "--check-language"], input=f"Agent: {SPANISH}\n".encode())
    assert text.stderr == "ccredact: standard input: the call: fewer than half of its words are English\n"
