"""The shape of the house: who may import whom, how long a module is, what none of them does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "govextract"

# Imports point to the same floor or a lower one. Every room of the package has its floor here.
FLOORS = {
    "records": 1, "data": 1, "merging": 1, "ranges": 1,
    "readers": 2, "values": 2, "exporters": 2, "scoring": 2, "corpus": 2,
    "rules": 3, "ner": 3, "doccano": 3,
    "assembly": 4, "checks": 4, "ledger": 4,
    "pipeline": 5,
    "cli": 6, "__main__": 7,
}  # fmt: skip
WITHOUT_SPACY = ("records", "data", "readers", "values", "exporters", "scoring", "ledger", "cli")
MAX_LINES = 600

FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}
NETWORK_MODULES = {"socket", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}
NETWORK_SUBMODULES = {"urllib.request", "http.client"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
# Only this room speaks to a server, and only to the one that the user names.
MAY_USE_NETWORK = ("doccano",)


def _modules() -> dict[str, Path]:
    """Return the dotted names of the package's modules, with their files."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _imports(module: str) -> Iterator[str]:
    """Yield the dotted names that `module` imports, wherever in it the import stands."""
    is_package = MODULES[module].name == "__init__.py"
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) - node.level + is_package]
                base = ".".join([*above, base]).rstrip(".")
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield name if name in MODULES else base


def _room(module: str) -> str | None:
    """Return the room of a dotted name of the package; None for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def _of_package(module: str) -> set[str]:
    return {name for name in _imports(module) if name.split(".")[0] == "govextract"}


def test_architecture_the_modules_are_found() -> None:
    assert {"govextract.records", "govextract.cli", "govextract.data"} <= set(MODULES)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "govextract"])
def test_architecture_every_module_has_a_floor(module: str) -> None:
    assert _room(module) in FLOORS


@pytest.mark.parametrize("module", [name for name in MODULES if name != "govextract"])
def test_architecture_imports_point_downward_only(module: str) -> None:
    own = FLOORS[_room(module) or ""]
    upward = {
        name
        for name in _of_package(module)
        if (room := _room(name)) is not None and FLOORS[room] > own
    }
    assert not upward, f"{module} is on floor {own} and imports {sorted(upward)}"


@pytest.mark.parametrize("module", [name for name in MODULES if name != "govextract"])
def test_architecture_the_package_itself_gives_only_its_version(module: str) -> None:
    # Its other names are resolved lazily, which would hide an import that points upward.
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module == "govextract" and not node.level:
            names = {alias.name for alias in node.names}
            rooms = {name for name in names if f"govextract.{name}" in MODULES}
            assert names - rooms <= {"__version__"}


def test_architecture_imports_have_no_circles() -> None:
    graph = {name: _of_package(name) - {"govextract", name} for name in MODULES}
    del graph["govextract"]
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " imports ".join([*above[above.index(module) :], module])
        if module not in done:
            for name in sorted(graph.get(module, ())):
                visit(name, (*above, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_architecture_no_module_is_too_long(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES


@pytest.mark.parametrize("room", WITHOUT_SPACY)
def test_architecture_rooms_that_others_may_use_alone_import_no_spacy(room: str) -> None:
    modules = [name for name in MODULES if _room(name) == room]
    assert modules
    code = (
        "import sys, importlib\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(*({'spacy', 'thinc'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == ""


def test_architecture_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, govextract\n"
        "heavy = {'spacy', 'numpy', 'pandas', 'lxml', 'docx', 'typer', 'xlsxwriter'}\n"
        "print(*(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == ""


@pytest.mark.parametrize("module", MODULES)
def test_architecture_no_module_runs_data_as_code(module: str) -> None:
    imported = {name.split(".")[0] for name in _imports(module)}
    assert not imported & FORBIDDEN_MODULES
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"{module}, line {node.lineno}"
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            assert isinstance(node.value, ast.Constant)
            assert node.value.value is False, f"{module}, line {node.value.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            dotted = f"{node.value.id}.{node.attr}"
            assert dotted not in {"yaml.load", "yaml.unsafe_load"}, f"{module}: {dotted}"


@pytest.mark.parametrize("module", MODULES)
def test_architecture_no_module_uses_the_network(module: str) -> None:
    if _room(module) in MAY_USE_NETWORK:
        return
    imported = set(_imports(module))
    assert not {name.split(".")[0] for name in imported} & NETWORK_MODULES
    assert not imported & NETWORK_SUBMODULES


# Data files: each is read through the validating loader of govextract.data, by name.

DATA = PACKAGE / "data"
LOADERS = {"read_rows", "read_text"}


def _loaded_names() -> dict[str, list[str]]:
    """Return the data files that are handed to a loader, with the modules that do so."""
    found: dict[str, list[str]] = {}
    for module in MODULES:
        constants = {
            target.id: node.value.value
            for node in ast.walk(_tree(module))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(_tree(module)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            argument = node.args[0]
            if name in LOADERS:
                value = (
                    argument.value
                    if isinstance(argument, ast.Constant)
                    else constants.get(getattr(argument, "id", ""))
                )
                if isinstance(value, str):
                    found.setdefault(value, []).append(module)
    return found


DATA_FILES = sorted(p.name for p in DATA.iterdir() if p.is_file() and p.suffix != ".py")


def test_architecture_the_data_files_are_found() -> None:
    assert "ledger.schema.json" in DATA_FILES


@pytest.mark.parametrize("name", DATA_FILES)
def test_architecture_every_data_file_is_read_through_the_loader(name: str) -> None:
    assert name in _loaded_names(), f"no module hands {name} to {' or '.join(sorted(LOADERS))}"


@pytest.mark.parametrize("name", sorted(_loaded_names()))
def test_architecture_every_loaded_file_is_there(name: str) -> None:
    assert (DATA / name).is_file()


@pytest.mark.parametrize("name", [name for name in DATA_FILES if name.endswith(".tsv")])
def test_architecture_every_table_names_its_sources(name: str) -> None:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if line.strip() and not line.startswith("#"))
    comments = " ".join(line for line in lines if line.startswith("#")).casefold()
    assert "source" in head.split("\t") or re.search("source|computed|own wording", comments)


# A trained pipeline is a folder that spaCy loads, not a table that is read.
OPENERS = {"govextract.data", "govextract.ner.shipping"}


@pytest.mark.parametrize("module", [name for name in MODULES if name not in OPENERS])
def test_architecture_only_the_loader_opens_the_package_s_files(module: str) -> None:
    for node in ast.walk(_tree(module)):
        assert not (isinstance(node, ast.Name) and node.id == "__file__"), (
            f"{module}, line {node.lineno}: reads beside itself instead of through govextract.data"
        )
    assert "importlib.resources" not in set(_imports(module))


# The repository's text.

TEXT_SUFFIXES = {
    ".py", ".md", ".txt", ".cfg", ".toml", ".yml", ".yaml", ".json", ".jsonl", ".tsv", ".csv",
    ".html", ".xml", ".sh", "",
}  # fmt: skip
# Paths of somebody's machine; addresses of pages and XPath expressions look alike, so a path
# counts only where it begins. Pieced together, so that this file does not find itself.
_FOLDERS = (r"(?:work|root|mnt|opt)(?![\w-])", r"home/\w", r"Users/\w", r"tmp/[a-z]+[-.]")
MACHINE_PATH = re.compile(r"(?<![\w/.:~\-*)\]}<])/(?:" + "|".join(_FOLDERS) + ")")
REFERENCE_TEXTS = re.compile("(?<![./\\w])" + "shared" + r"/[a-zA-Z]")


def _text_files() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
        paths = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    except (OSError, subprocess.CalledProcessError):
        # Not a clone but an unpacked archive, which has nothing but the project's files.
        paths = [p for p in ROOT.rglob("*") if not {".venv", ".git"} & set(p.parts)]
    return [p for p in paths if p.is_file() and p.suffix in TEXT_SUFFIXES]


def _lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in _text_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    return found


def test_architecture_the_text_files_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in _text_files()}
    assert {"README.md", "setup.cfg", "govextract/records.py"} <= names


def test_architecture_no_text_names_a_path_of_somebody_s_machine() -> None:
    assert _lines_that_match(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see /" + "work/main/x.py", True),
        ("cd /" + "home/li/x", True),
        ("http://www.example.gov.cn/" + "work/art", False),
        ("//" + "work/x", False),
        ("network/" + "opt/x", False),
        ("<select></" + "option></" + "root>", False),
    ],
)
def test_architecture_machine_paths_are_told_from_addresses(line: str, found: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) == found


def test_architecture_no_text_names_files_outside_the_project() -> None:
    assert _lines_that_match(REFERENCE_TEXTS) == []
