"""How the window looks: a theme's colours, the font, the palette and the style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from briefing.resources import asset
from briefing_ui.tokens import DIRECTION, TOKENS, Theme, Tokens, UpDown

FAMILIES = ("Noto Sans TC", "Noto Sans", "Noto Sans SC")
UI_POINTS = 9.0
EDITOR_POINTS = 10.5
ROW_HEIGHT = 20
TARGET = 24
"""The least height of anything that one clicks, in pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and what up and down look like in it."""

    theme: Theme = "light"
    up_down: UpDown = "default"

    @property
    def tokens(self) -> Tokens:
        """The colours of the theme."""
        return TOKENS[self.theme]

    @property
    def dark(self) -> bool:
        """Whether the ground is darker than the ink."""
        return self.theme in {"dark", "contrast-dark"}

    @property
    def up(self) -> str:
        """The colour of a rise; an arrow and a sign always stand beside it."""
        return DIRECTION[self.up_down, self.dark][0]

    @property
    def down(self) -> str:
        """The colour of a fall."""
        return DIRECTION[self.up_down, self.dark][1]


def colour(token: str) -> QColor:
    """A token as Qt's colour."""
    return QColor(token)


def ui_font(points: float = UI_POINTS, *, bold: bool = False) -> QFont:
    """The font of the interface: the bundled families only, with Chinese in Taiwanese forms."""
    font = QFont(list(FAMILIES))
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Load the bundled faces into Qt once; gives the families that could not be loaded.

    Needs an application. Where fontconfig shows the faces already, nothing is loaded twice.
    """
    known = set(QFontDatabase.families())
    for family in FAMILIES:
        if family not in known:
            for path in sorted(asset("fonts").glob(f"{family.replace(' ', '')}-*.ttf")):
                QFontDatabase.addApplicationFont(str(path))
    known = set(QFontDatabase.families())
    return tuple(family for family in FAMILIES if family not in known)


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole program: Fusion, palette, font, style sheet."""
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setFont(ui_font())
    app.setPalette(palette(look.tokens))
    for kind in ("QCheckBox", "QRadioButton"):
        app.setPalette(_outlined(look.tokens), kind)  # type: ignore[arg-type]
    app.setStyleSheet(style_sheet(look.tokens))


def system_theme(app: QApplication) -> Theme:
    """The theme that the desktop asks for."""
    return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def palette(tokens: Tokens) -> QPalette:
    """Qt's palette of a theme, for every state of a widget."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, token in (
        (role.Window, tokens.bg),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.bg),
        (role.Text, tokens.ink),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.raised),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.error),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.selection_ink),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.ink),
        (role.Light, tokens.raised),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line),
        (role.Dark, tokens.border),
        (role.Shadow, tokens.border),
        (role.Accent, tokens.accent),
    ):
        made.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return made


def _outlined(tokens: Tokens) -> QPalette:
    """The palette of boxes that are ticked: Fusion outlines them in the ground's colour, darkened by 140 %."""
    made = palette(tokens)
    made.setColor(QPalette.ColorRole.Window, QColor(tokens.muted).lighter(140))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of a theme. Names in it are object names or the dynamic property `part`."""
    words = {name: getattr(tokens, name) for name in Tokens.__slots__}
    return _SHEET.format(**words, row=ROW_HEIGHT, target=TARGET)


_SHEET = """
QToolTip {{ background: {raised}; color: {ink}; border: 1px solid {border}; padding: 4px; }}
QMainWindow::separator {{ background: {bg}; width: 5px; height: 5px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QSplitter::handle {{ background: {bg}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QMenuBar {{ background: {bg}; color: {ink}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
QMenuBar::item:selected {{ background: {selection}; color: {selection_ink}; }}
QMenu {{ background: {raised}; color: {ink}; border: 1px solid {border}; padding: 4px 0; }}
QMenu::item {{ padding: 4px 28px 4px 24px; }}
QMenu::item:selected {{ background: {selection}; color: {selection_ink}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QToolBar {{ background: {bg}; border: 0; border-bottom: 1px solid {line}; spacing: 1px; padding: 0 6px; }}
QToolBar::separator {{ background: {line}; width: 1px; margin: 4px 5px; }}
QToolButton {{ color: {ink}; background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 2px 7px; min-height: {row}px; }}
QToolButton:hover {{ background: {raised}; border-color: {line}; }}
QToolButton:checked {{ background: {selection}; color: {selection_ink}; border-color: {accent}; }}
QToolButton:focus {{ border: 2px solid {focus}; padding: 1px 6px; }}
QToolButton:disabled {{ color: {muted}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QPushButton {{ color: {ink}; background: {raised}; border: 1px solid {border}; border-radius: 4px;
  padding: 3px 12px; min-height: {row}px; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {selection}; color: {selection_ink}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 2px 11px; }}
QPushButton:disabled {{ color: {muted}; border-color: {line}; }}
QPushButton[part="primary"] {{ background: {accent}; color: {surface}; border-color: {accent}; font-weight: bold; }}
QPushButton[part="primary"]:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QPushButton[part="link"] {{ background: transparent; color: {accent}; border: 1px solid transparent;
  padding: 2px 6px; }}
QPushButton[part="link"]:focus {{ border: 2px solid {focus}; padding: 1px 5px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {surface};
  color: {ink}; border: 1px solid {border}; border-radius: 4px; padding: 2px 6px; min-height: {row}px;
  selection-background-color: {selection}; selection-color: {selection_ink}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {focus}; padding: 1px 5px; }}
QTextEdit[part="cell"] {{ background: transparent; border: 2px solid transparent; padding: 0; min-height: 0; }}
QTextEdit[part="cell"]:focus {{ border: 2px solid {focus}; padding: 0; }}
QLineEdit:disabled {{ color: {muted}; border-color: {line}; }}
QComboBox QAbstractItemView {{ background: {raised}; color: {ink}; border: 1px solid {border};
  selection-background-color: {selection}; selection-color: {selection_ink}; }}
QAbstractItemView {{ background: {surface}; color: {ink}; border: 0; outline: 0;
  selection-background-color: {selection}; selection-color: {selection_ink}; }}
QAbstractItemView[part="pane"] {{ border: 2px solid {surface}; }}
QAbstractItemView[part="pane"]:focus {{ border: 2px solid {focus}; }}
QTableView {{ gridline-color: {line}; }}
QHeaderView {{ background: {surface}; border: 0; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: 0; border-bottom: 1px solid {line};
  padding: 1px 4px; min-height: {row}px; }}
QDockWidget {{ color: {muted}; border: 0; }}
QLabel[part="dock title"] {{ background: {bg}; color: {muted}; font-weight: bold; padding: 0 8px; }}
QTabBar::tab {{ background: {bg}; color: {muted}; border: 0; border-bottom: 2px solid transparent;
  padding: 3px 10px; min-height: {row}px; }}
QTabBar::tab:selected {{ color: {ink}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:hover {{ color: {ink}; }}
QTabBar:focus {{ border: 1px solid {focus}; }}
QStatusBar {{ background: {bg}; color: {muted}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QToolButton {{ color: {muted}; padding: 0 7px; min-height: {row}px; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {line}; border: 0; max-height: 3px; }}
QProgressBar::chunk {{ background: {accent}; }}
QFrame[part="banner"] {{ background: {raised}; border: 1px solid {line}; border-left: 4px solid {accent}; }}
QFrame[part="banner"][tone="warning"] {{ border-left: 4px solid {warn}; }}
QFrame[part="banner"][tone="error"] {{ border-left: 4px solid {error}; }}
QFrame[part="banner"][tone="ok"] {{ border-left: 4px solid {ok}; }}
QFrame[part="card"] {{ background: {raised}; border: 1px solid {line}; border-radius: 6px; }}
QLabel {{ background: transparent; }}
QLabel[part="muted"] {{ color: {muted}; }}
QLabel[part="error"] {{ color: {error}; }}
QLabel[part="warning"] {{ color: {warn}; }}
QLabel[part="heading"] {{ color: {ink}; font-size: 15pt; font-weight: bold; }}
QLabel[part="section"] {{ color: {ink}; font-weight: bold; }}
QWidget[part="surface"] {{ background: {surface}; }}
QWidget[part="desk"] {{ background: {bg}; }}
"""
