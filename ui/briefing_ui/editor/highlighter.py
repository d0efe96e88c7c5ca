"""Bold, highlight and links as they will look, with their delimiters muted or hidden."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from briefing.inline import Run, runs
from briefing_ui.editor.chips import read_pieces
from briefing_ui.editor.shown import Shown
from briefing_ui.look import colour
from briefing_ui.tokens import Tokens

_VANISHING = 0.1


class MarkHighlighter(QSyntaxHighlighter):
    """Dresses a cell's text. It changes how the text looks, never the text or its formats."""

    def __init__(self, document: QTextDocument, tokens: Callable[[], Tokens]) -> None:
        super().__init__(document)
        self._tokens = tokens
        self._hidden = False

    def hide_marks(self, hidden: bool) -> None:
        """Show or hide the delimiters."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if "*" not in text and "=" not in text and "[" not in text and "\\" not in text and "{" not in text:
            return
        shown = read_pieces(self.document())
        start = self.currentBlock().position()
        self.setFormat(0, self.currentBlock().length(), self._delimiter())
        for run in runs(shown.source):
            first, last = (shown.to_shown(place) - start for place in run.span)
            self.setFormat(first, last - first, self._form(run, shown))

    def _delimiter(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(colour(self._tokens().muted))
        if self._hidden:
            form.setFontPointSize(_VANISHING)
        return form

    def _form(self, run: Run, shown: Shown) -> QTextCharFormat:
        tokens = self._tokens()
        form = QTextCharFormat()
        if run.bold:
            form.setFontWeight(QFont.Weight.Bold)
        if run.mark:
            form.setBackground(colour(tokens.highlight))
            form.setForeground(colour(tokens.highlight_ink))
        if run.href:
            form.setForeground(colour(tokens.accent))
            form.setFontUnderline(True)
        if run.ref is not None and shown.chip_at(shown.to_shown(run.span[0])) is None:
            form.setForeground(colour(tokens.accent))
        return form
