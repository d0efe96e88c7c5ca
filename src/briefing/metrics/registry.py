"""The table of metrics, and the two ways to use one: a value at a date, a history as a series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from briefing.metrics import refusals
from briefing.metrics.doubting import doubted
from briefing.metrics.joint import joint
from briefing.metrics.metric import ANY, At, Form, Kernel, Kinds, Measured, Metric, Rule, Teller, Told
from briefing.metrics.record import Value, missing
from briefing.metrics.windows import Role, Window, needed, starts, window
from briefing.metrics.words import write
from briefing.problems import Problem, Refused
from briefing.reference import Reference
from briefing.series import Dates, Series, SeriesSource, Values, as_date, joined_caveats, joined_problems, most_late
from briefing.text import Label, Text

__all__ = ["METRICS", "Value", "describe", "evaluate", "history", "metric"]

METRICS: dict[str, Metric] = {}

_NO_WINDOW = Window("")


def metric(  # noqa: PLR0913 - each argument is a field of the table, given by name
    name: str,
    *,
    label: Label,
    doc: Label,
    source: str,
    example: str,
    shape: Rule,
    kinds: tuple[Kinds, ...] = (ANY,),
    role: Role = Role.NONE,
    default_window: str = "",
    signed: bool = False,
    forms: tuple[Form, ...] | None = None,
    history: bool = True,
    told: Teller | None = None,
    share: float = 1.0,
    reason: Label = refusals.UNDEFINED,
    conventions: Mapping[str, str] | None = None,
) -> Callable[[Kernel], Kernel]:
    """Enter a function over arrays in the table; the function itself is returned unchanged.

    The function receives one float array per series (aligned, no NaN) and, when it asks for it, the
    keyword `at`; it returns an array over the same dates, NaN where undefined. Fields are those of
    `Metric`; `forms` defaults to all for a signed value, to `abs` for another, to none for a phrase.
    """

    def enter(kernel: Kernel) -> Kernel:
        default: tuple[Form, ...] = () if told else ("abs", "verb", "move") if signed else ("abs",)
        METRICS[name] = Metric(
            name=name,
            family=kernel.__module__.rpartition(".")[2],
            label=label,
            doc=doc,
            source=source,
            kernel=kernel,
            kinds=kinds,
            shape=shape,
            role=role,
            default_window=default_window,
            signed=signed,
            forms=default if forms is None else forms,
            history=history,
            told=told,
            share=share,
            reason=reason,
            conventions=conventions or {},
            example=example,
        )
        return kernel

    return enter


def evaluate(reference: Reference, source: SeriesSource) -> Value:
    """The value of a reference at the source's as-of date, or at its pin.

    Never raises for a value that cannot be computed: it is then None, with the reason in `problems`.
    """
    try:
        return _value(reference, source)
    except Refused as refused:
        return missing(reference, refused.problems)


def history(name: str, inputs: Sequence[Series], word: str = "", source: SeriesSource | None = None) -> Series:
    """A metric over all dates as a series, undefined dates dropped.

    `word` is a window, `source` knows calendars of events. Raises `Refused` when the metric has no
    history, the inputs do not fit it, or no date has a value.
    """
    entry = _entry(name)
    if not entry.history:
        raise Refused(refusals.no_history(entry))
    series = tuple(inputs)
    _check_inputs(entry, series)
    span = _window(entry, word, source)
    dates, arrays = joint(series)
    at = At(dates, series, span, starts(span, entry.role, dates, entry.share))
    values = entry.run(arrays, at)
    known = np.isfinite(values)
    if not known.any():
        raise Refused(_too_short(entry, span, dates))
    return _as_series(entry, series, span, dates[known], values[known])


def describe(entry: Metric) -> dict[str, object]:
    """A metric as `briefing metrics --json` prints it."""
    fixed = entry.shape if not isinstance(entry.shape, str) else None
    return {
        "name": entry.name,
        "family": entry.family,
        "label": entry.label.as_json(),
        "unit": fixed.unit if fixed else entry.shape,
        "delta_unit": fixed.delta_unit if fixed else "delta",
        "needs": [sorted(kinds) if kinds != ANY else ["any"] for kinds in entry.kinds],
        "source": entry.source,
        "doc": entry.doc.as_json(),
        "window": entry.role.value,
        "default_window": entry.default_window,
        "forms": list(entry.forms),
        "history": entry.history,
        "conventions": dict(entry.conventions),
        "example": entry.example,
    }


def _value(reference: Reference, source: SeriesSource) -> Value:
    entry = _entry(reference.metric)
    if reference.form and reference.form not in entry.forms:
        raise Refused(refusals.no_form(entry, reference.form))
    if reference.pin is not None and reference.pin > source.as_of:
        raise Refused(refusals.pin_ahead(reference.pin, source.as_of))
    if len(reference.ids) != entry.needs:
        raise Refused(refusals.wrong_number(entry, len(reference.ids)))
    series = tuple(_pinned(source.series(name), reference) for name in reference.ids)
    _check_inputs(entry, series)
    measured = _measured(entry, series, _window(entry, reference.window, source))
    return _record(reference, entry, measured)


def _measured(entry: Metric, series: tuple[Series, ...], span: Window) -> Measured:
    dates, arrays = joint(series)
    last = len(dates) - 1
    wanted = np.full(len(dates), -1, dtype=np.int64)
    if last >= 0:
        wanted[last] = starts(span, entry.role, dates, entry.share)[last]
    if last < 0 or wanted[last] < 0:
        raise Refused(_too_short(entry, span, dates))
    at = At(dates, series, span, wanted)
    value = float(entry.run(arrays, at)[last])
    if not np.isfinite(value):
        raise Refused(refusals.undefined(entry))
    return Measured(at, arrays, last, value)


def _record(reference: Reference, entry: Metric, measured: Measured) -> Value:
    told = _told(entry, measured, reference.form)
    series = measured.at.series
    start, index = measured.start, measured.index
    sampled = entry.role in {Role.SAMPLE, Role.RETURNS}
    n = {Role.SAMPLE: index - start + 1, Role.NONE: None}.get(entry.role, index - start)
    base = measured.day(start) if entry.role is Role.LAG else None
    doubts = tuple(doubt for one in series for doubt in one.doubts(measured.day(index), base))
    return Value(
        ref=reference,
        value=measured.value,
        unit=entry.shape_for(series[0]).unit,
        text=Text(told.text.en, told.text.zh),
        short=Text(told.short.en, told.short.zh),
        date=measured.day(index),
        base_date=base,
        window_start=measured.day(start) if sampled else None,
        n=n,
        vintage=max(entry.vintage for entry in series),
        series=tuple(entry.id for entry in series),
        late=most_late(one.late for one in series),
        doubts=doubts,
        facts=told.facts,
        problems=(*map(doubted, doubts), *joined_problems(series)),
    )


def _told(entry: Metric, measured: Measured, form: str) -> Told:
    if entry.told is None:
        words = write(entry, measured.value, measured.at.series[0], form)
        return Told(words, words)
    told = entry.told(measured)
    if isinstance(told, Problem):
        raise Refused(told)
    return told


def _too_short(entry: Metric, span: Window, dates: Dates) -> Problem:
    if span.count or not len(dates):
        return refusals.too_short(needed(span, entry.role, entry.share), len(dates))
    return refusals.no_start(span.word, as_date(dates[0]), as_date(dates[-1]))


def _entry(name: str) -> Metric:
    entry = METRICS.get(name)
    if entry is None:
        raise Refused(refusals.no_metric(name, get_close_matches(name, METRICS, n=3)))
    return entry


def _window(entry: Metric, word: str, source: SeriesSource | None) -> Window:
    if entry.role is Role.NONE:
        if word:
            raise Refused(refusals.takes_no_window(entry, word))
        return _NO_WINDOW
    return window(word or entry.default_window, source)


def _check_inputs(entry: Metric, series: tuple[Series, ...]) -> None:
    if len(series) != entry.needs:
        raise Refused(refusals.wrong_number(entry, len(series)))
    for one, kinds in zip(series, entry.kinds, strict=True):
        if one.kind not in kinds:
            raise Refused(refusals.wrong_kind(entry, one))


def _pinned(series: Series, reference: Reference) -> Series:
    """A pinned value is as it was then, so today's lateness says nothing about it."""
    return series if reference.pin is None else replace(series.until(reference.pin), late=None)


def _as_series(entry: Metric, inputs: tuple[Series, ...], span: Window, dates: Dates, values: Values) -> Series:
    first, shape = inputs[0], entry.shape_for(inputs[0])
    spelled = f"{entry.name}({', '.join([*(one.id for one in inputs), *([span.word] if span.word else [])])})"
    legs = Label("/".join(one.short.en for one in inputs), "／".join(one.short.zh for one in inputs))
    name = Label(f"{legs.en}, {entry.label.en}", f"{legs.zh}{entry.label.zh}")
    return replace(
        first,
        id=spelled,
        name=name,
        short=name,
        kind=shape.kind,
        unit=shape.unit,
        delta_unit=shape.delta_unit,
        decimals=shape.decimals,
        dates=dates,
        values=values,
        vintage=max(one.vintage for one in inputs),
        revised=any(one.revised for one in inputs),
        late=most_late(one.late for one in inputs),
        caveats=joined_caveats(one.caveats for one in inputs),
        problems=joined_problems(inputs),
    )
