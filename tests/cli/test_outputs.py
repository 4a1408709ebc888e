from __future__ import annotations

import json
import os
from pathlib import Path, PurePath

import pytest

from govextract.cli.inputs import Input, Inputs
from govextract.cli.outputs import Output, OutputError, plan
from govextract.exporters import Format
from govextract.ledger import Ledger


def _inputs(*names: str, several: bool | None = None) -> Inputs:
    documents = [Input(Path("in", name), PurePath(name)) for name in names]
    return Inputs(documents, len(names) > 1 if several is None else several)


def _files(output: Output, folder: Path) -> list[str]:
    assert output.files is not None
    return [path.relative_to(folder).as_posix() for path in output.files.values()]


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "xlsx"])
def test_plan_takes_the_format_from_the_suffix(tmp_path: Path, suffix: str) -> None:
    assert plan(_inputs("a.txt"), str(tmp_path / f"out.{suffix.upper()}"), None).format == suffix


def test_plan_takes_json_where_nothing_tells_the_format(tmp_path: Path) -> None:
    assert plan(_inputs("a.txt"), str(tmp_path / "out"), None).format == "json"
    assert plan(_inputs("a.txt"), None, None).format == "json"


def test_plan_takes_a_given_format_against_the_suffix(tmp_path: Path) -> None:
    assert plan(_inputs("a.txt"), str(tmp_path / "out.json"), "csv").format == "csv"


def test_plan_one_file_to_one_file(tmp_path: Path) -> None:
    output = plan(_inputs("a.txt"), str(tmp_path / "ledger.xlsx"), None)
    assert _files(output, tmp_path) == ["ledger.xlsx"]


def test_plan_one_file_to_a_folder(tmp_path: Path) -> None:
    assert _files(plan(_inputs("a.txt"), str(tmp_path), "csv"), tmp_path) == ["a.csv"]
    output = plan(_inputs("a.txt"), str(tmp_path / "new") + "/", "csv")
    assert _files(output, tmp_path) == ["new/a.csv"]


def test_plan_several_files_to_a_folder_that_keeps_subfolders(tmp_path: Path) -> None:
    output = plan(_inputs("a.txt", "x/b.docx"), str(tmp_path / "out"), None)
    assert _files(output, tmp_path) == ["out/a.json", "out/x/b.json"]


def test_plan_a_folder_of_one_file_is_written_to_a_folder(tmp_path: Path) -> None:
    output = plan(_inputs("a.txt", several=True), str(tmp_path / "out"), None)
    assert _files(output, tmp_path) == ["out/a.json"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.txt", "a.docx"], ["a.txt.json", "a.docx.json"]),
        (["a.txt", "b.txt"], ["a.json", "b.json"]),
        (["a.txt", "x/a.txt"], ["a.json", "x/a.json"]),
        (["a.txt", "a.txt"], ["a.txt.json", "a.txt-2.json"]),
        (["A.txt", "a.TXT"], ["A.txt.json", "a.TXT-2.json"]),
        (["a.txt", "a.txt", "a.txt-2"], ["a.txt.json", "a.txt-2.json", "a.txt-2-2.json"]),
        (["a", "a.txt"], ["a.json", "a.txt.json"]),
    ],
)
def test_plan_gives_no_two_documents_the_same_file(
    tmp_path: Path, names: list[str], expected: list[str]
) -> None:
    # As when files of one name come from different folders of the command line.
    inputs = Inputs([Input(Path(f"{n}", name), PurePath(name)) for n, name in enumerate(names)])
    inputs.several = True
    assert _files(plan(inputs, str(tmp_path), None), tmp_path) == expected


def test_plan_several_as_lines_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    assert plan(_inputs("a.txt", "b.txt"), str(path), None).stream == path


def test_plan_several_as_lines_to_a_file_of_its_own_in_a_folder(tmp_path: Path) -> None:
    output = plan(_inputs("a.txt", "b.txt"), str(tmp_path), "jsonl")
    assert output.stream == tmp_path / "ledgers.jsonl"


@pytest.mark.parametrize("format", [None, "json", "jsonl"])
def test_plan_several_to_standard_output_are_lines(format: str | None) -> None:
    output = plan(_inputs("a.txt", "b.txt"), None, format)  # type: ignore[arg-type]
    assert (output.format, output.stream, output.files) == ("jsonl", None, None)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_plan_refuses_several_tables_on_standard_output(format: str) -> None:
    with pytest.raises(OutputError, match="name a folder for them with -o"):
        plan(_inputs("a.txt", "b.txt"), "-", format)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["all.xlsx", "all.csv", "all.json"])
def test_plan_refuses_several_tables_in_one_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"name a folder, or a \.jsonl file"):
        plan(_inputs("a.txt", "b.txt"), str(tmp_path / name), None)


def test_plan_refuses_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="is one file"):
        plan(_inputs("a.txt", "b.txt"), str(tmp_path / "out"), None)


def test_plan_refuses_a_workbook_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(OutputError, match="not for the terminal"):
        plan(_inputs("a.txt"), None, "xlsx")


@pytest.mark.parametrize("way", ["same", "dots", "link", "hard link"])
def test_plan_refuses_to_overwrite_an_input(tmp_path: Path, way: str) -> None:
    source = tmp_path / "a.txt"
    source.write_text("一、清淤")
    out = tmp_path / "out.txt"
    if way == "same":
        out = source
    elif way == "dots":
        (tmp_path / "x").mkdir()
        out = tmp_path / "x" / ".." / "a.txt"
    elif way == "link":
        out.symlink_to(source)
    else:
        os.link(source, out)
    inputs = Inputs([Input(source, PurePath("a.txt"))])
    for format in ("json", "jsonl"):
        with pytest.raises(OutputError, match="would overwrite an input"):
            plan(inputs, str(out), format)  # type: ignore[arg-type]


def test_plan_refuses_to_overwrite_one_of_many_inputs(tmp_path: Path) -> None:
    for name in ("a.json", "b.txt"):
        (tmp_path / name).write_text("一、清淤")
    documents = [Input(tmp_path / name, PurePath(name)) for name in ("a.json", "b.txt")]
    with pytest.raises(OutputError, match=r"a\.json would overwrite an input"):
        plan(Inputs(documents, several=True), str(tmp_path), None)


def test_output_makes_missing_folders(tmp_path: Path, sample: Ledger) -> None:
    inputs = _inputs("a.txt")
    path = tmp_path / "new" / "folder" / "ledger.json"
    with plan(inputs, str(path), None) as output:
        output.write(inputs.documents[0], sample)
    assert json.loads(path.read_bytes()) == sample.to_dict()


def test_output_overwrites_an_older_result(tmp_path: Path, sample: Ledger) -> None:
    inputs = _inputs("a.txt")
    path = tmp_path / "ledger.json"
    path.write_text("older")
    with plan(inputs, str(path), None) as output:
        output.write(inputs.documents[0], sample)
    assert json.loads(path.read_bytes())["schema_version"] == "1"


def test_output_lines_follow_one_another(tmp_path: Path, sample: Ledger) -> None:
    inputs = _inputs("a.txt", "b.txt")
    path = tmp_path / "all.jsonl"
    with plan(inputs, str(path), None) as output:
        for document in inputs.documents:
            output.write(document, sample)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [sample.to_dict()] * 2


def test_output_without_any_result_leaves_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("older")
    with plan(_inputs("a.txt", "b.txt"), str(path), None):
        pass
    assert path.read_text() == "older"


@pytest.mark.parametrize(
    ("name", "format"),
    [("ledger.xls", None), ("ledger.txt", None), ("circular.docx", None), ("circular.pdf", "csv")],
)
def test_plan_refuses_a_name_of_something_else(
    tmp_path: Path, name: str, format: Format | None
) -> None:
    with pytest.raises(OutputError, match=r"\.json, \.jsonl, \.csv, \.xlsx"):
        plan(_inputs("a.txt"), str(tmp_path / name), format)


@pytest.mark.parametrize(("name", "format"), [("ledger.txt", "csv"), ("ledger", None)])
def test_plan_takes_a_name_that_says_nothing_else(
    tmp_path: Path, name: str, format: Format | None
) -> None:
    assert _files(plan(_inputs("a.txt"), str(tmp_path / name), format), tmp_path) == [name]


def test_output_lines_that_break_off_leave_the_older_file(tmp_path: Path, sample: Ledger) -> None:
    target = tmp_path / "ledgers.jsonl"
    target.write_text("older")

    def break_off() -> None:
        with Output("jsonl", stream=target) as output:
            output.write(Input(Path("a.txt"), PurePath("a.txt")), sample)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert target.read_text() == "older"
    assert len((tmp_path / "ledgers.jsonl.part").read_text().splitlines()) == 1


def test_output_lines_that_end_leave_no_part(tmp_path: Path, sample: Ledger) -> None:
    target = tmp_path / "ledgers.jsonl"
    with Output("jsonl", stream=target) as output:
        output.write(Input(Path("a.txt"), PurePath("a.txt")), sample)
    assert [path.name for path in tmp_path.iterdir()] == ["ledgers.jsonl"]
