"""Derived series: formulas, their units, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.catalogue import Catalogue, Entry
from briefing.metrics.derived import Derived
from briefing.metrics.formula import Binary, Call, Leg, Negative, Node, Number, legs, parse_formula
from briefing.metrics.registry import Value, evaluate
from briefing.problems import NOWHERE, Refused, error
from briefing.reference import Reference
from briefing.series import Kind, Series
from briefing.text import Label


@dataclass(frozen=True)
class Shelf:
    """Stored series with a catalogue of formulas."""

    stored: dict[str, Series]
    catalogue: Catalogue
    as_of: date = date(2020, 1, 10)

    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(self.stored))

    def newest(self) -> date:
        return self.as_of

    def series(self, series_id: str) -> Series:
        if series_id not in self.stored:
            words = Label(f"{series_id} has not been loaded.", f"尚未載入{series_id}。")
            raise Refused(error("market.not_loaded", NOWHERE, words, words))
        return self.stored[series_id]

    def read(self, series_ids: Sequence[str]) -> list[Series]:
        return [self.series(one) for one in series_ids]

    def events(self, name: str) -> tuple[date, ...]:
        return (date(2020, 1, 3),) if name == "fomc" else ()


@pytest.fixture(scope="session")
def shelf(made: Callable[..., Series], price: Callable[..., Series]) -> Callable[..., Derived]:
    """A source with a few stored series and the formulas given."""
    vix = made([15.0, 16.0, 18.0, 17.0], series_id="VIX", kind=Kind.VOLATILITY, unit="points", delta_unit="points")
    stored = [
        made([4.0, 4.1, 4.2, 4.3], series_id="UST2Y"),
        made([4.5, 4.5, 4.55, 4.8], series_id="UST10Y", start="2020-01-02"),
        made([4.2, 4.2, 4.3, 4.4], series_id="UST5Y"),
        made([2.0, 2.1, 2.2, 2.3], series_id="DFII10"),
        price([100.0, 110.0, 121.0, 100.0], "SPY"),
        price([50.0, 50.0, 55.0, 40.0], "TLT"),
        made([1.0, 2.0, 0.0, 4.0], series_id="GAP", kind=Kind.RATIO, unit="x", delta_unit="x"),
        vix,
    ]

    def make(*entries: Entry) -> Derived:
        plain = [declared(one.id, "", one.kind, one.unit, one.delta_unit) for one in stored]
        return Derived(Shelf({one.id: one for one in stored}, Catalogue((*plain, *entries))))

    return make


def declared(
    series_id: str, formula: str, kind: Kind = Kind.SPREAD, unit: str = "bp", delta_unit: str = "bp", decimals: int = 0
) -> Entry:
    words = Label(series_id, f"{series_id}序列")
    return Entry(
        series_id=series_id,
        name=words,
        short=words,
        kind=kind,
        unit=unit,
        delta_unit=delta_unit,
        stored_unit=unit,
        decimals=decimals,
        calendar="XNYS",
        source=words,
        formula=formula,
        tags=("rates", "curve"),
    )


def test_a_difference_of_yields_is_a_spread_in_basis_points_on_joint_dates(shelf: Callable[..., Derived]) -> None:
    series = shelf(declared("SLOPE", "UST10Y - UST2Y")).series("SLOPE")
    assert (series.kind, series.unit, series.delta_unit) == (Kind.SPREAD, "bp", "bp")
    assert [str(day) for day in series.dates] == ["2020-01-02", "2020-01-03", "2020-01-04"]
    assert series.values.tolist() == [40.0, 30.0, 25.0]
    assert (series.id, series.name.zh, series.tags) == ("SLOPE", "SLOPE序列", ("rates", "curve"))


@pytest.mark.parametrize(
    ("formula", "kind", "unit", "delta_unit", "values"),
    [
        ("SPY / TLT", Kind.RATIO, "x", "x", [2.0, 2.2, 2.2, 2.5]),
        ("UST10Y - DFII10", Kind.YIELD, "%", "bp", [2.4, 2.3, 2.25]),
        ("2 * UST5Y - UST2Y - UST10Y", Kind.SPREAD, "bp", "bp", [-20.0, -10.0, -5.0]),
        ("VIX - realised_vol(SPY, 3d)", Kind.VOLATILITY, "points", "points", None),
        ("(UST2Y + DFII10) / 2", Kind.YIELD, "%", "bp", [3.0, 3.1, 3.2, 3.3]),
        ("-VIX * 2", Kind.VOLATILITY, "points", "points", [-30.0, -32.0, -36.0, -34.0]),
        ("VIX - 10", Kind.VOLATILITY, "points", "points", [5.0, 6.0, 8.0, 7.0]),
        ("SPY - TLT", Kind.INDEX, "points", "points", [50.0, 60.0, 66.0, 60.0]),
        ("1 / TLT", Kind.PRICE, "", "%", [0.02, 0.02, 1 / 55, 0.025]),
        ("VIX * GAP", Kind.VOLATILITY, "points", "points", [15.0, 32.0, 0.0, 68.0]),
        ("change(UST2Y, 1d)", Kind.SPREAD, "bp", "bp", [10.0, 10.0, 10.0]),
        ("change(VIX, since-fomc)", Kind.VOLATILITY, "points", "points", [-1.0]),
        ("curve_slope(UST2Y, UST10Y)", Kind.SPREAD, "bp", "bp", [40.0, 30.0, 25.0]),
        ("pctile(change(VIX, 1d), all)", Kind.INDEX, "percentile", "points", [100.0, 100.0, 100 / 3]),
        ("(2 + 2 / 4 - 1 * 3) + VIX", Kind.VOLATILITY, "points", "points", [14.5, 15.5, 17.5, 16.5]),
    ],
)
def test_formulas_and_their_units(
    shelf: Callable[..., Derived], formula: str, kind: Kind, unit: str, delta_unit: str, values: list[float] | None
) -> None:
    series = shelf(declared("MADE", formula, kind, unit, delta_unit, 2)).series("MADE")
    assert (series.kind, series.unit) == (kind, unit)
    assert series.values.tolist() == (pytest.approx(values) if values else [pytest.approx(17.0 - _volatility())])


def _volatility() -> float:
    moves = np.diff(np.log([100.0, 110.0, 121.0, 100.0]))
    return float(100.0 * np.sqrt(252) * np.std(moves, ddof=1))


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("UST10Y - VIX", "has no unit"),
        ("UST10Y * SPY", "has no unit"),
        ("UST10Y / SPY", "has no unit"),
        ("1 / VIX", "has no unit"),
        ("VIX + 1 / 0", "has no unit"),
        ("SPY / GAP", "divides by zero on 2020-01-03"),
        ("SPY / TLT", "The formula gives “x”, the catalogue declares “bp”"),
        ("1 + 2", "names no series"),
        ("pctile(3, 1y)", "takes series, not numbers"),
        ("nonsense(SPY)", "There is no metric “nonsense”"),
        ("vs(SPY)", "has no history"),
        ("curve_slope(SPY, TLT)", "has no meaning for SPY"),
        ("curve_slope(UST2Y)", "takes 2 series, not 1"),
        ("change(SPY, 1y)", "needs 253 observations, the data have 4"),
        ("change(SPY, since-ecb)", "no calendar of events named “ecb”"),
        ("UST30Y - UST2Y", "UST30Y has not been loaded"),
        ("UST2Y -", "makes no sense at character 8"),
    ],
)
def test_what_a_formula_cannot_do_is_refused_with_the_reason(
    shelf: Callable[..., Derived], formula: str, message: str
) -> None:
    with pytest.raises(Refused) as caught:
        shelf(declared("MADE", formula)).series("MADE")
    problem = caught.value.problems[0]
    assert problem.message.en.startswith("MADE cannot be computed: ")
    assert message in problem.message.en
    assert problem.message.zh.startswith("無法計算MADE：")


def test_series_without_a_joint_date_have_no_difference(made: Callable[..., Series]) -> None:
    old, new = made([1.0], series_id="OLD"), made([1.0], series_id="NEW", start="2021-01-01")
    entries = (declared("OLD", ""), declared("NEW", ""), declared("MADE", "OLD - NEW"))
    with pytest.raises(Refused, match="no date in common"):
        Derived(Shelf({"OLD": old, "NEW": new}, Catalogue(entries))).series("MADE")


def test_formulas_that_go_round_in_a_circle_are_refused_with_the_way(shelf: Callable[..., Derived]) -> None:
    source = shelf(declared("A", "B - UST2Y"), declared("B", "C * 2"), declared("C", "change(A, 1d)"))
    with pytest.raises(Refused, match="circle: A → B → C → A"):
        source.series("A")
    assert "A" not in source.ids()


def test_a_formula_may_name_another_one_and_a_metric_measures_it(shelf: Callable[..., Derived]) -> None:
    source = shelf(declared("SLOPE", "UST10Y - UST2Y"), declared("TWICE", "SLOPE * 2"))
    value: Value = evaluate(Reference(("TWICE",), "change", "1d"), source)
    assert (value.value, value.text.en, value.text.zh) == (-10.0, "−10bp", "−10個基點")


def test_a_stored_series_comes_before_its_formula(shelf: Callable[..., Derived]) -> None:
    market = shelf().market
    entries = [
        replace(entry, formula="SPY * 2") if entry.series_id == "SPY" else entry for entry in market.catalogue.entries
    ]
    assert Derived(replace(market, catalogue=Catalogue(tuple(entries)))).series("SPY").values[0] == 100.0


def test_only_series_with_all_their_legs_are_listed(shelf: Callable[..., Derived]) -> None:
    source = shelf(declared("SLOPE", "UST10Y - UST2Y"), declared("LONG", "UST30Y - UST10Y"), declared("BAD", "UST2Y -"))
    assert {"SLOPE", "UST2Y"} <= set(source.ids())
    assert {"LONG", "BAD"}.isdisjoint(source.ids())


def test_several_series_are_read_in_the_order_asked_for(shelf: Callable[..., Derived]) -> None:
    source = shelf(declared("SLOPE", "UST10Y - UST2Y"))
    assert [one.id for one in source.read(["SLOPE", "VIX", "UST2Y"])] == ["SLOPE", "VIX", "UST2Y"]
    assert source.series("SLOPE") is source.series("SLOPE")


def test_a_late_or_revised_leg_makes_the_whole_so(made: Callable[..., Series]) -> None:
    first = replace(made([1.0, 2.0], series_id="A"), vintage="2020-01-05", revised=True)
    second = replace(made([1.0, 1.0], series_id="B"), vintage="2020-02-05")
    entries = (declared("A", ""), declared("B", ""), declared("MADE", "A - B"))
    series = Derived(Shelf({"A": first, "B": second}, Catalogue(entries))).series("MADE")
    assert (series.vintage, series.revised) == ("2020-02-05", True)


def test_products_bind_before_sums_and_from_left_to_right() -> None:
    assert parse_formula("A - B - 2 * C / D") == Binary(
        "-",
        Binary("-", Leg("A"), Leg("B")),
        Binary("/", Binary("*", Number(2.0), Leg("C")), Leg("D")),
    )


def test_a_window_is_told_from_a_number() -> None:
    assert parse_formula("pctile(realised_vol(SPY, 1m), since-2024-09-18)") == Call(
        "pctile", (Call("realised_vol", (Leg("SPY"),), "1m"),), "since-2024-09-18"
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("A B", 3),
        ("A -- ", 5),
        ("(A", 3),
        ("A)", 2),
        ("pctile(A, 1y, B)", 13),
        ("a", 2),
        ("A $ B", 3),
        ("f(A, since-2024-13-01)", 6),
    ],
)
def test_a_formula_is_refused_at_the_character_where_it_stops_making_sense(text: str, at: int) -> None:
    with pytest.raises(Refused) as caught:
        parse_formula(text)
    assert f"at character {at} " in caught.value.problems[0].message.en


def test_a_formula_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(Refused, match="makes no sense"):
        parse_formula("(" * 5000 + "A" + ")" * 5000)


IDS = st.from_regex(r"[A-Z][A-Z0-9_]{0,6}", fullmatch=True).map(Leg)
NUMBERS = st.integers(0, 999).map(lambda whole: Number(float(whole)))


def _grown(node: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    windows = st.sampled_from(["", "1d", "3m", "ytd", "all", "since2021", "since-fomc"])
    calls = st.builds(
        Call, st.sampled_from(["pctile", "beta"]), st.lists(node, min_size=1, max_size=2).map(tuple), windows
    )
    return st.one_of(st.builds(Binary, st.sampled_from("+-*/"), node, node), st.builds(Negative, node), calls)


def _spelled(node: Node) -> str:
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Leg):
        return node.series_id
    if isinstance(node, Negative):
        return f"-({_spelled(node.operand)})"
    if isinstance(node, Binary):
        return f"({_spelled(node.left)}) {node.operator} ({_spelled(node.right)})"
    return f"{node.metric}({', '.join([*map(_spelled, node.arguments), *([node.window] if node.window else [])])})"


@given(st.recursive(st.one_of(IDS, NUMBERS), _grown, max_leaves=12))
def test_every_formula_reads_back_from_its_spelling(node: Node) -> None:
    assert parse_formula(_spelled(node)) == node
    assert set(legs(node)) == {word for word in _words(_spelled(node)) if word[0].isupper()}


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split()


@given(st.text(alphabet="AB19.+-*/(), dmya", max_size=30))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        parsed = parse_formula(text)
    except Refused as refused:
        parsed = refused
    assert isinstance(parsed, (Refused, Number, Leg, Negative, Binary, Call))
