"""What concerns a table as a whole: rows that do not fit, no value at all, a cut end, an encoding that was told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.data.containers.table import Table
from briefing.data.reading.faults import Fault
from briefing.data.reading.grid import Grid
from briefing.data.reading.rows import Reading
from briefing.problems import Place, Problem, error, info, warning
from briefing.text import Label

_SHOWN = 20
_COMPARED = 60


def faults_as_problems(name: str, faults: Sequence[Fault]) -> tuple[Problem, ...]:
    """One error a refused row, the first twenty; the last one says how many more there are."""
    shown = faults[:_SHOWN]
    more = len(faults) - len(shown)
    out = []
    for number, fault in enumerate(shown, start=1):
        tail_en, tail_zh = (f" ({more:,} more)", f"（另有{more:,}處）") if more and number == len(shown) else ("", "")
        out.append(
            error(
                "import.row",
                Place(file=name, row=fault.line, column=fault.column),
                Label(
                    f"{name}, line {fault.line}, column {fault.column}: {fault.reason.en}{tail_en}.",
                    f"{name}第{fault.line}行，{fault.column}欄：{fault.reason.zh}{tail_zh}。",
                ),
                Label(
                    "Mend the file or export it again; nothing of it was loaded.", "請修正或重新匯出；該檔完全未載入。"
                ),
            )
        )
    return tuple(out)


def check_whole(table: Table, reading: Reading) -> Iterator[Problem]:
    """What concerns the file as a whole: no value at all, a cut end, a guessed encoding, days merged."""
    name, last = table.grid.title, table.grid.rows[-1]
    if not reading.rows_kept and not reading.faults:
        yield error(
            "import.no_values",
            Place(file=name, row=last.line),
            Label(
                f"{name}, line {last.line}: the file ends without a single value.",
                f"{name}第{last.line}行：全檔沒有任何數值。",
            ),
            Label("Download or export it again.", "請重新下載或匯出。"),
        )
    if cut_line(table.grid):
        yield _cut(table.grid)
    if table.guessed:
        yield info(
            "import.encoding",
            Place(file=name),
            Label(
                f"{name} is not in UTF-8; it was read as {table.encoding}.",
                f"{name}不是UTF-8編碼，以{table.encoding}讀取。",
            ),
            Label("See whether its words look right.", "請確認文字是否正確。"),
        )
    if reading.merged:
        yield info(
            "import.merged",
            Place(file=name),
            Label(
                f"{name}: {reading.merged:,} values stand twice and are equal; one of each was kept.",
                f"{name}：有{reading.merged:,}個數值重複且相同，各保留一個。",
            ),
            Label("Nothing needs to be done.", "無須處理。"),
        )


def cut_line(grid: Grid) -> int:
    """The line of the last row when its last value may be cut off; 0 when it is whole.

    A text that ends without a line end is whole all the same when the last value has as many decimals as
    every value above it.
    """
    if not grid.cut:
        return 0
    cells = [row.cells[-1] for row in grid.rows[-_COMPARED:]]
    last = _decimals(cells[-1])
    same = len(cells) == _COMPARED and all(_decimals(cell) == last for cell in cells if cell)
    return 0 if last and same else grid.rows[-1].line


def _decimals(cell: str) -> int:
    return len(cell.rpartition(".")[2]) if "." in cell else 0


def _cut(grid: Grid) -> Problem:
    name, last = grid.title, grid.rows[-1]
    return warning(
        "import.cut",
        Place(file=name, row=last.line, column=str(len(last.cells))),
        Label(
            f"{name}, line {last.line}: the last line has no line end; its last value"
            f" “{last.cells[-1]}” may be cut off.",
            f"{name}第{last.line}行：最後一行沒有換行，末值「{last.cells[-1]}」可能不完整。",
        ),
        Label(
            "Compare the last line with the source; it is marked as suspect.",
            "請與來源核對最後一行；該行已標記為存疑。",
        ),
    )
