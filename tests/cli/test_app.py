"""The command line as a whole, as it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import govextract
import govextract.cli
from govextract.cli import app

COMMANDS = sorted(typer.main.get_group(app).commands)


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from govextract.cli import main; sys.argv[0] = 'govextract'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=False
    )


def test_app_prints_its_version() -> None:
    result = _run("--version")
    assert result.stdout.decode().split() == ["govextract", govextract.__version__]
    assert result.returncode == 0


def test_app_version_is_that_of_the_installed_package() -> None:
    from importlib.metadata import version

    assert version("govextract") == govextract.__version__


def test_app_without_a_command_shows_help_as_wrong_usage() -> None:
    result = _run()
    assert b"Commands:" in result.stdout + result.stderr
    assert result.returncode == 2


def test_app_refuses_an_unknown_command() -> None:
    assert _run("extrakt").returncode == 2


def _every_command(group: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield " ".join([*above, name]), command
        if hasattr(command, "commands"):
            yield from _every_command(command, (*above, name))


EVERY_COMMAND = dict(_every_command(typer.main.get_group(app)))


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_app_every_command_has_help_with_examples(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    assert result.exit_code == 0
    if not hasattr(EVERY_COMMAND[name], "commands"):  # a group lists its commands instead
        assert f"  govextract {name}" in result.stdout
        assert "Example" in result.stdout


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_app_no_command_or_option_is_hidden(name: str) -> None:
    assert not EVERY_COMMAND[name].hidden
    for parameter in EVERY_COMMAND[name].params:
        assert not getattr(parameter, "hidden", False), parameter.name


def test_app_every_command_has_its_own_module() -> None:
    folder = Path(govextract.cli.__file__).parent
    for command in COMMANDS:
        assert (folder / f"{command}.py").is_file() or (folder / command / "__init__.py").is_file()


def test_app_help_imports_neither_spacy_nor_a_reader() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom govextract.cli import app\n"
        "assert CliRunner().invoke(app, ['extract', '--help']).exit_code == 0\n"
        "heavy = {'spacy', 'lxml', 'pandas', 'xlsxwriter', 'docx', 'numpy'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.strip() == b"[]"


def test_app_schema_prints_the_shipped_schema() -> None:
    schema = json.loads(_run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema_version"] == {"const": "1"}


def test_app_ends_quietly_when_the_reader_of_a_pipe_leaves() -> None:
    code = (
        "import govextract.cli as cli\n"
        "def leave(): raise BrokenPipeError(32, 'Broken pipe')\n"
        "cli.app = leave\n"
        "cli.main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (1, b"")
