"""The command line as a whole, as it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("command", COMMANDS)
def test_app_every_command_has_help_with_examples(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"govextract {command}" in result.stdout
    assert "Example" in result.stdout


def test_app_no_command_or_option_is_hidden() -> None:
    for name, command in typer.main.get_group(app).commands.items():
        assert not command.hidden, name
        for parameter in command.params:
            assert not getattr(parameter, "hidden", False), (name, parameter.name)


def test_app_every_command_is_one_file() -> None:
    folder = Path(govextract.cli.__file__).parent
    for command in COMMANDS:
        assert (folder / f"{command}.py").is_file()


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
