"""A call that is played: what the recogniser writes, what is shown of it, and that the original is not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from ccredact import Redactor, Segment, Utterance, Word
from ccredact.cli.app import app
from ccredact.cli.watch import HELD_MARK, INTERIMS, LONGEST_PAUSE_S, Terminal, play, played
from formats_support import jsonl, read

if TYPE_CHECKING:
    from typer.testing import Result

SAMPLE = Path(__file__).parents[2] / "benchmarks" / "sample_call.txt"
RAW = "4242"


def watch(*arguments: str | Path, data: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["watch", *map(str, arguments)], input=data)


def shown(data: bytes, *, width: int = 100, original: bool = False) -> tuple[str, list[Segment]]:
    """All that a terminal is sent while the first call of some lines of text is played."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, height=24, force_terminal=True, color_system="truecolor", highlight=False, markup=False
    )
    record = next(record for record in read("text", data) if record.is_call)
    with Terminal(console, kept=frozenset(), original=original) as screen:
        finals = play(record, Redactor(), screen, wait=lambda _: None)
    return file.getvalue(), finals


# --- what the recogniser writes


def test_an_utterance_grows_by_a_word_and_is_then_final() -> None:
    utterance = Utterance("one two  three", "a", id="7")
    steps = [step.utterance for step in played([utterance])]
    assert [(step.text, step.is_final) for step in steps] == [
        ("one", False),
        ("one two", False),
        ("one two  three", True),
    ]
    assert steps[-1] == utterance
    assert {(step.speaker, step.id) for step in steps} == {("a", "7")}


@pytest.mark.parametrize("count", [0, 1, 2, INTERIMS, INTERIMS + 1, 5000])
def test_a_long_utterance_has_not_more_interims(count: int) -> None:
    utterance = Utterance("word " * count)
    *interims, final = [step.utterance for step in played([utterance])]
    assert final == utterance
    assert len(interims) <= INTERIMS
    assert len(interims) >= min(count, INTERIMS) // 2
    sizes = [len(interim.text.split()) for interim in interims]
    assert sizes == sorted(set(sizes))


def test_the_pace_is_that_of_the_words_and_silences_are_cut() -> None:
    def timed(*ends: float) -> Utterance:
        return Utterance(" ".join("w" for _ in ends), words=[Word("w", end - 0.1, end) for end in ends])

    pauses = [step.pause_s for step in played([timed(1.0, 1.5), timed(100.0), timed(50.0, 100.25)])]
    assert pauses == [1.0, 0.5, LONGEST_PAUSE_S, 0.0, 0.25]


def test_words_without_times_take_some() -> None:
    assert all(0 < step.pause_s <= LONGEST_PAUSE_S for step in played([Utterance("one two"), Utterance("three")]))


# --- lines


class Quiet:
    """A screen that shows nothing."""

    def begin(self, record: object) -> None: ...

    def came(self, segment: object) -> None: ...

    def show(self, over: object, opened: object) -> None: ...

    def end(self) -> None: ...


def test_the_final_pieces_are_the_redacted_call() -> None:
    record = next(record for record in read("text", SAMPLE.read_bytes()) if record.is_call)
    played_out = play(record, Redactor(), Quiet(), wait=lambda _: None)
    pieces: dict[object, str] = {}
    for segment in played_out:
        pieces[segment.utterance] = pieces.get(segment.utterance, "") + segment.text
    whole = Redactor().redact_call(record.utterances, names=record.names)
    assert pieces == {segment.utterance: segment.text for segment in whole}
    result = watch(SAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert RAW not in result.stdout
    written = [line.partition(": ")[2] for line in result.stdout.splitlines() if line.startswith("=")]
    assert written == [segment.text.rstrip() for segment in played_out]


def test_a_pipe_gets_a_line_for_each_interim_and_each_piece() -> None:
    result = watch(data=b"Agent: what's the card number\nCaller: uh 4242 4242 4242 4242")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("# ")
    assert lines[1:6] == [
        "~ Agent: what's",
        "~ Agent: what's the",
        "~ Agent: what's the card",
        "= Agent: what's the card number",
        "~ Caller: uh",
    ]
    assert lines[6:9] == ["~ Caller: uh …"] * 3
    assert lines[-1] == "= Caller: uh [CREDIT_CARD]"


def test_several_calls_are_played_one_after_the_other() -> None:
    result = watch(data=jsonl("hello there", "my PIN is 4417"))
    assert [line for line in result.stdout.splitlines() if line[0] == "#"] == ["# 0", "# 1"]
    assert "4417" not in result.stdout


def test_the_original_is_not_written_into_a_pipe() -> None:
    result = watch(SAMPLE, "--show-original")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "ccredact: --show-original shows raw text, so it works on a terminal only\n"


@pytest.mark.parametrize("speed", ["0", "-1", "fast"])
def test_a_speed_that_is_none_is_refused(speed: str) -> None:
    assert watch(SAMPLE, "--speed", speed).exit_code == 2


# --- a terminal


def test_a_terminal_shows_no_word_that_the_redacted_call_does_not_show() -> None:
    out, finals = shown(SAMPLE.read_bytes())
    assert RAW not in out
    plain = Text.from_ansi(out).plain
    for segment in finals:
        for entity in segment.entities:
            assert f"[{entity.label}]" in plain
    assert HELD_MARK in plain


def test_with_the_original_both_stand_side_by_side() -> None:
    out, _ = shown(b"Agent: what's the card number\nCaller: uh 4242 4242 4242 4242", original=True)
    rows = [line for line in Text.from_ansi(out).plain.splitlines() if line.startswith("Caller")]
    assert rows[-1].split() == "Caller uh 4242 4242 4242 4242 uh [CREDIT_CARD]".split()


def test_what_is_held_is_dim_and_as_many_marks() -> None:
    out, _ = shown(b"Caller: okay it says 4242 4242\nAgent: mm-hmm\nCaller: 4242 4242 then", original=True)
    assert "\x1b[2m4242 4242" in out
    assert f"\x1b[2m{HELD_MARK * 2}\x1b" in out


@pytest.mark.parametrize("width", [24, 50, 72, 140])
@pytest.mark.parametrize("original", [False, True])
def test_no_row_is_wider_than_the_terminal(width: int, original: bool) -> None:  # noqa: FBT001
    out, _ = shown(SAMPLE.read_bytes(), width=width, original=original)
    assert max(cell_len(line) for line in Text.from_ansi(out).plain.splitlines()) <= width


def test_a_tall_call_keeps_within_the_terminal() -> None:
    lines = [f"Caller: it says 4242 {'and so on ' * 40}"] * 12
    out, _ = shown("\n".join(lines).encode(), width=40)
    assert out.count("\x1b[1A") <= 24 * out.count("held words")


def test_text_cannot_steer_the_terminal() -> None:
    out, _ = shown("Caller: hello\x1b]0;pwned\x07 there\x9b2J [bold]you[/x]".encode(), original=True)
    assert "\x1b]0" not in out
    assert "\x9b" not in out
    assert "\x07" not in out
    assert "[bold]you[/x]" in Text.from_ansi(out).plain
