"""The ledger of one circular, with the forms that it is handed on in.

Examples
--------
>>> from govextract.records import Meta, Responsibility, Source, Task
>>> text = "1、建设泵站。(市水利局、财政局)"
>>> ledger = Ledger(Source(None, "0" * 64, "txt"), Meta(year=2015), text, [
...     Task("1", "1", [], "建设泵站", 0, 18, responsibilities=[
...         Responsibility("市水利局", "市水利局", None, "responsible", 8, 12),
...         Responsibility("财政局", "市财政局", None, "responsible", 13, 16)])])
>>> ledger.to_frame()[["task", "unit", "role"]].values.tolist()
[['建设泵站', '市水利局', 'responsible'], ['建设泵站', '市财政局', 'responsible']]
>>> ledger.to_frame(by="task", language="zh").loc[0, "责任单位"]
'市水利局、市财政局'
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any, Literal

from govextract.exporters import csv_file, json_file
from govextract.exporters.files import write_file
from govextract.exporters.rows import COLUMNS, Language, task_rows
from govextract.records import LedgerRecord

if TYPE_CHECKING:
    import pandas as pd

_DOCUMENT = {"issuer": "发文机关", "doc_number": "文号", "year": "年份"}
_RESPONSIBILITY = _DOCUMENT | {
    "task_id": "任务编号",
    "number": "原文序号",
    "section": "章节",
    "task": "任务",
    "role": "角色",
    "unit": "单位",
    "surface": "原文写法",
    "agency": "机构标识",
    "targets": "量化指标",
    "time_limits": "完成时限",
    "start": "起始字符",
    "end": "结束字符",
}
_INTEGERS = ("year", "start", "end")


class Ledger(LedgerRecord):
    """One circular's ledger: the records of the contract, and their tables and files."""

    def __repr__(self) -> str:
        """Return title and counts, not the whole text."""
        counted = f"{len(self.tasks)} tasks, {len(self.warnings)} warnings"
        return f"<{type(self).__name__} {self.meta.title or self.source.path!r}: {counted}>"

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the contract's JSON object; on one line where `indent` is None."""
        return json_file.dumps(self, indent=indent)

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Write one row a task as UTF-8 with byte order mark, safe to open in a spreadsheet.

        Raises
        ------
        OSError
            Where the file cannot be written.
        """
        write_file(path, csv_file.render(self))

    def to_xlsx(self, path: str | os.PathLike[str]) -> None:
        """Write the workbook that a supervision office keeps: tasks, warnings, provenance.

        Issues a `UserWarning` for each cell that had to be cut to what a cell can hold.

        Raises
        ------
        OSError
            Where the file cannot be written.
        ValueError
            Where there are more tasks than a worksheet has rows.
        """
        from govextract.exporters import xlsx_file

        data, notes = xlsx_file.render(self)
        write_file(path, data)
        for note in notes:
            warnings.warn(note.message, stacklevel=2)

    def to_frame(
        self,
        *,
        by: Literal["responsibility", "task"] = "responsibility",
        language: Language = "en",
    ) -> pd.DataFrame:
        """Return the ledger as a data frame, for grouping and counting.

        Parameters
        ----------
        by
            ``"responsibility"``: one row for each unit or person of each task; a task without
            any has one row whose unit is missing, so that none is lost. ``"task"``: one row a
            task, with the columns of the spreadsheet.
        language
            Names of the columns: ``"en"`` or ``"zh"``. The cells are the same in both.

        Raises
        ------
        ImportError
            Where pandas is not installed.
        ValueError
            Where `by` or `language` is another word.
        """
        if language not in ("en", "zh"):
            raise ValueError(f"language is {language!r}; it must be 'en' or 'zh'")
        if by == "task":
            names = _DOCUMENT | {column.english: column.chinese for column in COLUMNS}
            rows = self._task_records()
        elif by == "responsibility":
            names = _RESPONSIBILITY
            rows = self._responsibility_records()
        else:
            raise ValueError(f"by is {by!r}; it must be 'responsibility' or 'task'")
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise ImportError(
                'Ledger.to_frame() needs pandas: pip install "govextract[pandas]"'
            ) from error
        frame = pd.DataFrame(rows, columns=list(names))
        # The nullable type: a missing year must not turn the others into floats.
        frame = frame.astype({name: "Int64" for name in _INTEGERS if name in frame.columns})
        return frame.rename(columns=names) if language == "zh" else frame

    def _document(self) -> dict[str, Any]:
        return {name: getattr(self.meta, name) for name in _DOCUMENT}

    def _task_records(self) -> list[dict[str, Any]]:
        names = [column.english for column in COLUMNS]
        return [
            self._document() | dict(zip(names, row.cells(stacked=False), strict=True))
            for row in task_rows(self)
        ]

    def _responsibility_records(self) -> list[dict[str, Any]]:
        rows = []
        for task, row in zip(self.tasks, self._task_records(), strict=True):
            common = self._document() | {
                "task_id": task.id,
                "number": task.number,
                "section": row["section"],
                "task": task.title,
                "targets": row["targets"],
                "time_limits": row["time_limits"],
            }
            for unit in task.responsibilities:
                rows.append(
                    common
                    | {
                        "role": unit.role,
                        "unit": unit.name,
                        "surface": unit.surface,
                        "agency": unit.agency,
                        "start": unit.start,
                        "end": unit.end,
                    }
                )
            if not task.responsibilities:
                rows.append(common)
        return rows
