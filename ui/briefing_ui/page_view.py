"""Pages on a desk: real page images one below the other, with boxes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from briefing_ui.look import Look
from briefing_ui.proof import Box, Proof

GAP = 10
_STEP = 1.15
_LEAST, _MOST = 0.2, 6.0
_AFTER_LAST_SCROLL = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw over the pages, with the colour of its edge."""

    box: Box
    colour: str


class PageView(QAbstractScrollArea):
    """Shows a proof. Fits the width until somebody zooms; the scroll position survives a new layout.

    `clicked(int, float, float)` is a page from 1 and a place on it in points, `page_changed(int)`
    the page that is in sight now.
    """

    clicked = Signal(int, float, float)
    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, proof: Proof, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proof = proof
        self._look = look
        self._zoom: float | None = None
        self._marks: tuple[Mark, ...] = ()
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._settled = QTimer(self, singleShot=True, interval=_AFTER_LAST_SCROLL)
        self._settled.timeout.connect(self._want)
        proof.laid_out.connect(self._laid_out)
        proof.image_came.connect(self._image_came)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def scale(self) -> float:
        """Pixels of the window per point of the page."""
        widest = max((width for width, _ in self._proof.layout.sizes), default=595.0)
        return self._zoom or max(_LEAST, (self.viewport().width() - 2 * GAP) / widest)

    @property
    def page(self) -> int:
        """The page in sight, from 1; 0 when there is none."""
        return self._page

    def set_look(self, look: Look) -> None:
        """Dress the desk; the pages stay white."""
        self._look = look
        self.viewport().update()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Draw these boxes over the pages, and no others."""
        if marks != self._marks:
            self._marks = marks
            self.viewport().update()

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out; the middle of the view stays where it is."""
        self._set_zoom(min(_MOST, max(_LEAST, self.scale * factor)))

    def fit_width(self) -> None:
        """Back to pages as wide as the view."""
        self._set_zoom(None)

    def show_box(self, box: Box) -> None:
        """Scroll just so far that a box is in sight."""
        place = self._place(box.page).translated(0, -self.verticalScrollBar().value())
        top = place.top() + box.y * self.scale
        bottom = top + min(box.height * self.scale, self.viewport().height() * 0.8)
        bar = self.verticalScrollBar()
        if top < 0:
            bar.setValue(bar.value() + round(top) - GAP)
        elif bottom > self.viewport().height():
            bar.setValue(bar.value() + round(bottom - self.viewport().height()) + GAP)

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page."""
        if 1 <= page <= len(self._proof.layout.sizes):
            self.verticalScrollBar().setValue(round(self._place(page).top()) - GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(self._look.tokens.bg))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page in self._in_sight():
            self._paint_page(painter, page)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = event.oldSize()
        self._keep(lambda: None, before.height() if before.isValid() else self.viewport().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.go_to_page(self._page + (1 if event.key() == Qt.Key.Key_PageDown else -1))
        elif event.key() == Qt.Key.Key_0 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        found = self._at(event.position().toPoint())
        if found is not None:
            self.clicked.emit(*found)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        place = self._place(page)
        painter.fillRect(place, QColor(self._look.tokens.paper))
        image = self._proof.images.get(page)
        if image is not None:
            painter.drawImage(place, image)
        painter.setPen(QPen(QColor(self._look.tokens.line), 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        for mark in self._marks:
            if mark.box.page == page:
                self._paint_mark(painter, place, mark)

    def _paint_mark(self, painter: QPainter, place: QRectF, mark: Mark) -> None:
        box, scale = mark.box, self.scale
        area = QRectF(place.x() + box.x * scale, place.y() + box.y * scale, box.width * scale, box.height * scale)
        painter.fillRect(QRectF(area.x() - 5, area.y(), 3, area.height()), QColor(mark.colour))

    def _place(self, page: int) -> QRectF:
        """Where a page lies on the desk, in pixels from its top left."""
        scale = self.scale
        sizes = self._proof.layout.sizes
        top = float(GAP)
        for _, height in sizes[: page - 1]:
            top += round(height * scale) + GAP
        width, height = sizes[page - 1]
        left = max(float(GAP), (self.viewport().width() - width * scale) / 2)
        return QRectF(round(left), top, round(width * scale), round(height * scale))

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        view = QRectF(-1e6, top, 2e6, self.viewport().height())
        return [page for page in range(1, len(self._proof.layout.sizes) + 1) if self._place(page).intersects(view)]

    def _at(self, place: QPoint) -> tuple[int, float, float] | None:
        x = place.x() + self.horizontalScrollBar().value()
        y = place.y() + self.verticalScrollBar().value()
        for page in self._in_sight():
            area = self._place(page)
            if area.contains(x, y):
                return page, (x - area.x()) / self.scale, (y - area.y()) / self.scale
        return None

    def _set_zoom(self, zoom: float | None) -> None:
        def change() -> None:
            self._zoom = zoom

        self._keep(change, self.viewport().height())
        self.zoom_changed.emit()

    def _keep(self, change: Callable[[], None], height: int) -> None:
        """Change the size of things and keep what is in the middle of the view in the middle."""
        bar = self.verticalScrollBar()
        whole = max(1, bar.maximum() + height)
        middle = (bar.value() + height / 2) / whole if bar.value() else 0.0
        change()
        self._set_bars()
        if bar.maximum() and middle:
            bar.setValue(round(middle * (bar.maximum() + self.viewport().height()) - self.viewport().height() / 2))
        self._settled.start()
        self.viewport().update()

    def _set_bars(self) -> None:
        sizes = self._proof.layout.sizes
        view = self.viewport().size()
        last = self._place(len(sizes)) if sizes else QRectF()
        widest = max((width for width, _ in sizes), default=0.0) * self.scale + 2 * GAP
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(last.bottom()) + GAP - view.height()))
        vertical.setPageStep(view.height())
        vertical.setSingleStep(40)
        horizontal.setRange(0, max(0, round(widest) - view.width()))
        horizontal.setPageStep(view.width())
        self._scrolled()

    def _laid_out(self) -> None:
        self._set_bars()
        self.viewport().update()
        self._want()

    def _image_came(self, page: int) -> None:
        if page in self._in_sight():
            self.viewport().update()

    def _scrolled(self) -> None:
        sight = self._in_sight()
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = next((one for one in sight if self._place(one).bottom() >= middle), sight[-1] if sight else 0)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self._settled.start()

    def _want(self) -> None:
        if self.isVisible():
            self._proof.want_images(self._in_sight(), self.scale * self.devicePixelRatioF())
