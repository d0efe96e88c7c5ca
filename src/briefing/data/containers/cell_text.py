"""Values of workbook cells as text: numbers at their shortest, dates as ISO dates, instants as ISO instants."""

from __future__ import annotations

import datetime as dt
import math

from briefing.data.containers.number_formats import Shown

_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - days of a workbook have no zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_PHANTOM = 60
"""The serial of 29 February 1900, a day that there was not."""
_LAST = 2_958_466
_MILLISECONDS = 86_400_000


def number_text(text: str) -> str:
    """A stored number in its shortest form: `4.0999999999999996` is 4.1. What is no finite number stays as it is."""
    try:
        value = float(text)
    except ValueError:
        return text.strip()
    return float_text(value) if math.isfinite(value) else text.strip()


def float_text(value: float) -> str:
    """A finite number in its shortest form, whole numbers without a point."""
    text = repr(value)
    return text.removesuffix(".0")


def shown_text(text: str, shown: Shown, *, from_1904: bool) -> str:
    """A stored number as what its format shows: a date, an instant, a time; numbers and per cent as the number."""
    if shown is Shown.NUMBER or shown is Shown.PERCENT:
        return number_text(text)
    try:
        serial = float(text)
    except ValueError:
        return text.strip()
    if shown is Shown.TIME and 0 <= serial < 1:
        return (_EPOCH_1900 + _since(serial)).time().isoformat()
    day = serial_day(serial, from_1904=from_1904) if shown is Shown.DATE else None
    return number_text(text) if day is None else moment_text(day)


def serial_day(serial: float, *, from_1904: bool) -> dt.datetime | None:
    """The moment that a workbook's day number stands for, to the millisecond; None outside of what workbooks can say."""
    if from_1904:
        return _EPOCH_1904 + _since(serial) if 0 <= serial < _LAST - 1462 else None
    if not 1 <= serial < _LAST or math.floor(serial) == _PHANTOM:
        return None
    return _EPOCH_1900 + _since(serial + 1 if serial < _PHANTOM else serial)


def _since(serial: float) -> dt.timedelta:
    return dt.timedelta(milliseconds=round(serial * _MILLISECONDS))


def moment_text(moment: dt.datetime) -> str:
    """An ISO date at midnight, else an ISO instant."""
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
