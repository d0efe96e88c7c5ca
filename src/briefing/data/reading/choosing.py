"""The decision for one format: certain, remembered for the folder, or named by the user; else a question."""

from __future__ import annotations

from briefing.data.reading.file_names import ids_in_name
from briefing.data.reading.not_series import not_series
from briefing.data.reading.recognising import AHEAD, EXACT_HEADER, SURE, Candidate, candidate_of, candidates
from briefing.data.reading.shape import Sheet
from briefing.data.sources.registry import recognisers
from briefing.data.tabular.known import entry_of_heading
from briefing.data.tabular.outline import outline
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label, shortened

_QUOTED = 80


def chosen_candidate(sheet: Sheet, source: str | None, remembered: str | None) -> Candidate:
    """The format to read a file with. Raises `Refused` with the candidates when it is not certain."""
    if source:
        return _named(sheet, source)
    other = not_series(sheet.grid)
    if other is not None:
        raise Refused(other)
    found = candidates(sheet, remembered)
    certain = winner(found)
    if certain is not None:
        return certain
    for candidate in found:
        if candidate.recogniser.name == remembered:
            return candidate
    raise Refused(_several(sheet, found) if found else _unknown(sheet))


def winner(found: list[Candidate]) -> Candidate | None:
    """The format that is meant: above 0.8 and 0.2 ahead of the next, or None.

    An exact header that is as far ahead also decides when rows do not fit: reading then refuses them
    one by one, which says more than an unknown file would.
    """
    if not found:
        return None
    best, *rest = found
    behind = max((other.score.value for other in rest), default=0.0)
    if round(best.score.value - behind, 2) < AHEAD:
        return None
    exact = best.shape.evidence >= EXACT_HEADER and best.shape.cap >= 1.0
    return best if best.score.value > SURE or exact else None


def _named(sheet: Sheet, source: str) -> Candidate:
    recogniser = recognisers().get(source)
    if recogniser is None:
        names = sorted(recognisers())
        raise Refused(
            error(
                "import.no_source",
                Place(file=sheet.grid.name),
                Label(f"There is no source “{source}”.", f"沒有名為「{source}」的來源格式。"),
                Label(f"The sources are: {', '.join(names)}.", f"可用的來源格式：{'、'.join(names)}。"),
            )
        )
    candidate = candidate_of(sheet, recogniser)
    if candidate is None:
        raise Refused(_unfit(sheet, recogniser.label))
    return candidate


def _several(sheet: Sheet, found: list[Candidate]) -> Problem:
    name, line = sheet.grid.name, sheet.grid.rows[0].line
    en = "; ".join(f"{c.recogniser.name} {c.score.value:.2f} ({c.score.reason.en})" for c in found)
    zh = "；".join(f"{c.recogniser.name} {c.score.value:.2f}（{c.score.reason.zh}）" for c in found)
    series = f" --as {'|'.join(ids_in_name(name, sheet.catalogue)) or 'ID'}"
    options = [f"--source {one.recogniser.name}{series if one.shape.nameless else ''}" for one in found]
    return error(
        "import.uncertain",
        Place(file=name, row=line),
        Label(
            f"{name}, line {line}: the format is not certain; candidates: {en}.",
            f"{name}第{line}行：格式無法確定，可能為：{zh}。",
        ),
        Label(
            f"Choose one: {', '.join(options)}. The choice is remembered for the folder.",
            f"請選擇：{'、'.join(options)}。此資料夾會沿用這項選擇。",
        ),
    )


def _unknown(sheet: Sheet) -> Problem:
    """Says what the table was not understood for, in the words of the reader of tables of any origin."""
    row = sheet.grid.rows[0]
    shown = shortened(",".join(row.cells), _QUOTED)
    found = outline(sheet.grid, lambda heading: entry_of_heading(sheet.catalogue, heading) is not None)
    why = found if isinstance(found, Label) else Label("its columns do not fit together", "欄位無法對應")
    return error(
        "import.unknown",
        Place(file=sheet.grid.title, row=row.line, column="1"),
        Label(
            f"{sheet.grid.title}, line {row.line}, column 1: no known format begins with “{shown}”; "
            f"as a plain table it cannot be read either: {why.en}.",
            f"{sheet.grid.title}第{row.line}行第1欄：沒有已知格式以「{shown}」開頭；也無法當作一般表格讀取：{why.zh}。",
        ),
        Label(
            "Give it a header such as Date,UST10Y,VIX and dates such as 2026-03-06.",
            "請使用如Date,UST10Y,VIX的標題列與如2026-03-06的日期。",
        ),
    )


def _unfit(sheet: Sheet, label: Label) -> Problem:
    row = sheet.grid.rows[0]
    shown = shortened(",".join(row.cells), _QUOTED)
    return error(
        "import.unfit",
        Place(file=sheet.grid.name, row=row.line, column="1"),
        Label(
            f"{sheet.grid.name}, line {row.line}, column 1: “{shown}” is not the header of {label.en}.",
            f"{sheet.grid.name}第{row.line}行第1欄：「{shown}」不是{label.zh}的標題列。",
        ),
        Label("Leave --source out to see what the file may be.", "不加--source即可查看可能的格式。"),
    )
