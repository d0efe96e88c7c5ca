"""Sums, differences, products and ratios of series, with their units checked.

A difference of two yields is a spread in basis points; a ratio of two series of one unit is in x.
Dates are joined first; nothing is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from briefing.metrics.deltas import RATES
from briefing.metrics.formula import Operator
from briefing.metrics.joint import joint
from briefing.metrics.metric import Shape
from briefing.numbers import POINTS
from briefing.problems import Place, Problem, Refused, error
from briefing.series import Kind, Series, Values, as_date, joined_caveats, joined_problems, most_late
from briefing.text import Label

Operand = Series | float

_OPERATIONS: Mapping[Operator, Callable[..., Any]] = MappingProxyType(
    {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
)
_QUOTED = frozenset({Kind.PRICE, Kind.INDEX, Kind.VOLATILITY})


def combined(operator: Operator, left: Operand, right: Operand) -> Operand:
    """Two operands combined. Raises `Refused` where their units do not go together."""
    if isinstance(left, Series):
        if isinstance(right, Series):
            return _of_two(operator, left, right)
        return replace(left, values=_applied(operator, left.values, np.full(len(left), right), left))
    if isinstance(right, Series):
        if operator == "/" and right.kind not in {Kind.PRICE, Kind.RATIO}:
            raise Refused(_units(operator, str(left), _unit(right)))
        return replace(right, values=_applied(operator, np.full(len(right), left), right.values, right))
    if operator == "/" and right == 0.0:
        raise Refused(_units(operator, str(left), str(right)))
    return float(_OPERATIONS[operator](left, right))


def negative(operand: Operand) -> Operand:
    """The operand with its sign exchanged."""
    return replace(operand, values=0.0 - operand.values) if isinstance(operand, Series) else -operand


def in_unit(series: Series, shape: Shape) -> Series:
    """A series in the declared kind and unit. Raises `Refused` where the formula gives another one."""
    pair = (series.unit, shape.unit)
    if pair == ("bp", "%") and shape.kind in RATES:
        factor = 0.01
    elif pair == ("%", "bp") and series.kind in RATES:
        factor = 100.0
    elif series.unit == shape.unit or _points(series.unit, series.kind) == _points(shape.unit, shape.kind):
        factor = 1.0
    else:
        raise Refused(_not_declared(series, shape))
    values = series.values if factor == 1.0 else np.round(series.values * factor, 10)
    return replace(
        series, values=values, kind=shape.kind, unit=shape.unit, delta_unit=shape.delta_unit, decimals=shape.decimals
    )


def _of_two(operator: Operator, left: Series, right: Series) -> Series:
    shape, factors = _result(operator, left, right)
    dates, values = joint([left, right])
    if not len(dates):
        raise Refused(_no_joint_dates(left, right))
    first, second = values[0] * factors[0], values[1] * factors[1]
    together = replace(left, dates=dates, values=first, id=f"({left.id} {operator} {right.id})")
    return replace(
        together,
        values=_applied(operator, first, second, together),
        kind=shape.kind,
        unit=shape.unit,
        delta_unit=shape.delta_unit,
        decimals=shape.decimals,
        vintage=max(left.vintage, right.vintage),
        revised=left.revised or right.revised,
        late=most_late((left.late, right.late)),
        caveats=joined_caveats((left.caveats, right.caveats)),
        problems=joined_problems((left, right)),
    )


def _result(operator: Operator, left: Series, right: Series) -> tuple[Shape, tuple[float, float]]:
    if operator in {"+", "-"}:
        return _result_of_sum(operator, left, right)
    if right.kind is Kind.RATIO and right.unit in {"x", ""}:
        return _shape(left), (1.0, 1.0)
    if operator == "*" and left.kind is Kind.RATIO and left.unit in {"x", ""}:
        return _shape(right), (1.0, 1.0)
    if operator == "/" and (left.unit == right.unit or {left.kind, right.kind} <= _QUOTED):
        return Shape(Kind.RATIO, "x", "x", max(2, left.decimals, right.decimals)), (1.0, 1.0)
    raise Refused(_units(operator, _unit(left), _unit(right)))


def _result_of_sum(operator: Operator, left: Series, right: Series) -> tuple[Shape, tuple[float, float]]:
    decimals = max(left.decimals, right.decimals)
    units = {left.unit, right.unit}
    rates = left.kind in RATES and right.kind in RATES and units == {"%"}
    if (rates and operator == "-") or (units == {"bp", "%"} and (left.kind in RATES or right.kind in RATES)):
        factors = (100.0 if left.unit == "%" else 1.0, 100.0 if right.unit == "%" else 1.0)
        return Shape(Kind.SPREAD, "bp", "bp", max(0, min(left.decimals, right.decimals) - 2)), factors
    if left.kind is right.kind is Kind.VOLATILITY:
        return Shape(Kind.VOLATILITY, "points", "points", decimals), (1.0, 1.0)
    if len(units) > 1:
        raise Refused(_units(operator, _unit(left), _unit(right)))
    if operator == "-" and left.kind is Kind.PRICE:
        return Shape(Kind.INDEX, "points", "points", decimals), (1.0, 1.0)
    if operator == "-" and left.unit == "%":
        return Shape(Kind.RATIO, "pp", "pp", decimals), (1.0, 1.0)
    same = replace(left, decimals=decimals)
    return _shape(same) if operator == "+" else _shape(replace(same, delta_unit=left.unit)), (1.0, 1.0)


def _applied(operator: Operator, left: Values, right: Values, series: Series) -> Values:
    if operator != "/":
        return np.asarray(np.round(_OPERATIONS[operator](left, right), 10) + 0.0)
    if not right.all():
        raise Refused(_by_zero(series, int(np.flatnonzero(right == 0)[0])))
    return left / right


def _shape(series: Series) -> Shape:
    return Shape(series.kind, series.unit, series.delta_unit, series.decimals)


def _points(unit: str, kind: Kind) -> str:
    """Volatility in percent a year and in points is the same number."""
    return "points" if unit in POINTS or (unit == "%" and kind is Kind.VOLATILITY) else unit


def _unit(series: Series) -> str:
    return f"{series.id} ({series.kind.value}{f', {series.unit}' if series.unit else ''})"


def _units(operator: Operator, left: str, right: str) -> Problem:
    return error(
        "formula.units",
        Place(field="formula"),
        Label(f"{left} {operator} {right} has no unit.", f"{left} {operator} {right}的單位不相容。"),
        Label("Combine series of one unit, or scale by a ratio.", "請組合相同單位的序列，或以倍數換算。"),
    )


def _not_declared(series: Series, shape: Shape) -> Problem:
    found, declared = series.unit or series.kind.value, shape.unit or shape.kind.value
    return error(
        "formula.units",
        Place(field="unit"),
        Label(
            f"The formula gives “{found}”, the catalogue declares “{declared}”.",
            f"公式結果的單位為「{found}」，目錄登錄為「{declared}」。",
        ),
        Label("Correct kind and unit of the entry.", "請更正目錄中的類型與單位。"),
    )


def _no_joint_dates(left: Series, right: Series) -> Problem:
    return error(
        "formula.dates",
        Place(field="formula"),
        Label(f"{left.id} and {right.id} have no date in common.", f"{left.id}與{right.id}沒有共同的日期。"),
        Label("Import the same period for both.", "請匯入兩者相同期間的資料。"),
    )


def _by_zero(series: Series, index: int) -> Problem:
    day = as_date(series.dates[index]).isoformat()
    return error(
        "formula.zero",
        Place(field="formula"),
        Label(f"The formula divides by zero on {day}.", f"公式於{day}的除數為零。"),
        Label("Use a difference instead of a ratio.", "請改用差值，勿用比率。"),
    )
