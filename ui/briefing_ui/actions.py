"""The table of actions: menus, tool bar, shortcuts, palette and cheat sheet are made from it.

An action without `call` is a key that the pane itself handles; it stands here so that the cheat sheet
and the test of keys know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.text import Label
from briefing_ui.catalogue.opening import new_series, show_properties
from briefing_ui.choosing import choose_files, choose_note, choose_watched, choose_workspace, create_workspace

if TYPE_CHECKING:
    from briefing_ui.window import MainWindow

Area = Literal["window", "lists", "health", "chart", "editor", "preview"]
Menu = Literal["file", "edit", "view", "data", "chart", "note", "language", "help", ""]
Call = Callable[["MainWindow"], object]

AREAS: dict[Area, Label] = {
    "window": Label("Everywhere", "全域"),
    "lists": Label("Movers and Series", "異動與序列"),
    "health": Label("Data health", "資料狀態"),
    "chart": Label("Charts", "圖表"),
    "editor": Label("Note", "報告"),
    "preview": Label("Preview", "預覽"),
}
MENUS: dict[Menu, Label] = {
    "file": Label("File", "檔案"),
    "edit": Label("Edit", "編輯"),
    "view": Label("View", "檢視"),
    "data": Label("Data", "資料"),
    "chart": Label("Chart", "圖表"),
    "note": Label("Note", "報告"),
    "language": Label("Language", "語言"),
    "help": Label("Help", "說明"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a user can do. `mark` names the state that a tick in the menu shows."""

    id: str
    label: Label
    key: str = ""
    area: Area = "window"
    menu: Menu = ""
    call: Call | None = None
    mark: str = ""
    bar: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("file.new", Label("New note", "新增報告"), "Ctrl+N", menu="file", call=lambda w: w.new_note()),
    Action("file.open", Label("Open note…", "開啟報告…"), "Ctrl+O", menu="file", call=choose_note),
    Action("file.workspace", Label("Open workspace…", "開啟工作區…"), menu="file", call=choose_workspace),
    Action("file.create", Label("New workspace…", "新增工作區…"), menu="file", call=create_workspace),
    Action("file.sample", Label("Open the sample", "開啟示範工作區"), menu="file", call=lambda w: w.open_sample()),
    Action("file.save", Label("Save", "儲存"), "Ctrl+S", menu="file", call=lambda w: w.save()),
    Action("file.export", Label("Export", "匯出"), "Ctrl+Shift+E", menu="file", call=lambda w: w.export(), bar=True),
    Action("file.quit", Label("Quit", "結束"), "Ctrl+Q", menu="file", call=lambda w: w.close()),
    Action("edit.undo", Label("Undo", "復原"), "Ctrl+Z", menu="edit", call=lambda w: w.undo()),
    Action("edit.redo", Label("Redo", "重做"), "Ctrl+Shift+Z", menu="edit", call=lambda w: w.redo()),
    Action("edit.palette", Label("Search", "搜尋"), "Ctrl+P", menu="edit", call=lambda w: w.open_palette("")),
    Action(
        "edit.commands",
        Label("Search commands", "搜尋指令"),
        "Ctrl+Shift+P",
        menu="edit",
        call=lambda w: w.open_palette(">"),
    ),
    Action("view.scan", Label("Layout: scan", "版面：瀏覽"), "Alt+1", menu="view", call=lambda w: w.arrange("scan")),
    Action(
        "view.compose",
        Label("Layout: compose", "版面：撰寫"),
        "Alt+2",
        menu="view",
        call=lambda w: w.arrange("compose"),
    ),
    Action(
        "view.translate",
        Label("Layout: translate", "版面：翻譯"),
        "Alt+3",
        menu="view",
        call=lambda w: w.arrange("translate"),
    ),
    Action("view.proof", Label("Layout: proof", "版面：校閱"), "Alt+4", menu="view", call=lambda w: w.arrange("proof")),
    Action("view.reset", Label("Reset layout", "重設版面"), menu="view", call=lambda w: w.reset_layout()),
    Action("view.next", Label("Next pane", "下一個窗格"), "F6", menu="view", call=lambda w: w.step_pane(1)),
    Action(
        "view.previous", Label("Previous pane", "上一個窗格"), "Shift+F6", menu="view", call=lambda w: w.step_pane(-1)
    ),
    Action("view.inspector", Label("Inspector", "屬性"), "F4", menu="view", call=lambda w: w.show_pane("inspector")),
    Action("view.swap", Label("Swap preview and charts", "對調預覽與圖表"), "F9", menu="view", call=lambda w: w.swap()),
    Action("view.full", Label("Full screen", "全螢幕"), "F11", menu="view", call=lambda w: w.toggle_full_screen()),
    Action("view.focus", Label("Focus mode", "專注模式"), "Shift+F11", menu="view", call=lambda w: w.toggle_focus()),
    Action("view.light", Label("Light", "淺色"), menu="view", call=lambda w: w.set_theme("light"), mark="theme light"),
    Action("view.dark", Label("Dark", "深色"), menu="view", call=lambda w: w.set_theme("dark"), mark="theme dark"),
    Action(
        "view.contrast_light",
        Label("High contrast, light", "高對比（淺色）"),
        menu="view",
        call=lambda w: w.set_theme("contrast-light"),
        mark="theme contrast-light",
    ),
    Action(
        "view.contrast_dark",
        Label("High contrast, dark", "高對比（深色）"),
        menu="view",
        call=lambda w: w.set_theme("contrast-dark"),
        mark="theme contrast-dark",
    ),
    Action("data.refresh", Label("Refresh", "更新"), "F5", menu="data", call=lambda w: w.refresh(), bar=True),
    Action("data.watch", Label("Watch a folder…", "監看資料夾…"), menu="data", call=choose_watched),
    Action("data.import", Label("Import files…", "匯入檔案…"), "Ctrl+I", menu="data", call=choose_files),
    Action(
        "data.find", Label("Find a series", "搜尋序列"), "Ctrl+Shift+S", menu="data", call=lambda w: w.find_series()
    ),
    Action("data.health", Label("Data health", "資料狀態"), "F7", menu="data", call=lambda w: w.show_health()),
    Action("data.revisions", Label("Revised values", "修正數值"), menu="data", call=lambda w: w.show_revisions()),
    Action("data.imports", Label("Imports", "匯入紀錄"), menu="data", call=lambda w: w.show_imports()),
    Action(
        "data.catalogue",
        Label("Series properties…", "序列屬性…"),
        "Ctrl+E",
        menu="data",
        call=show_properties,
    ),
    Action("data.formula", Label("New series by formula…", "以公式新增序列…"), menu="data", call=new_series),
    Action("chart.one", Label("One chart", "一張圖表"), menu="chart", call=lambda w: w.set_grid(1, 1)),
    Action("chart.two", Label("Two charts", "兩張圖表"), menu="chart", call=lambda w: w.set_grid(1, 2)),
    Action("chart.four", Label("Four charts", "四張圖表"), menu="chart", call=lambda w: w.set_grid(2, 2)),
    Action("note.drop", Label("Drop into the note", "放入報告"), "Ctrl+D", menu="note", call=lambda w: w.drop()),
    Action("note.next", Label("Next problem", "下一個問題"), "F8", menu="note", call=lambda w: w.step_problem(1)),
    Action(
        "note.previous",
        Label("Previous problem", "上一個問題"),
        "Shift+F8",
        menu="note",
        call=lambda w: w.step_problem(-1),
    ),
    Action("note.check", Label("Check", "檢查"), menu="note", call=lambda w: w.show_pane("checks"), bar=True),
    Action(
        "note.stacked",
        Label("English above Chinese", "英文在上、中文在下"),
        menu="note",
        call=lambda w: w.set_page_layout("stacked"),
        mark="layout stacked",
    ),
    Action(
        "note.columns",
        Label("English beside Chinese", "中英並列"),
        menu="note",
        call=lambda w: w.set_page_layout("columns"),
        mark="layout columns",
    ),
    Action(
        "language.en", Label("English", "English"), menu="language", call=lambda w: w.set_language("en"), mark="lang en"
    ),
    Action(
        "language.zh",
        Label("中文（台灣）", "中文（台灣）"),
        menu="language",
        call=lambda w: w.set_language("zh-Hant-TW"),
        mark="lang zh-Hant-TW",
    ),
    Action(
        "help.here",
        Label("Keys of this pane", "此窗格的按鍵"),
        "F1",
        menu="help",
        call=lambda w: w.show_keys(here=True),
    ),
    Action("help.keys", Label("All keys", "全部按鍵"), "Ctrl+F1", menu="help", call=lambda w: w.show_keys(here=False)),
    Action("help.report", Label("Report a problem…", "回報問題…"), menu="help", call=lambda w: w.show_report()),
    Action("lists.chart", Label("Chart the series", "繪製序列"), "Return", "lists"),
    Action("lists.pin", Label("Pin it into the grid", "固定於圖表格"), "Space", "lists"),
    Action("lists.copy", Label("Copy the table", "複製表格"), "Ctrl+C", "lists"),
    Action("health.chart", Label("Chart the series", "繪製序列"), "Return", "health"),
    Action("health.report", Label("Show the report of the file", "顯示檔案報告"), "Space", "health"),
    Action("health.menu", Label("What can be done with the row", "此列可執行的操作"), "Shift+F10", "health"),
    Action("chart.ranges", Label("Ranges 1M to Max", "區間1個月至全部"), "1…7", "chart"),
    Action("chart.reset", Label("Reset the zoom", "重設縮放"), "0", "chart"),
    Action("chart.step", Label("Crosshair by observation", "十字線移動一個觀測值"), "Left", "chart"),
    Action("chart.ends", Label("Crosshair to the first observation", "十字線移至第一個觀測值"), "Home", "chart"),
    Action("chart.pin", Label("Pin the chart", "固定圖表"), "Space", "chart"),
    Action("editor.bold", Label("Bold", "粗體"), "Ctrl+B", "editor"),
    Action("editor.mark", Label("Highlight", "醒目標示"), "Ctrl+Shift+H", "editor"),
    Action("editor.link", Label("Link", "連結"), "Ctrl+K", "editor"),
    Action("editor.heading1", Label("Heading 1", "標題1"), "Ctrl+1", "editor"),
    Action("editor.heading2", Label("Heading 2", "標題2"), "Ctrl+2", "editor"),
    Action("editor.heading3", Label("Heading 3", "標題3"), "Ctrl+3", "editor"),
    Action("editor.paragraph", Label("Paragraph", "段落"), "Ctrl+0", "editor"),
    Action("editor.reference", Label("Insert a reference", "插入數據引用"), "Ctrl+M", "editor"),
    Action("editor.markup", Label("Show or hide mark-up", "顯示或隱藏標記"), "Ctrl+/", "editor"),
    Action("editor.bullet", Label("Bullet or paragraph", "項目或段落"), "Ctrl+Shift+8", "editor"),
    Action("editor.indent", Label("Indent the bullet", "增加項目層級"), "Alt+Shift+Right", "editor"),
    Action("editor.outdent", Label("Outdent the bullet", "減少項目層級"), "Alt+Shift+Left", "editor"),
    Action("editor.private", Label("Make private or public", "設為私人或公開"), "Ctrl+Shift+M", "editor"),
    Action("editor.up", Label("Move the block up", "區塊上移"), "Alt+Shift+Up", "editor"),
    Action("editor.down", Label("Move the block down", "區塊下移"), "Alt+Shift+Down", "editor"),
    Action("editor.confirm", Label("Confirm the pair and go on", "確認對譯並前往下一段"), "Ctrl+Return", "editor"),
    Action("editor.block", Label("Select the block", "選取區塊"), "Escape", "editor"),
    Action("editor.delete", Label("Delete the selected block", "刪除選取的區塊"), "Del", "editor"),
    Action("preview.next", Label("Next page", "下一頁"), "PgDown", "preview"),
    Action("preview.previous", Label("Previous page", "上一頁"), "PgUp", "preview"),
    Action("preview.fit", Label("Fit the width", "符合寬度"), "Ctrl+0", "preview"),
)

NEVER_BOUND = ("Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift+F", "Shift")
"""Chinese input methods own these."""
