"""What may be wrong with a note file, in words."""

from __future__ import annotations

from briefing.problems import Place, Problem, error, info, warning
from briefing.store.fields import Unfit
from briefing.text import Label

_OLDER = Label(
    "An older version is in the history; the words can be copied out as plain text.",
    "歷史版本中有較早的內容；其中的文字也可以純文字複製出來。",
)


def damaged(name: str, place: tuple[int, int]) -> Problem:
    """A file that ends too early or is no TOML."""
    row, column = place
    return error(
        "note.file",
        Place(file=name, row=row, column=str(column)),
        Label(
            f"{name} is damaged or cut off at line {row}, column {column}; it was not read.",
            f"{name}在第{row}行第{column}欄損毀或中斷，未予讀取。",
        ),
        _OLDER,
    )


def no_note(name: str) -> Problem:
    """A file of another kind."""
    return error(
        "note.file",
        Place(file=name, row=1),
        Label(
            f"{name} is no note: it has no “format” number or no [note].", f"{name}不是報告檔：缺少format編號或[note]。"
        ),
        Label("Choose a file that this program wrote.", "請選擇由本程式建立的檔案。"),
    )


def newer(name: str, found: int) -> Problem:
    """A file of a later format."""
    return warning(
        "note.format",
        Place(file=name, row=1),
        Label(
            f"{name} was written by a newer version of the program (format {found}).",
            f"{name}由較新版本的程式建立（格式{found}）。",
        ),
        Label("What this version does not know is kept as it is.", "本版本無法辨識的內容會原樣保留。"),
    )


def unfit(name: str, place: tuple[int, int], fault: Unfit) -> Problem:
    """A wrong value at the head of a note, which cannot be opened without it."""
    row, column = place
    return error(
        "note.value",
        Place(file=name, row=row, column=str(column)),
        _should_be(f"{name}, line {row}", f"{name}第{row}行", fault),
        Label(
            "Mend the line in a text editor, or open an older version.", "請以文字編輯器修正該行，或開啟較早的版本。"
        ),
    )


def unfit_block(name: str, place: tuple[int, int], block: str, fault: Unfit) -> Problem:
    """A block that cannot be read, and is kept as it is."""
    row, column = place
    return error(
        "note.value",
        Place(block=block, field=fault.key, file=name, row=row, column=str(column)),
        _should_be(f"{name}, line {row}", f"{name}第{row}行", fault),
        Label(
            "The block is kept as it is and not printed; mend the line, or delete the block.",
            "該區塊會原樣保留但不會列印；請修正該行，或刪除該區塊。",
        ),
    )


def new_id(name: str, place: tuple[int, int], block: str) -> Problem:
    """A block without an id of its own."""
    row, column = place
    return info(
        "note.id",
        Place(block=block, file=name, row=row, column=str(column)),
        Label(
            f"The block at line {row} of {name} had no id of its own and was given one.",
            f"{name}第{row}行的區塊沒有專屬的識別碼，已另行指定。",
        ),
        Label("Nothing needs to be done; it is written with the next save.", "無須處理，下次儲存時會一併寫入。"),
    )


def _should_be(en: str, zh: str, fault: Unfit) -> Label:
    return Label(
        f"{en}: “{fault.key}” should be {fault.expected.en}.", f"{zh}：「{fault.key}」應為{fault.expected.zh}。"
    )
