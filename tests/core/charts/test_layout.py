"""What the layout decides, seen from outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.charts.contrast import contrast
from briefing.charts.picture import Box, ChartLayout
from briefing.charts.spec import RANGES
from briefing.charts.weekdays import position
from briefing.series import Late, Series
from briefing.text import Label

Figure = Callable[..., ChartLayout]
Made = Callable[..., Series]
FOUR = "UST2Y UST5Y UST10Y UST30Y"
MANY = f"{FOUR} EFFR VIX S2S10"


def texts(layout: ChartLayout, series: str) -> list[str]:
    return [mark.text for name in layout.names if name.series == series for mark in name.marks]


def test_a_single_axis_stands_on_the_right(figure: Figure) -> None:
    (axis,) = figure("UST10Y UST2Y").axes
    assert axis.side == "right"
    assert all(mark.x > figure("UST10Y UST2Y").plot.right for tick in axis.ticks for mark in tick.marks)


def test_with_two_axes_the_first_stands_on_the_left_and_the_second_is_named_as_the_right_one(figure: Figure) -> None:
    layout = figure("UST10Y|VIX")
    assert [axis.side for axis in layout.axes] == ["left", "right"]
    assert texts(layout, "VIX") == ["VIX (rhs)", "VIX（右軸）"]
    assert texts(layout, "UST10Y") == ["UST 10Y", "美債10年"]


def test_each_of_two_axes_is_written_in_the_colour_of_its_line_where_that_can_be_read(figure: Figure) -> None:
    blue, orange = figure("UST10Y|VIX").axes
    assert {mark.colour for tick in blue.ticks for mark in tick.marks} == {"#005AA0"}
    # Orange on white has a contrast of 3.5 only.
    assert {mark.colour for tick in orange.ticks for mark in tick.marks} == {"#111111"}


def test_a_second_axis_with_the_same_kind_and_unit_is_not_drawn(figure: Figure) -> None:
    assert len(figure("UST10Y|UST2Y").axes) == 1


def test_ticks_are_at_most_six_and_carry_what_is_short_of_their_unit(figure: Figure) -> None:
    (axis,) = figure("UST10Y", size=(170, 150)).axes
    words = [mark.text for tick in axis.ticks for mark in tick.marks]
    assert len(axis.ticks) <= 6
    assert all(word.endswith("%") for word in words)
    (bare,) = figure("S2S10").axes
    assert {mark.text.lstrip("−").isdigit() for tick in bare.ticks for mark in tick.marks} == {True}


def test_ticks_of_money_are_written_in_the_language_of_the_edition(figure: Figure) -> None:
    english = figure("RRP", langs=("en",), range="Max").axes[0].ticks
    chinese = figure("RRP", langs=("zh-Hant-TW",), range="Max").axes[0].ticks
    assert any(mark.text.startswith("$") for tick in english for mark in tick.marks)
    assert any(mark.text.endswith("億美元") for tick in chinese for mark in tick.marks)


def test_a_negative_tick_has_the_true_minus_sign(figure: Figure, made: Made) -> None:
    series = made("S2S10", count=40)
    low = replace(series, values=np.linspace(-50, 20, 40))
    (axis,) = figure("S2S10", series={"S2S10": low}, range="Max").axes
    assert "−40" in [mark.text for tick in axis.ticks for mark in tick.marks]
    assert axis.zero == pytest.approx(axis.y(0, figure("S2S10", series={"S2S10": low}, range="Max").plot))


def test_no_zero_line_is_drawn_when_zero_is_out_of_sight(figure: Figure) -> None:
    assert figure("SPX").axes[0].zero is None


def test_the_last_value_is_tagged_in_the_colour_of_its_line_with_ink_that_can_be_read(
    figure: Figure, made: Made
) -> None:
    (tag,) = figure("UST2Y").tags
    assert tag.value == made("UST2Y").values[-1]
    assert tag.mark.text == f"{tag.value:.2f}%"
    assert tag.fill == "#005AA0"
    assert contrast(tag.mark.colour, tag.fill) >= 4.5


def test_four_lines_are_named_at_their_ends_and_five_in_a_legend_above(figure: Figure) -> None:
    direct, legend = figure(FOUR), figure(f"{FOUR} EFFR")
    assert all(name.key.left > direct.plot.right for name in direct.names)
    assert all(name.key.y < legend.plot.top for name in legend.names)
    assert len(legend.names) == len(legend.tags) == 5


def test_when_tags_have_no_room_the_last_values_join_the_legend(figure: Figure, made: Made) -> None:
    layout = figure(MANY, size=(174, 24))
    assert not layout.tags
    assert f"{made('UST2Y').values[-1]:.2f}%" in texts(layout, "UST2Y")


def test_a_late_series_says_how_late_it_is_in_muted_ink(figure: Figure, made: Made) -> None:
    series = made("UST2Y")
    late = replace(series, dates=series.dates[:-2], values=series.values[:-2], late=Late(date(2026, 3, 4), 1))
    layout = figure("UST2Y", series={"UST2Y": late})
    marks = layout.names[0].marks
    assert [mark.text for mark in marks] == [
        "UST 2Y", "美債2年", "1 session late", "遲1個交易日", "last 4 Mar 2026", "最新為2026年3月4日",
    ]  # fmt: skip
    assert [mark.colour for mark in marks[2:]] == ["#555555"] * 4


def test_an_edition_in_one_language_has_words_of_that_language_only(figure: Figure) -> None:
    assert {mark.lang for mark in figure("UST2Y|VIX", langs=("en",)).marks()} == {"en"}
    assert {mark.lang for mark in figure("UST2Y|VIX", langs=("zh-Hant-TW",)).marks()} == {"zh-Hant-TW"}


def test_months_in_both_languages_are_joined_by_a_full_width_stroke(figure: Figure) -> None:
    words = ["".join(mark.text for mark in tick.marks) for tick in figure("UST2Y", size=(170, 60)).dates]
    assert "May／5月2025" in words


def test_a_gap_of_six_sessions_is_found_and_five_are_none(figure: Figure, made: Made) -> None:
    def without(start: int, stop: int) -> ChartLayout:
        series = made("UST2Y", count=200)
        holed = replace(
            series,
            dates=np.delete(series.dates, slice(start, stop)),
            values=np.delete(series.values, slice(start, stop)),
        )
        return figure("UST2Y", series={"UST2Y": holed}, range="Max")

    assert without(100, 105).gaps == ()
    (gap,) = without(100, 106).gaps
    assert (gap.series, gap.after, gap.before) == (
        "UST2Y",
        made(count=200).dates[99].item(),
        made(count=200).dates[106].item(),
    )
    assert gap.right - gap.left == pytest.approx(7 / 199 * without(100, 106).plot.width)


def test_pauses_of_the_calendar_do_not_make_a_gap(figure: Figure, made: Made) -> None:
    series = made("UST2Y", count=200)
    closed = tuple(day.item() for day in series.dates[100:106])
    holed = replace(
        series, dates=np.delete(series.dates, slice(100, 106)), values=np.delete(series.values, slice(100, 106))
    )
    layout = figure("UST2Y", series={"UST2Y": replace(holed, pauses=closed)}, range="Max")
    assert layout.gaps == ()


def test_a_lone_observation_between_gaps_is_a_dot(figure: Figure, made: Made) -> None:
    series = made("UST2Y", count=60)
    keep = np.r_[0:20, 30, 41:60]
    layout = figure(
        "UST2Y", series={"UST2Y": replace(series, dates=series.dates[keep], values=series.values[keep])}, range="Max"
    )
    assert layout.lines[0].dots == ((position(series.dates[30].item()), series.values[30]),)


def test_a_policy_rate_climbs_in_steps(figure: Figure, made: Made) -> None:
    x, y = figure("EFFR").lines[0].trace.pieces[0]
    assert ((np.diff(x) == 0) | (np.diff(y) == 0)).all()
    assert len(x) == 2 * len(made("EFFR")) - 1


def test_observations_after_the_as_of_date_are_not_admitted(figure: Figure, made: Made) -> None:
    layout = figure("UST2Y", as_of=date(2025, 1, 15))
    series = made("UST2Y").until(date(2025, 1, 15))
    assert layout.tags[0].value == series.values[-1]
    assert layout.x_range == (position(date(2024, 1, 15)), position(date(2025, 1, 15)))
    assert "15 Jan 2025" in layout.source.en


def test_a_range_without_data_says_which_years_have_some_and_where_to_go(figure: Figure) -> None:
    layout = figure("UST2Y", x_range=(position(date(1980, 1, 1)), position(date(1981, 1, 1))))
    assert layout.empty is not None
    assert layout.empty.words == Label(
        "No data in this range; has data 2016–2026", "此區間沒有資料；資料期間為2016–2026年"
    )
    assert layout.empty.range == "1M"
    assert (layout.lines, layout.tags, layout.axes) == ((), (), ())


def test_a_series_that_has_ended_is_offered_the_range_that_reaches_it(figure: Figure, made: Made) -> None:
    series = made("UST2Y").until(date(2022, 5, 2))
    assert figure("UST2Y", series={"UST2Y": series}, range="1M").empty.range == "5Y"


def test_a_chart_without_any_observation_says_so_and_offers_nothing(figure: Figure, made: Made) -> None:
    nothing = replace(made("UST2Y"), dates=made().dates[:0], values=made().values[:0])
    layout = figure("UST2Y", series={"UST2Y": nothing})
    assert (layout.empty.words.en, layout.empty.range) == ("No data", None)


def test_a_line_out_of_sight_beside_another_is_named_with_the_reason(figure: Figure, made: Made) -> None:
    old = made("UST2Y").until(date(2022, 5, 2))
    layout = figure("UST10Y UST2Y", series={"UST10Y": made("UST10Y"), "UST2Y": old}, langs=("en",))
    assert texts(layout, "UST2Y") == ["UST 2Y", "no data in range"]
    assert [tag.series for tag in layout.tags] == ["UST10Y"]


def test_a_series_that_was_not_given_is_named_and_the_others_keep_their_colours(figure: Figure, made: Made) -> None:
    layout = figure("UST10Y UST2Y", series={"UST2Y": made("UST2Y")})
    assert layout.missing == ("UST10Y",)
    assert layout.tags[0].fill == "#E0641A"


def test_titles_and_measures_are_made_from_the_series(figure: Figure) -> None:
    assert figure("UST10Y UST2Y").title == Label("UST 10Y and UST 2Y", "美債10年與美債2年")
    assert figure("UST10Y|VIX").subtitle == Label("Yield, %; Volatility, points (rhs)", "殖利率，%；波動率，點（右軸）")
    assert figure("SPX").subtitle == Label("Price", "價格")
    assert figure("RRP").subtitle == Label("Amount, USD", "金額，美元")
    assert figure(MANY).title == Label("UST 2Y, UST 5Y, UST 10Y and 4 more", "美債2年、美債5年、美債10年等7項")


def test_the_source_line_names_the_last_observation_and_the_vintage_of_revised_series(
    figure: Figure, made: Made
) -> None:
    assert figure("UST2Y").source == Label("Source: Made up. Last: 6 Mar 2026.", "資料來源：虛構。最新：2026年3月6日。")
    revised = replace(made("UST2Y"), revised=True, vintage="2026-03-05")
    assert figure("UST2Y", series={"UST2Y": revised}).source.zh.endswith("資料版本：2026-03-05。")


def test_the_spoken_summary_tells_last_move_and_span(figure: Figure, made: Made) -> None:
    series = replace(made("UST2Y", count=4), values=np.array([3.50, 3.90, 3.62, 3.55]))
    summary = figure("UST2Y", series={"UST2Y": series}, range="1M").summary
    assert summary == Label(
        "UST 2Y: last 3.55%, down 7bp from the observation before, between 3.50% and 3.90% in the range shown."
        " As of 6 Mar 2026.",
        "美債2年：最新3.55%，較前一筆下跌7個基點，圖示區間介於3.50%與3.90%。截至2026年3月6日。",
    )


CHARTS = ["UST10Y", "S2S10", "UST10Y|VIX", FOUR, f"{FOUR}|SPX", MANY, "RRP EFFR"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.sampled_from(CHARTS),
    size=st.tuples(st.floats(55, 174), st.floats(30, 110)),
    range_=st.sampled_from(RANGES),
    langs=st.sampled_from([("en",), ("zh-Hant-TW",), ("en", "zh-Hant-TW")]),
)
@example(names=MANY, size=(55.0, 30.0), range_="1M", langs=("en", "zh-Hant-TW"))
@example(names="UST10Y|VIX", size=(55.0, 30.0), range_="1M", langs=("zh-Hant-TW",))
def test_nothing_is_clipped_and_no_words_collide(
    figure: Figure, names: str, size: tuple[float, float], range_: str, langs: tuple[str, ...]
) -> None:
    layout = figure(names, size=size, range=range_, langs=langs)
    sheet = Box(-0.01, -0.01, size[0] + 0.01, size[1] + 0.01)
    boxes = [mark.box for mark in layout.marks()] + [tag.box for tag in layout.tags]
    assert all(sheet.left <= box.left and box.right <= sheet.right for box in boxes)
    assert all(sheet.top <= box.top and box.bottom <= sheet.bottom for box in boxes)
    for one, two in combinations(layout.marks(), 2):
        assert not one.box.touches(shrunk(two.box)), (one.text, two.text)
    for one, two in combinations(layout.tags, 2):
        assert not one.box.touches(shrunk(two.box))
    assert layout.plot.width > 0.3 * size[0]


def shrunk(box: Box) -> Box:
    # Lines of words have air above and below the letters: boxes may share a tenth of it.
    air = 0.13 * (box.bottom - box.top)
    return Box(box.left + 0.01, box.top + air, box.right - 0.01, box.bottom - air)


def test_the_same_chart_in_twice_the_size_has_the_same_decisions(figure: Figure) -> None:
    """Only proportions count: what a medium calls its unit changes nothing."""
    page = figure("UST10Y|VIX")
    twice = figure("UST10Y|VIX", size=(170.0, 96.0), medium=replace(page.medium, text=page.medium.text * 2))
    assert [mark.text for mark in twice.marks()] == [mark.text for mark in page.marks()]
    assert [tag.y / 2 for tag in twice.tags] == pytest.approx([tag.y for tag in page.tags])
    assert [tick.x / 2 for tick in twice.dates] == pytest.approx([tick.x for tick in page.dates])
