"""How a container says that it cannot be read: the file, the part of it, the place, and what to do."""

from __future__ import annotations

from briefing.problems import Place, Refused, error
from briefing.text import Label

EXPORT_AGAIN = Label("Download or export the file again, as CSV in UTF-8.", "請重新下載或匯出為UTF-8編碼的CSV檔。")


def refused(  # a sentence in two languages, and where it belongs
    title: str,
    en: str,
    zh: str,
    *,
    line: int | None = None,
    cell: str | None = None,
    hint: Label = EXPORT_AGAIN,
    check: str = "import.file",
) -> Refused:
    """The refusal of a file. `title` names the file and the part, `line` counts from 1, `cell` is such as “B5” or a column."""
    where_en = f", line {line}" if line else f", cell {cell}" if cell else ""
    where_zh = f"第{line}行" if line else f"儲存格{cell}" if cell else ""
    return Refused(
        error(
            check,
            Place(file=title, row=line, column=cell),
            Label(f"{title}{where_en}: {en}.", f"{title}{where_zh}：{zh}。"),
            hint,
        )
    )
