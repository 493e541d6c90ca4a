from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

import ccredact.core.scanner
from ccredact import FormatError, Redactor, Utterance
from ccredact.cli.app import app, redact
from ccredact.cli.terminal import painted
from ccredact.entities import ENTITY_TYPES, PROFILES
from ccredact.formats import FORMATS
from ccredact.live.events import redact_events
from ccredact.operators import OPERATORS
from ccredact.transcript import Name
from formats_support import events, jsonl, leaks, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer.testing import Result

SAMPLE = Path(__file__).parents[2] / "benchmarks" / "sample_call.txt"
SAID = "my card number is 4242 4242 4242 4242"
SAFE = "my card number is [CREDIT_CARD]"
CANARY = "4242"


def invoke(*arguments: str | Path, data: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=data)


def refused(result: Result, message: str, code: int = 2) -> None:
    assert (result.exit_code, result.stderr) == (code, f"ccredact: {message}\n")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_text_comes_back_redacted() -> None:
    result = invoke("redact", data=f"Agent: hello\r\nCustomer: {SAID}, okay".encode())
    assert result.stdout_bytes == f"Agent: hello\r\nCustomer: {SAFE}, okay".encode()
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_sample_call_loses_its_card_and_nothing_else(tmp_path: Path) -> None:
    result = invoke("redact", SAMPLE, "--policy", "pci", "-o", tmp_path / "out.txt")
    before, after = SAMPLE.read_text().splitlines(), (tmp_path / "out.txt").read_text().splitlines()
    changed = {n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]}
    assert changed == {11, 13, 15, 17, 19, 21, 22}
    assert all("[CREDIT_CARD" in after[n] for n in changed)
    assert "calls       1 in, 1 out\nutterances  27 in, 27 out\nhidden      7: CREDIT_CARD 4, " in result.stderr


def test_an_output_file_is_whole_and_private(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(jsonl(SAID, "hello"))
    assert invoke("redact", source, "-o", target).exit_code == 0
    assert [json.loads(line)["turns"][0]["text"] for line in target.read_text().splitlines()] == [
        SAFE,
        "hello",
    ]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["in.jsonl", "out.jsonl"]


def test_a_file_can_be_redacted_in_place(tmp_path: Path) -> None:
    path, link = tmp_path / "call.txt", tmp_path / "link.txt"
    path.write_text(SAID)
    link.symlink_to(path)
    assert invoke("redact", link, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert path.read_text() == SAFE


def test_a_failure_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(jsonl(SAID) + b'{"id": 2, "turns": [{"text": "4242')
    target.write_text("before")
    refused(invoke("redact", source, "-o", target), f"{source}: line 2, character 30: broken JSON")
    assert target.read_text() == "before"
    assert names(tmp_path) == ["in.jsonl", "out.jsonl"]


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    assert invoke("redact", "-o", os.devnull, data=SAID.encode()).exit_code == 0
    assert not Path(os.devnull).is_file()
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert invoke("redact", "-o", tmp_path / "pipe", data=SAID.encode()).exit_code == 0
    assert os.read(reader, 100) == SAFE.encode()
    os.close(reader)


def test_bad_places_and_names_get_one_line(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(SAID)
    refused(invoke("redact", tmp_path / "none"), f"{tmp_path / 'none'}: No such file or directory")
    refused(invoke("redact", tmp_path), f"{tmp_path}: Is a directory")
    refused(invoke("redact", path, "-o", tmp_path), f"{tmp_path} is a folder: name a file")
    out = tmp_path / "none" / "out"
    refused(invoke("redact", path, "-o", out), f"the folder of {out} does not exist")
    refused(invoke("redact", path, "--policy", "pcj"), 'unknown profile "pcj": the nearest is pci')
    names_known = "format: none has this name; the nearest is jsonl"
    refused(invoke("redact", path, "--from", "jsnl"), names_known)
    json_ = "it is JSON, but none of the formats of JSON fits"
    unknown = f"standard input: it looks like no format known here: {json_}: name the format"
    refused(invoke("redact", data=b'{"a": 4242}'), unknown)
    assert names(tmp_path) == ["call.txt"]


def test_a_key_is_read_from_a_file(tmp_path: Path) -> None:
    key, policy = tmp_path / "key", tmp_path / "hash.yml"
    policy.write_text("profile: full\nentities: {CREDIT_CARD: hash}\n")
    key.write_bytes(b"k" * 31)
    refused(
        invoke("redact", "--policy", policy, "--key-file", key, data=SAID.encode()),
        "a hash key must be at least 32 bytes long, not 31",
    )
    key.write_bytes(b"k" * 32)
    hashed = invoke("redact", "--policy", policy, "--key-file", key, data=SAID.encode()).stdout
    assert hashed == Redactor(policy, key=b"k" * 32).redact(SAID).text
    assert hashed.startswith("my card number is [CREDIT_CARD:")


def test_an_error_of_ours_shows_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Redactor, utterances: Iterable[Utterance], **_names: object) -> None:
        raise ValueError(next(iter(utterances)).text)

    monkeypatch.setattr(Redactor, "redact_call", fail)
    result = invoke("redact", data=SAID.encode())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("ccredact: internal error: ValueError at test_cli.py:")
    assert CANARY not in result.output


def test_detect_says_where_in_the_original() -> None:
    data = b'{"id": 7, "turns": [{"text": "hi"}, {"text": "%s"}]}\n\n{"id": "b", "turns": []}\n' % SAID.encode()
    result = invoke("detect", "-", data=data)
    first, second = map(json.loads, result.stdout.splitlines())
    (entity,) = first["turns"][1]["entities"]
    assert (first["id"], first["turns"][0], second) == (7, {"entities": []}, {"id": "b", "turns": []})
    assert (SAID[entity["start"] : entity["end"]], entity["label"]) == ("4242 4242 4242 4242", "CREDIT_CARD")
    assert set(entity) == {"start", "end", "label", "score", "reason"}


def test_calls_are_streamed_side_by_side() -> None:
    said = events(
        {"call": "a", "speaker": "agent", "text": "what's the card number"},
        {"call": 2, "utterance": "x", "text": "hello", "is_final": False},
        {"call": "a", "speaker": "customer", "text": "4242 4242"},
        {"call": 2, "utterance": "x", "text": "hello there"},
        {"call": "a", "speaker": "customer", "text": "4242 4242"},
        {"call": "a", "close": True},
        {"call": "a", "text": "bye"},
    )
    result = invoke("stream", data=said)
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    finals: dict[tuple[Any, str], str] = {}
    for event in out:
        if event["is_final"]:
            name = (event["call"], event["utterance"])
            finals[name] = finals.get(name, "") + event["text"]
            for entity in event["entities"]:
                assert finals[name][entity["out_start"] : entity["out_end"]] == f"[{entity['label']}]"
    assert CANARY not in result.stdout
    assert finals["a", "1"] == finals["a", "2"] == "[CREDIT_CARD]"
    assert finals[2, "x"] == "hello there"
    assert [event["is_final"] for event in out if event["call"] == 2] == [False, True]
    assert out[-1]["text"] == "bye"


def test_a_stream_has_the_words_of_the_call_as_it_has_in_one_piece() -> None:
    lines = SAMPLE.read_text().splitlines()
    said = [{"call": 1, "speaker": s, "text": t} for s, _, t in (line.partition(": ") for line in lines)]
    out = [json.loads(line) for line in invoke("stream", data=events(*said)).stdout.splitlines()]
    joined = ["".join(event["text"] for event in out if event["utterance"] == str(n)) for n in range(len(lines))]
    assert joined == [line.partition(": ")[2] for line in invoke("redact", SAMPLE).stdout.splitlines()]


def test_times_of_hidden_words_come_along() -> None:
    words = [{"text": word, "start": n, "end": n + 0.5} for n, word in enumerate(SAID.split())]
    event = json.loads(invoke("stream", data=events({"call": 1, "text": SAID, "words": words})).stdout)
    assert [(e["start_s"], e["end_s"]) for e in event["entities"]] == [(4.0, 7.5)]
    assert [SAID[e["start"] : e["end"]] for e in event["entities"]] == ["4242 4242 4242 4242"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"call": "b", "text": "4242', "line 2, character 28: broken JSON"),
        (b'["4242"]', 'line 2: an event must be an object with a "call", text or a whole number'),
        (b'{"call": ["4242"]}', 'line 2: an event must be an object with a "call", text or a whole number'),
        (b'{"call": "b"}', 'line 2: an event must have a "text", or "close": true'),
        (b'{"call": "b", "text": ["4242"]}', 'line 2: "text" is of the wrong type'),
        (b'{"call": "b", "text": "4242", "is_final": "no"}', 'line 2: "is_final" is of the wrong type'),
        (
            b'{"call": "b", "text": "4242", "words": [4242]}',
            "line 2, word 1: a word must be an object with a text",
        ),
        (b'{"call": "b", "text": "4242\xff"}', "line 2, byte 28: it is not UTF-8"),
    ],
)
def test_a_broken_event_closes_the_calls_and_stops(line: bytes, problem: str) -> None:
    first = events({"call": "a", "speaker": "c", "text": "so it's 4242 4242 4242 4242"})
    result = invoke("stream", data=first + line + b"\n" + first)
    refused(result, f"standard input: {problem}")
    texts = [json.loads(out)["text"] for out in result.stdout.splitlines()]
    assert "".join(texts) == "so it's [CREDIT_CARD]"


def test_painting_moves_the_offsets_along() -> None:
    utterances = [Utterance("it's 42 and 43, 45 ok", id="0"), Utterance("44", id="1")]
    hidden = [(0, "42", "PIN", "[PIN]"), (0, "43", "PIN", ""), (0, "45", "PIN", "[X]"), (1, "44", "PIN", "[PIN]")]
    for pieces in (1, 2):
        out = painted(segments(utterances, hidden, pieces=pieces), lambda text: f"<{text}>")
        whole: dict[Name, str] = {name: "".join(s.text for s in out if s.utterance == name) for name in ("0", "1")}
        assert whole == {"0": "it's <[PIN]> and , <[X]> ok", "1": "<[PIN]>"}
        shown = [whole[s.utterance][e.out_start : e.out_end] for s in out for e in s.entities]
        assert shown == ["<[PIN]>", "", "<[X]>", "<[PIN]>"]


def test_version_and_help() -> None:
    build = "plain Python" if str(ccredact.core.scanner.__file__).endswith(".py") else "compiled"
    assert invoke("--version").stdout == f"ccredact {ccredact.__version__} ({build})\n"
    for command in ([], ["redact"], ["detect"], ["stream"], ["watch"]):
        result = invoke(*command, "--help")
        assert result.exit_code == 0
        assert "Examples" in result.stdout


def test_the_help_names_all_that_the_registries_have() -> None:
    told = " ".join(invoke("redact", "--help").stdout.split())
    for name in (*FORMATS, *PROFILES, *OPERATORS):
        assert re.search(rf"\b{name}\b", told), name
    for known in FORMATS.values():
        assert f"{known.name} ({known.summary})" in told
    for label in ENTITY_TYPES:
        assert f" {label}," in told or f" {label}." in told, label


def test_no_frame_that_an_error_passes_holds_text(tmp_path: Path) -> None:
    for name, data in (("a.json", b'{"a": "4242"}'), ("b.jsonl", jsonl(SAID) + b'{"4242"')):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(typer.Exit) as caught:
            redact(str(tmp_path / name), out=os.devnull)
        assert leaks(caught.value, CANARY) == []
    with pytest.raises(FormatError) as broken:
        redact_events(Redactor(), iter([events({"call": 1, "text": SAID}), b'{"4242"']), lambda _: None)
    assert leaks(broken.value, CANARY) == []


def test_a_stream_that_is_cut_off_hides_the_number_that_may_have_gone_on() -> None:
    line = events({"call": 1, "text": "the number is 4242 4242 4242"})
    result = invoke("stream", data=line + b"{broken\n")
    assert result.exit_code == 2
    assert "".join(json.loads(text)["text"] for text in result.stdout.splitlines()) == "the number is [NUMBER]"


def answered(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    written: list[bytes] = []
    redact_events(
        Redactor(), iter([events(*lines)]) if len(lines) == 1 else events(*lines).splitlines(), written.append
    )
    return [json.loads(line) for line in written]


def test_what_is_held_comes_when_no_line_comes_for_so_long() -> None:
    now = 0.0
    written: list[bytes] = []
    at: dict[float, int] = {}

    def lines() -> Iterator[bytes | None]:
        nonlocal now
        yield events({"call": 1, "text": "it is 4242 4242"}, {"call": 1, "text": "and"}).splitlines()[0]
        for now in (0.1, 1.0, 1.9, 2.2, 2.4):
            yield None
            at[now] = len(written)
        now = 9.0
        yield events({"call": 1, "text": "4242 and so on it goes"})

    redact_events(Redactor(), lines(), written.append, after=2.0, clock=lambda: now)
    assert at == {0.1: 1, 1.0: 1, 1.9: 1, 2.2: 2, 2.4: 2}
    assert "".join(json.loads(line)["text"] for line in written).startswith("it is [NUMBER][NUMBER] and")


def test_lines_that_are_all_there_are_redacted_alike_at_any_pace() -> None:
    hours = iter(range(0, 10**6, 3600))
    said = events(*({"call": 1, "text": text} for text in ("it is 4242 4242", "4242 4242", "thank you")))
    written: list[bytes] = []
    redact_events(Redactor(), said.splitlines(), written.append, clock=lambda: float(next(hours)))
    assert [json.loads(line)["text"] for line in written] == ["it is ", "[CREDIT_CARD]", "[CREDIT_CARD]", "thank you"]


@pytest.mark.parametrize("after", ["-1", "nan", "soon"])
def test_a_deadline_is_a_number_of_seconds(after: str) -> None:
    assert invoke("stream", "--after", after).exit_code == 2


def test_names_in_events_come_back_as_they_came() -> None:
    found = answered({"call": 1, "speaker": 1, "utterance": 5, "text": "hello there"})
    assert [(event["speaker"], event["utterance"]) for event in found] == [(1, 5)]


@pytest.mark.parametrize(
    "event",
    [
        {"call": True, "text": "hi"},
        {"call": 1, "speaker": True, "text": "hi"},
        {"call": 1, "utterance": False, "text": "hi"},
        {"call": 1, "close": True, "text": "hi"},
    ],
)
def test_an_event_that_means_two_things_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        answered(event)


# --- files as they are

NO_SPEAKERS = "ccredact: no speakers found in standard input: questions and answers are followed less well\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hello\nbye\n", NO_SPEAKERS),
        (b"hello\n", ""),
        (b"", ""),
        (b"Agent: hello\nbye\n", ""),
        (b'{"turns": [{"text": "hello"}]}\n{"turns": [{"text": "bye", "x": "y"}]}\n', NO_SPEAKERS),
        (b'{"turns": [{"text": "hello"}]}\n{"turns": [{"speaker": 0, "text": "bye"}]}\n', ""),
    ],
)
def test_a_file_in_which_nobody_is_told_apart_is_told(data: bytes, said: str) -> None:
    result = invoke("redact", data=data)
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, data, said)


@pytest.mark.parametrize("data", [b"PAR1\x15\0", b"ARROW1\0\0", b"\xff\xff\xff\xff\x10\0"])
def test_a_table_is_for_the_archive(data: bytes) -> None:
    problem = "this is Parquet or Arrow: ccredact archive reads tables"
    refused(invoke("redact", data=data), f"standard input: it looks like no format known here: {problem}")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'{"Content": "Agent: hi Caller: 94117"}', "this is JSON, not lines of speech: it would no longer be JSON"),
        (b"id,text\n1,hello\n2,4417\n", "this is CSV, not lines of speech: ccredact archive reads tables"),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi",
            "these are captions, whose cue times cut sentences: they are read as webvtt or srt",
        ),
    ],
)
def test_text_is_not_read_into_what_would_be_broken(data: bytes, problem: str) -> None:
    result = invoke("redact", "--from", "text", data=data)
    refused(result, f"standard input: {problem}")
    assert result.stdout == ""


def test_explain_shows_a_field_where_something_is_hidden_and_no_name() -> None:
    call = {"title": "Ada Quill", "note": "fine", "turns": [{"speaker": "Ada Quill", "text": "hi, Ada here"}]}
    result = invoke("explain", data=json.dumps(call).encode())
    assert [line for line in result.stdout.splitlines() if not line.startswith("    ")] == [
        "# 1",
        "[PERSON_1]: hi, [PERSON] here",
        "(field) [PERSON]",
    ]


def test_detect_is_about_what_is_said() -> None:
    call = {"title": "Ada Quill", "turns": [{"speaker": "a", "text": "hi"}]}
    result = invoke("detect", "-", data=json.dumps(call).encode())
    assert json.loads(result.stdout) == {"id": 1, "turns": [{"entities": []}]}


def test_an_event_behind_the_end_of_its_call_begins_a_new_one() -> None:
    one: list[dict[str, Any]] = [{"call": 1, "text": "that is all"}, {"call": 1, "close": True}]
    result = invoke("stream", data=events(*one, *one))
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["that is all"] * 2
    assert [json.loads(line)["utterance"] for line in result.stdout.splitlines()] == ["0", "0"]


def test_a_stream_of_another_recogniser_says_so() -> None:
    wrong = events({"channel": {"alternatives": [{"transcript": "hello there"}]}})
    result = invoke("stream", "--from", "vosk", data=wrong)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == json.loads(wrong)
    assert result.stderr.count("1 not read") == 1
    assert "hello" not in result.stderr
    result = invoke("stream", "--from", "vosk", data=wrong + events({"text": "hello"}))
    assert (result.exit_code, result.stderr.count("1 not read")) == (0, 1)
    assert invoke("stream", "--from", "vosk", data=events({"text": ""})).exit_code == 0


def test_a_stream_of_pieces_ends_with_their_last_word() -> None:
    said = events({"call": 1, "delta": "hello there my friend"}, {"call": 2, "delta": "bye"})
    for broken in (b"", b"{broken\n"):
        result = invoke("stream", "--from", "deltas", data=said + broken)
        assert result.exit_code == (2 if broken else 0)
        told = [json.loads(line) for line in result.stdout.splitlines()]
        assert "".join(event["delta"] for event in told if event["call"] == 1) == "hello there my friend"
        assert "".join(event["delta"] for event in told if event["call"] == 2) == "bye"


def test_a_stream_takes_the_events_of_a_recogniser_and_gives_them_back() -> None:
    said = [
        {"channel_index": [0, 1], "start": at, "is_final": True, "channel": {"alternatives": [{"transcript": text}]}}
        for at, text in enumerate(["my pin is", "4417"])
    ]
    result = invoke("stream", "--from", "deepgram", data=events(*said).rstrip(b"\n"))
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["channel"]["alternatives"][0]["transcript"] for event in out] == ["my pin is", "[PIN]"]
    assert [event.keys() for event in out] == [event.keys() for event in said]
    assert invoke("stream", "--from", "no such", data=b"").exit_code == 2
