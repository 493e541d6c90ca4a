"""The documentation is true: its code runs and gives what it shows, its commands and links exist, its tables hold."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer
import typer.main

from ccredact import Policy, Redactor, Utterance
from ccredact.cli.app import app
from ccredact.formats import detect_format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
EXAMPLES = {
    "arrow_table.py": ("[CREDIT_CARD]", "arrow"),
    "asgi_websocket.py": ("[CREDIT_CARD]", ""),
    "folder.py": ("[CREDIT_CARD]", ""),
    "kafka_calls.py": ("[CREDIT_CARD]", "kafka"),
    "list_detector.py": ("[COMPETITOR]", ""),
    "live_loop.py": ("[CREDIT_CARD]", ""),
    "own_detector.py": ("[STAFF_BADGE]", ""),
    "presidio_recognizer.py": ("[PARCEL_LOCKER]", "presidio"),
    "ray_dataset.py": ("[CREDIT_CARD]", "ray"),
    "spark_frame.py": ("[CREDIT_CARD]", "spark"),
}
"""Every example: a label that its output has, and the extra that it needs."""
MODULES = {
    "arrow": "pyarrow",
    "handover": "cryptography",
    "kafka": "confluent_kafka",
    "livekit": "livekit.agents",
    "otel": "opentelemetry.sdk",
    "pipecat": "pipecat",
    "presidio": "presidio_analyzer",
    "ray": "ray",
    "spacy": "spacy",
    "spark": "pyspark",
}
"""What is imported of each extra."""
LIBRARIES = {"duckdb": "duckdb", "pandas": "pandas", "polars": "polars"}
"""What takes tables of ours as it is: no extra is needed."""
TELLS = {"ray", "spark"}
"""Extras that say on standard error how they work."""
REACH = {("redactor", "live")}
"""The one room that reaches down: `Redactor.live` is a verb of the class, and loads its room when it is called."""
README_WORDS = 900
SHELL = frozenset({"bash", "sh", "console"})
_FENCE = re.compile(r"^(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\[]*\]\((?P<target>[^)\s]+)\)")
_FIGURES = re.compile(r"^\|.* ---: .*\|$", re.MULTILINE)
"""A line under the head of a table of figures: they stand on the right of their columns."""


class Block(NamedTuple):
    """A fenced block of a page: its language, its options, and the line of the page before its first."""

    page: Path
    line: int
    language: str
    options: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        """Return page and line, for messages and test names."""
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    assert text.count("\n```") % 2 == (1 if text.startswith("```") else 0), f"{page.name}: a fence is not closed"
    for found in _FENCE.finditer(text):
        language, *options = found["info"].split() or [""]
        pairs = dict((*option.split("=", 1), "")[:2] for option in options)
        yield Block(page, text.count("\n", 0, found.start("body")), language, pairs, found["body"])


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
PYTHON = [block for block in BLOCKS if block.language == "python"]
WITH_EXTRA = [block for block in PYTHON if "extra" in block.options]
PYTHON_PAGES = sorted({block.page for block in PYTHON if "extra" not in block.options})
SAMPLES = [block for block in BLOCKS if block.options.get("in", "events") != "events"]


def shown(source: str, statement: ast.stmt) -> str | None:
    """Return what the comment behind an expression says that it gives, where that is a literal."""
    lines = source.splitlines()
    end, column = statement.end_lineno or 0, statement.end_col_offset or 0
    rest = lines[end - 1].encode()[column:].decode().strip()
    comment = rest or (lines[end].strip() if end < len(lines) else "")
    if not comment.startswith("# "):
        return None
    try:
        return repr(ast.literal_eval(comment.removeprefix("# ")))
    except (SyntaxError, ValueError):
        return None  # a remark


def run(block: Block, names: dict[str, Any]) -> int:
    """Run a block statement by statement; return how many of its expressions gave what is shown."""
    compared = 0
    for statement in ast.parse(block.text, block.name).body:
        ast.increment_lineno(statement, 0)
        expected = shown(block.text, statement) if isinstance(statement, ast.Expr) else None
        if isinstance(statement, ast.Expr) and expected is not None:
            code = compile(ast.Expression(statement.value), block.name, "eval")
            assert repr(eval(code, names)) == expected, f"{block.name}, line {statement.lineno} of the block"  # noqa: S307
            compared += 1
        else:
            exec(compile(ast.Module([statement], []), block.name, "exec"), names)  # noqa: S102
    return compared


def needs(extra: str) -> None:
    if extra and not is_installed((MODULES | LIBRARIES)[extra]):
        pytest.skip(f"needs the extra {extra}")  # `.ci/run --extras` installs them all, and fails without


def is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it is in
        return False


def test_a_block_that_gives_something_else_than_it_shows_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\na = 1\na + 1\n# 2\n'x' 'y'  # 'xy'\na  # a remark\n```\n", encoding="utf-8")
    assert run(next(blocks_of(page)), {}) == 2
    page.write_text("```python\n1 + 1\n# 3\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        run(next(blocks_of(page)), {})


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda page: page.name)
def test_the_python_blocks_of_a_page_run(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    compared = [run(block, names) for block in PYTHON if block.page == page and "extra" not in block.options]
    assert sum(compared) or capsys.readouterr().out, "nothing is shown"


@pytest.mark.extras
@pytest.mark.filterwarnings("default")  # of other makers' packages
@pytest.mark.parametrize("block", WITH_EXTRA, ids=lambda block: block.name)
def test_a_block_that_needs_an_extra_runs(block: Block) -> None:
    needs(block.options["extra"])
    assert run(block, {"__name__": "page"})


def test_the_extras_are_those_that_the_package_has() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        known = tomllib.load(file)["project"]["optional-dependencies"]
    assert set(MODULES) <= set(known)
    used = {block.options["extra"] for block in WITH_EXTRA} | {extra for _, extra in EXAMPLES.values() if extra}
    assert used == {*MODULES, *LIBRARIES}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.extras if extra else ()) for name, (_, extra) in EXAMPLES.items()]
)
def test_an_example_runs_and_shows_no_number(name: str) -> None:
    label, extra = EXAMPLES[name]
    needs(extra)
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error::DeprecationWarning:__main__", str(ROOT / "examples" / name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600 if extra in TELLS else 120,
    )
    assert (done.returncode, "" if extra in TELLS else done.stderr) == (0, "")
    assert label in done.stdout
    assert not re.search(r"\d{4}", done.stdout)


def test_every_example_is_run() -> None:
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(EXAMPLES)


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language == "yaml"], ids=lambda block: block.name)
def test_a_policy_is_one(block: Block) -> None:
    assert Policy.from_yaml(block.text).operators


@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: block.name)
def test_a_sample_is_recognised_as_what_it_is(block: Block) -> None:
    assert block.options["in"] == detect_format(block.text.encode()).name


@pytest.mark.parametrize("block", [b for b in BLOCKS if "case" in b.options], ids=lambda block: block.name)
def test_a_case_is_true(block: Block) -> None:
    marked = [line.partition(": ")[::2] for line in block.text.splitlines()]
    call = [Utterance(re.sub(r"<[A-Z_]+:([^>]+)>", r"\1", text), speaker) for speaker, text in marked]
    hidden = [re.sub(r"<([A-Z_]+):[^>]+>", r"[\1]", text) for _, text in marked]
    assert [segment.text for segment in Redactor().redact_call(call)] == hidden
    assert [utterance.text for utterance in call] != hidden


def test_marked_calls_are_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (gold,) = (block for block in BLOCKS if "gold" in block.options)
    (tmp_path / "gold.jsonl").write_text(gold.text, encoding="utf-8")
    command: Any = typer.main.get_command(app)
    with pytest.raises(SystemExit, match="0"):
        command(["detect", str(tmp_path / "gold.jsonl"), "-o", str(tmp_path / "found.jsonl")])
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    score = importlib.import_module("score")
    report = score.score(score.load(str(tmp_path / "gold.jsonl")), score.load(str(tmp_path / "found.jsonl")))
    assert report["labels"]["ALL"] == {"entities": 3, "leak": 0.0, "missed": 0.0, "relabel": 0.0}


# -- commands ------------------------------------------------------------------------------------------------------


def commands_in(line: str) -> Iterator[list[str]]:
    """Yield the commands of a line of shell, without what they read and write."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
    lexer.commenters, skip = "#", False
    lexer.whitespace_split = True  # as a shell has it: "s3://calls" is one word
    words: list[str] = []
    for token in lexer:
        if set(token) <= set("|&;()"):
            yield words
            words = []
        elif set(token) <= set("<>"):
            skip = True
        else:
            words += [] if skip else [token]
            skip = False
    yield words


def shell_lines() -> Iterator[tuple[str, str]]:
    """Yield (where, line) for every line of shell: in blocks, and in the text where it begins with one of ours."""
    for block in BLOCKS:
        if block.language in SHELL:
            for line in block.text.replace("\\\n", " ").splitlines():
                yield block.name, line
    for page in PAGES:
        text = _FENCE.sub("", page.read_text(encoding="utf-8"))
        for found in re.finditer(r"`((?:ccredact \w+ |ccredact -|python benchmarks/|python docs/|\.ci/)[^`]+)`", text):
            yield page.name, found[1].replace("\n", " ")


def problem_with(words: list[str]) -> str:
    """Return what is wrong with a command of ours, "" for what is right or not ours."""
    while words and "=" in words[0]:
        words = words[1:]
    program, *rest = words or [""]
    if rest[:2] == ["-m", "ccredact"]:
        program, rest = "ccredact", rest[2:]
    if Path(program).name == "ccredact":
        return problem_with_options(rest)
    if Path(program).name.startswith("python") and rest and rest[0].endswith(".py"):
        program, *rest = rest
    if re.fullmatch(r"(\.\./)?(benchmarks|docs|examples)/\w+\.py|\.ci/\w+", program):
        path = ROOT / program.removeprefix("../")
        source = path.read_text(encoding="utf-8") if path.is_file() else None
        if source is None:
            return f"there is no {program}"
        options = [word.partition("=")[0] for word in rest if word.startswith("-")]
        unknown = [option for option in options if f'"{option}"' not in source and f"{option})" not in source]
        if program == ".ci/task":
            unknown += [word for word in rest if f"\n  {word})" not in source]
        return f"{program} has no {unknown}" if unknown else ""
    return ""


def problem_with_options(words: list[str]) -> str:
    root: Any = typer.main.get_command(app)
    command = root.commands.get(words[0]) if words else None
    try:
        (command or root).make_context(words[0] if words else "", words[1:] if command else words)
    except Exception as error:  # noqa: BLE001 - what typer raises for a wrong option has no name in all its versions
        return error.format_message() if hasattr(error, "format_message") else ""
    return "" if command else f"there is no command {words[:1]}"


def test_a_wrong_command_is_caught() -> None:
    assert problem_with(["ccredact", "redact", "--frm", "x"])
    assert problem_with([".venv/bin/ccredact", "lunch"])
    assert problem_with(["python", "benchmarks/leak.py", "FOLDER", "--group", "card"])
    assert problem_with(["python", "benchmarks/none.py"])
    assert problem_with([".ci/task", "lunch"])
    assert not problem_with(["ccredact", "--version"])
    assert list(commands_in("zcat a | ccredact redact --policy pci > b  # > c")) == [
        ["zcat", "a"],
        ["ccredact", "redact", "--policy", "pci"],
    ]


def test_every_command_has_the_options_that_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [(f"{where}: {line}", words) for where, line in shell_lines() for words in commands_in(line)]
    wrong = [f"{where}: {problem}" for where, words in commands if (problem := problem_with(words))]
    capsys.readouterr()  # --help and --version print
    assert not wrong
    assert len(commands) > 30


# -- pages ---------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "models" / "README.md"], ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.finditer(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        target, _, anchor = link["target"].partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), link["target"]
        assert not anchor or anchor in anchors(there), link["target"]


@pytest.mark.parametrize("page", [*PAGES, ROOT / "models" / "README.md"], ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for name in re.findall(r"`([a-z.][\w./]*/[\w.]*\.(?:py|txt|md|toml|yml))`", text):
        assert any((folder / name).exists() for folder in (ROOT, ROOT / "src" / "ccredact", ROOT / "models")), name


def test_the_readme_is_short_and_names_every_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.split()) <= README_WORDS
    assert {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"} <= set(
        re.findall(r"docs/\w+\.md", text)
    )


def test_the_tables_are_true(tmp_path: Path, capsys: pytest.CaptureFixture[str], tables: ModuleType) -> None:
    assert tables.main(["--check"]) == 0, capsys.readouterr().out
    page = tmp_path / "page.md"
    sample = "```text in=text\nmy PIN is 4821\n```\n\nbecomes\n\n```text out\n{}```\n"
    table = "<!-- table: operators -->\n{}<!-- end -->\n"
    page.write_text(table.format("| a |\n") + sample.format("my PIN is\n"), encoding="utf-8")
    assert tables.main([str(page), "--check"]) == 1
    assert tables.main([str(page)]) == 0
    assert tables.main([str(page), "--check"]) == 0
    assert page.read_text(encoding="utf-8").endswith(sample.format("my PIN is [PIN]\n"))


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return importlib.import_module("tables")


@pytest.mark.parametrize("name", ["README.md", "docs/accuracy.md", "docs/performance.md"])
def test_every_table_of_figures_stands_under_the_command_that_makes_it(name: str) -> None:
    parts = re.split(r"^## ", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    heads = [part[: table.start()] for part in parts if (table := _FIGURES.search(part))]
    assert heads
    for head in heads:
        assert re.search(r"python benchmarks/\w+\.py", head), head[:40]


def test_a_room_imports_only_from_the_rooms_above_it() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [re.findall(r"`(\w+)`", row) for row in re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)]
    level = {name: number for number, row in enumerate(rows) for name in row}
    package = ROOT / "src" / "ccredact"
    rooms = (path for path in package.iterdir() if path.name[0] != "_" and (path.is_dir() or path.suffix == ".py"))
    assert set(level) == {path.stem for path in rooms}
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        if room in level:
            above = [
                name for name in imports_of(path) if level.get(name, 0) > level[room] and (room, name) not in REACH
            ]
            assert {(room, name) for name in above} <= REACH, f"{path.relative_to(ROOT)} imports {above}"


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ccredact."):
            yield node.module.split(".")[1]


def test_the_forms_for_reports_ask_for_invented_text() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    assert len(forms) >= 3
    for form in forms:
        if form.name != "config.yml":
            assert "invented" in form.read_text(encoding="utf-8").lower()


def test_the_gold_form_is_one_call_a_line() -> None:
    (gold,) = (block for block in BLOCKS if "gold" in block.options)
    for line in gold.text.splitlines():
        for turn in json.loads(line)["turns"]:
            for entity in turn["entities"]:
                assert turn["text"][entity["start"] : entity["end"]].strip()
