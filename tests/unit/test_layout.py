"""The layout keeps its walls: what may import what, that the engine knows no language, and what is compiled."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE
from ccredact.operators import OPERATORS

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "ccredact"
DISCLOSURES: Final = ("health", "family", "purchases", "special")
FAMILIES: Final = ("cards", "dates", "disclosures", "identifiers", "names")


def name_of(path: Path) -> str:
    """The dotted name of a module or package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES: Final = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


@cache
def imports_of(module: str) -> frozenset[str]:
    """Our modules that one imports: at its top, in functions, and for types alone."""
    found: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in inside}
    return frozenset(name for name in found if name.split(".")[0] == PACKAGE.name) - {module}


def inside(*folders: str) -> list[str]:
    """The modules of some packages of ours."""
    return [name for name in MODULES if any(f"{name}.".startswith(f"ccredact.{folder}.") for folder in folders)]


# --- what imports what


def circle(edges: dict[str, frozenset[str]]) -> list[str]:
    """The modules of a circle of imports, [] when there is none."""
    done: set[str] = set()
    path: list[str] = []

    def visit(module: str) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        path.append(module)
        for other in sorted(edges[module]):
            if found := visit(other):
                return found
        path.pop()
        done.add(module)
        return []

    return next((found for module in edges if (found := visit(module))), [])


def test_all_imports_of_ours_are_of_modules_that_are_there() -> None:
    missing = {(module, name) for module in MODULES for name in imports_of(module) if name not in MODULES}
    assert not missing
    assert sum(len(imports_of(module)) for module in MODULES) > len(MODULES)


def test_there_is_no_circle_of_imports() -> None:
    assert circle({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b")}) == ["b", "c", "b"]
    found = circle({module: imports_of(module) for module in MODULES})
    assert not found, "\n".join(f"{one} imports {other}" for one, other in pairwise(found))


def test_families_of_detectors_know_nothing_of_each_other() -> None:
    assert {path.name for path in (PACKAGE / "detectors").iterdir() if (path / "__init__.py").is_file()} == {*FAMILIES}
    crossing = [
        f"{module} imports {name}"
        for family in FAMILIES
        for module in inside(f"detectors.{family}")
        for name in imports_of(module)
        if any(name in inside(f"detectors.{other}") for other in FAMILIES if other != family)
    ]
    assert crossing == []


# --- no language in the engine


@cache
def words_of_the_language() -> frozenset[str]:
    """Every word of the lists and phrases of English, but for those of what people tell, which are thousands."""
    folder = PACKAGE / "lang" / "en"
    texts = [text for module in inside("lang.en") for text in strings(tree_of(module))]
    for path in sorted({*folder.glob("*.txt")} - {folder / f"{name}.txt" for name in DISCLOSURES}):
        lines = path.read_text("utf-8").splitlines()
        texts += [line for line in lines if not line.startswith(("#", "["))]
    words = {word for text in texts for word in re.split(r"[\s|~]+", text)}
    return frozenset(word for word in words if len(word) > 1 and word.isalpha() and word.islower())


def strings(tree: ast.Module) -> list[str]:
    """The string constants of a module that are its data.

    Not so: docstrings and those of attributes, messages (what is raised, or returned as a problem to raise), names of
    attributes (`__slots__`, `getattr` and the like), types and imports.
    """
    out: list[str] = []

    def walk(node: ast.AST) -> None:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Import() | ast.ImportFrom():
                return
            case ast.FunctionDef(name=name) if name.startswith(("problem_with", "_problem_with")):
                return
            case ast.Assign(targets=[ast.Name(id="__slots__" | "problem")]):
                return
            case ast.Call(func=ast.Name(id="getattr" | "hasattr" | "setattr" | "cast" | "TypeVar")):
                return
            case ast.AnnAssign(value=None):
                return
            case ast.AnnAssign(value=ast.expr() as value):
                walk(value)
                return
            case ast.Constant(value=str() as text):
                out.append(text)
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(tree)
    return out


def test_the_words_of_the_language_are_many_and_found() -> None:
    assert len(words_of_the_language()) > 5_000
    assert {"four", "september", "street", "account", "noise", "ability"} <= words_of_the_language()
    source = 'class A:\n    """four"""\n    __slots__ = ("four",)\n    x: int = len("four five")\n    """four"""\n'
    assert strings(ast.parse(source + 'raise ValueError("four")')) == ["four five"]


ENGINE: Final = inside("core", "text")


@pytest.mark.parametrize("module", ENGINE)
def test_the_engine_imports_no_language(module: str) -> None:
    assert [name for name in imports_of(module) if name in inside("lang")] == []


@pytest.mark.parametrize("module", ENGINE)
def test_the_engine_holds_no_word_of_a_language(module: str) -> None:
    ours = {*ENTITY_TYPES, *FAIL_SAFE, *OPERATORS, "default"}  # the last is a key of a policy's thresholds
    tokens = {token for text in strings(tree_of(module)) for token in text.split()} - ours
    assert sorted(tokens & words_of_the_language()) == []


@pytest.mark.parametrize("module", inside("tagger", "detectors.names"))
def test_the_words_of_names_and_addresses_are_the_languages(module: str) -> None:
    ours = {"table", "read", "judge", "tell", "plain", "th"}  # arrays in a file of weights; the letter thorn
    tokens = {token for text in strings(tree_of(module)) for token in text.split()} - ours
    assert sorted(tokens & words_of_the_language()) == []


# --- what is compiled


@cache
def compiling() -> dict[str, Any]:
    """The table of the build hook in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    table: dict[str, Any] = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    return table


def build_script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build hook, imported by its path; hatchling itself is not asked for."""
    name = "hatchling.builders.hooks.plugin.interface"
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        monkeypatch.setitem(sys.modules, ".".join(parts[:end]), ModuleType(parts[end - 1]))
    vars(sys.modules[name])["BuildHookInterface"] = dict  # any generic class
    spec = importlib.util.spec_from_file_location("compile_script", ROOT / compiling()["path"])
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_what_is_compiled_is_packages_and_modules_but_for_what_is_excluded(monkeypatch: pytest.MonkeyPatch) -> None:
    table = compiling()
    compiled = build_script(monkeypatch).compiled_modules(ROOT / "src", table["packages"], table["plain"])
    expected = {
        path.relative_to(ROOT / "src").as_posix()
        for package in table["packages"]
        for path in (*(PACKAGE / package).rglob("*.py"), PACKAGE / f"{package}.py")
        if path.is_file()
        and path.name != "__init__.py"
        and path.relative_to(PACKAGE).with_suffix("").as_posix() not in table["plain"]
    }
    assert len(expected) > 40
    assert compiled == sorted(expected)


def test_an_exclusion_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    script = build_script(monkeypatch)
    with pytest.raises(ValueError, match="core/nothing"):
        script.compiled_modules(ROOT / "src", ["core"], ["core/nothing"])


def test_every_exclusion_is_there_and_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    first = lines.index("plain = [") + 1
    entries = lines[first : lines.index("]", first)]
    found = [re.fullmatch(r'    "([\w/]+)", *# (\S.*)', entry) for entry in entries]
    assert all(found), entries
    assert [match[1] for match in found if match] == compiling()["plain"]
    for name in compiling()["plain"]:
        assert (PACKAGE / f"{name}.py").is_file(), name
        assert any(name.startswith(f"{package}/") for package in compiling()["packages"]), name


@pytest.mark.parametrize("module", inside(*compiling()["packages"]))
def test_attributes_of_compiled_objects_can_be_set(module: str) -> None:
    """One that is `Final` cannot be given to the object by plain Python, where a call is imported."""
    found = [ast.unparse(node) for node in ast.walk(tree_of(module)) if is_final_attribute(node)]
    assert found == []


def is_final_attribute(node: ast.AST) -> bool:
    match node:
        case ast.AnnAssign(target=ast.Attribute(), annotation=annotation):
            return ast.unparse(annotation).startswith("Final")
    return False


def test_a_final_attribute_is_found() -> None:
    assert is_final_attribute(ast.parse("self.a: Final = 1").body[0])
    assert not is_final_attribute(ast.parse("a: Final = 1").body[0])


# --- the tests


def test_what_hypothesis_draws_is_a_property() -> None:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    uses = re.compile(r"^from hypothesis import .*\bgiven\b", re.MULTILINE)
    drawn = {path for path in files if uses.search(path.read_text("utf-8"))}
    assert drawn
    assert {path.parent.name for path in drawn} == {"properties"}
    assert {path.parent.name for path in files} == {"properties", "unit"}
