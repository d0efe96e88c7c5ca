"""Observations with a caveat: hollow rings at their places, words in the readout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from briefing.charts.picture import ChartLayout
from briefing.charts.readout import readout
from briefing.charts.svg import svg
from briefing.series import Caveat, Series

Figure = Callable[..., ChartLayout]
Made = Callable[..., Series]


def doubted(series: Series, *places: int, caveat: Caveat = Caveat.SUSPECT) -> Series:
    return replace(series, caveats={caveat: series.dates[list(places)]})


def test_a_ring_stands_at_the_doubted_observation(figure: Figure, made: Made) -> None:
    series = doubted(made("UST2Y"), -10)

    layout = figure("UST2Y", series={"UST2Y": series})

    [line] = layout.lines
    assert line.rings == ((float(line.trace.x[-10]), float(series.values[-10])),)
    assert [doubt.day for doubt in layout.doubts] == [series.dates[-10].item()]


def test_what_is_out_of_sight_has_no_ring_and_no_words(figure: Figure, made: Made) -> None:
    layout = figure("UST2Y", series={"UST2Y": doubted(made("UST2Y"), 0)})

    assert layout.lines[0].rings == ()
    assert "Ring" not in layout.source.en


def test_days_without_an_observation_have_no_ring(figure: Figure, made: Made) -> None:
    series = made("UST2Y")
    saturday = np.array(["2026-02-28"], dtype="datetime64[D]")

    layout = figure("UST2Y", series={"UST2Y": replace(series, caveats={Caveat.SUSPECT: saturday})})

    assert layout.lines[0].rings == ()


def test_the_page_painter_draws_each_ring_hollow_in_the_colour_of_its_line(figure: Figure, made: Made) -> None:
    layout = figure("UST2Y", series={"UST2Y": doubted(made("UST2Y"), -10, -20)})

    rings = [part for part in svg(layout).split("<circle") if 'class="ring"' in part]

    assert len(rings) == 2
    assert all(f'fill="{layout.medium.palette.ground}"' in ring for ring in rings)
    assert all(f'stroke="{layout.lines[0].colour}"' in ring for ring in rings)


def test_the_source_line_says_what_a_ring_is_in_both_languages(figure: Figure, made: Made) -> None:
    layout = figure("UST2Y", series={"UST2Y": doubted(made("UST2Y"), -1, caveat=Caveat.ESTIMATE)})

    assert layout.source.en.endswith("Ring = UST 2Y: an estimate, 6 Mar 2026.")
    assert layout.source.zh.endswith("圓圈＝美債2年：2026年3月6日為估計值。")


def test_the_crosshair_reads_the_caveat_of_its_day(figure: Figure, made: Made) -> None:
    series = doubted(made("UST2Y"), -2)
    trace = figure("UST2Y", series={"UST2Y": series}).lines[0].trace

    [on] = readout([(series, trace)], float(trace.x[-2])).readings
    [after] = readout([(series, trace)], float(trace.x[-1])).readings

    assert (on.caveat.en, on.caveat.zh) == ("flagged as suspect", "標記為存疑")
    assert (after.caveat.en, after.caveat.zh) == ("", "")
