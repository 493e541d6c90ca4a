"""The command line as a process: pipes, signals, terminals and what gets imported."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from formats_support import events, jsonl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow
SAID = "my card number is 4242 4242 4242 4242"
RUN = [sys.executable, "-c", "from ccredact.cli import main; main()"]


def process(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": ""} | options.pop("env", {})
    environment.pop("NO_COLOR")
    return subprocess.Popen([*RUN, *arguments], stderr=subprocess.PIPE, env=environment, **options)  # noqa: S603


def wait_for(condition: Any) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen in ten seconds")


def test_a_wrong_option_is_one_line() -> None:
    child = process("redact", "--frm", "x", stdout=subprocess.PIPE)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err.count(b"\n")) == (2, b"", 1)
    assert b"--frm" in err


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = {"numpy", "spacy", "presidio_analyzer", "rich", "yaml", "pyarrow"}
    code = f"import sys, ccredact.cli.app; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code]) == b"[]\n"  # noqa: S603


@pytest.mark.parametrize(
    ("arguments", "closed"),
    [("redact", "<&-"), ("redact", ">&-"), ("stream", "<&-"), ("stream", ">&-"), ("detect -", "<&-")],
)
def test_a_closed_standard_stream_is_said_so(arguments: str, closed: str) -> None:
    code = "from ccredact.cli import main; main()"
    command = f"echo 'Agent: {SAID}' | {sys.executable} -c '{code}' {arguments} {closed}"
    child = subprocess.run(["bash", "-c", command], capture_output=True, check=False)  # noqa: S603, S607
    assert child.returncode == 2
    assert child.stderr.startswith(
        b"ccredact: standard " + (b"input" if closed == "<&-" else b"output") + b" is closed"
    )


def test_an_event_is_answered_at_once() -> None:
    child = process("stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin and child.stdout  # noqa: PT018
    child.stdin.write(events({"call": "a", "text": "hello there"}))
    child.stdin.flush()
    assert json.loads(child.stdout.readline())["text"] == "hello there"
    child.communicate(timeout=60)
    assert child.returncode == 0


def test_what_is_held_comes_while_nobody_speaks() -> None:
    child = process("stream", "--after", "0.05", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin and child.stdout  # noqa: PT018
    child.stdin.write(events({"call": "a", "text": "it is 4242 4242"}))
    child.stdin.flush()
    shown = [json.loads(child.stdout.readline())["text"] for _ in range(2)]  # the input is open
    assert shown == ["it is ", "[NUMBER]"]
    assert child.communicate(timeout=60) == (b"", b"")
    assert child.returncode == 0


def test_a_line_may_come_in_pieces_and_be_longer_than_a_pipe() -> None:
    child = process("stream", "--after", "inf", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin and child.stdout  # noqa: PT018
    first, last = events({"call": "a", "text": "hello there"}), events({"call": "a", "text": "hello " * 50_000})
    child.stdin.write(first[:9])
    child.stdin.flush()
    child.stdin.write(first[9:])
    child.stdin.flush()
    assert json.loads(child.stdout.readline())["text"] == "hello there"
    out, err = child.communicate(last.rstrip(b"\n"), timeout=60)
    assert (json.loads(out)["text"], err, child.returncode) == ("hello " * 50_000, b"", 0)


def test_an_input_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with (tmp_path / "said").open("wb") as only_written:
        child = process("stream", stdin=only_written, stdout=subprocess.PIPE)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (2, b"", b"ccredact: Bad file descriptor\n")


def test_a_stream_whose_reader_leaves_ends_when_it_has_something_to_say() -> None:
    child = process("stream", "--after", "0.05", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin and child.stdout and child.stderr  # noqa: PT018
    child.stdin.write(events({"call": "a", "text": "it is 4242 4242"}))
    child.stdin.flush()
    child.stdout.readline()
    child.stdout.close()
    assert (child.wait(60), child.stderr.read()) == (141, b"")  # the input is open
    child.stdin.close()
    child.stderr.close()


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(jsonl("hello there " * 1000) * 100)
    child = process("redact", str(path), stdout=subprocess.PIPE)
    assert child.stdout and child.stderr  # noqa: PT018
    child.stdout.read(10)
    child.stdout.close()
    assert (child.stderr.read(), child.wait(60)) == (b"", 141)
    child.stderr.close()


def interrupted(arguments: Sequence[str], data: bytes, ready: Any) -> tuple[int, bytes]:
    child = process(*arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert child.stdin
    child.stdin.write(data)
    child.stdin.flush()
    wait_for(ready)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    return child.returncode, err


def test_ctrl_c_leaves_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    arguments = ["redact", "--from", "jsonl", "-o", str(target)]
    data = jsonl("hello there " * 1000) * 100
    assert interrupted(arguments, data, lambda: list(tmp_path.glob(".*.part"))) == (
        130,
        b"ccredact: interrupted\n",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["ccredact.cli.app", "typer", "ccredact.cli.signals"])
def test_ctrl_c_while_the_commands_are_loaded_is_one_line(module: str) -> None:
    code = f"""
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in what a shell runs behind
sys.meta_path.insert(0, Interrupting())
from ccredact.cli import main
main()
"""
    child = subprocess.run([sys.executable, "-c", code, "archive", "in", "out"], capture_output=True, check=False)  # noqa: S603
    assert (child.returncode, child.stdout, child.stderr) == (130, b"", b"ccredact: interrupted\n")


def stream_stopped_by(number: signal.Signals) -> tuple[int, list[dict[str, Any]], bytes]:
    child = process("stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin and child.stdout  # noqa: PT018
    child.stdin.write(events({"call": "a", "text": "it's 4111 1111 1111"}, {"call": "b", "text": "hello"}))
    child.stdin.flush()
    shown = [json.loads(child.stdout.readline()) for _ in range(2)]  # the second call's: both lines have been read
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    return child.returncode, shown + [json.loads(line) for line in out.splitlines()], err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_stream_writes_what_open_calls_hold(number: signal.Signals) -> None:
    code, shown, err = stream_stopped_by(number)
    assert code == 128 + number
    assert [event["call"] for event in shown] == ["a", "b", "a"]
    assert "".join(event["text"] for event in shown if event["call"] == "a") in {"it's [CREDIT_CARD]", "it's [NUMBER]"}
    assert err == (b"ccredact: interrupted\n" if number == signal.SIGINT else b"ccredact: terminated\n")


def test_sigterm_leaves_no_half_file(tmp_path: Path) -> None:
    child = process("redact", "--from", "jsonl", "-o", str(tmp_path / "out"), stdin=subprocess.PIPE)
    assert child.stdin
    child.stdin.write(jsonl("hello there " * 1000) * 100)
    child.stdin.flush()
    wait_for(lambda: list(tmp_path.glob(".*.part")))
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=60)
    assert (child.returncode, list(tmp_path.iterdir())) == (143, [])


def test_a_terminal_gets_colours() -> None:
    leader, follower = pty.openpty()
    child = process("redact", stdin=subprocess.PIPE, stdout=follower)
    _, err = child.communicate(f"Agent: {SAID} ok".encode(), timeout=60)
    shown = os.read(leader, 1000)
    os.close(leader)
    os.close(follower)
    assert shown == b"Agent: my card number is \x1b[1;35m[CREDIT_CARD]\x1b[0m ok"
    assert err == b""


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_call_that_is_watched_can_be_stopped(tmp_path: Path, term: str) -> None:
    path = tmp_path / "call.txt"
    path.write_text(f"Agent: hello\nCaller: {SAID}\n" + "Agent: and so on\n" * 500)
    leader, follower = pty.openpty()
    child = process("watch", str(path), "--speed", "100", stdout=follower, env={"TERM": term})
    os.close(follower)
    shown = b""
    while b"so on" not in shown:
        shown += os.read(leader, 1000)
    child.send_signal(signal.SIGINT)
    try:
        while piece := os.read(leader, 1000):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, b"ccredact: interrupted\n")
    assert b"[CREDIT_CARD]" in shown
    assert b"4242" not in shown
    assert shown.count(b"\x1b[?25l") == shown.count(b"\x1b[?25h") == (term == "xterm")
