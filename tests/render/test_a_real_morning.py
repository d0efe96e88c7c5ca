"""The main job on real files: a note as of 15 January 2025 whose every number comes from the data."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from briefing.data.intake.choices import Choices
from briefing.data.intake.importing import import_files
from briefing.data.workspace import Workspace, create_workspace
from briefing.inline import runs
from briefing.render.edition import EditionChoice, write_edition

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILES = (
    "fred_new_observation_date/chatterjee_DFII10.csv",
    "fred_new_observation_date/chatterjee_DGS2.csv",
    "fred_new_observation_date/leo_DGS5.csv",
    "fred_new_observation_date/qie2003_DGS10.csv",
    "fred_new_observation_date/leo_DGS30.csv",
    "fred_api_date/thecoderstef_T10YIE.csv",
    "fred_new_observation_date/chatterjee_BAMLC0A0CM.csv",
    "fred_new_observation_date/chatterjee_BAMLH0A0HYM2.csv",
    "cboe_history/bellingxu_VIX_History.csv",
    "cboe_history/bellingxu_VVIX_History.csv",
)
BARS = {"SPY": "ohlcv/yfinance_CHLOV_SPY.csv", "TLT": "ohlcv/yfinance_CHLOV_TLT.csv"}

BODY = {
    "real yields": (
        (
            "Ten-year real yields {DFII10.change.1d|verb} {DFII10.change.1d} to {DFII10.last}, the "
            "{DFII10.largest_since.1d}; nominals closed at {UST10Y.last} and breakevens at {T10YIE.last}."
        ),
        (
            "十年期實質殖利率{DFII10.change.1d|verb}，變動{DFII10.change.1d}至{DFII10.last}，為{DFII10.largest_since.1d}；"
            "名目殖利率收{UST10Y.last}，損益兩平通膨率收{T10YIE.last}。"
        ),
    ),
    "curve": (
        "{UST2Y,UST10Y.curve_regime.1d}, yet {UST5Y,UST30Y.curve_regime.1d}.",
        "{UST2Y,UST10Y.curve_regime.1d}，但{UST5Y,UST30Y.curve_regime.1d}。",
    ),
    "volatility": (
        "The VIX fell to {VIX.last} from {VIX.base.1d}, the VVIX to {VVIX.last} from {VVIX.base.1d}.",
        "VIX由{VIX.base.1d}降至{VIX.last}，VVIX由{VVIX.base.1d}降至{VVIX.last}。",
    ),
    "implied against realised": (
        "Implied less realised volatility: {VIX,SPY.vrp}; the correlation of SPY and TLT: {SPY,TLT.correlation}.",
        "隱含減已實現波動率為{VIX,SPY.vrp}；SPY與TLT的相關係數為{SPY,TLT.correlation}。",
    ),
    "credit": (
        "Investment-grade spreads stand at {BAMLC0A0CM.last}, high yield at {BAMLH0A0HYM2.last}.",
        "投資級利差為{BAMLC0A0CM.last}，非投資級利差為{BAMLH0A0HYM2.last}。",
    ),
}


def brief() -> str:
    head = (
        "format = 1\n\n[note]\ndate = 2025-01-16\nas_of = 2025-01-15\n"
        'title_en = "Real yields lead the rally"\ntitle_zh = "實質殖利率領跌"\n'
    )
    pairs = (
        f'\n[[block]]\nid = "p{n}"\ntype = "pair"\nen = "{en}"\nzh = "{zh}"\n'
        for n, (en, zh) in enumerate(BODY.values())
    )
    figure = (
        '\n[[block]]\nid = "f1"\ntype = "figure"\nsize = "full"\n\n[block.chart]\nrange = "1Y"\n'
        '\n[[block.chart.lines]]\nseries = "DFII10"\n'
    )
    return head + "".join(pairs) + figure + '\n[[block]]\nid = "d1"\ntype = "disclosure"\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the real data are missing")
        pytest.skip("the real data are not beside this repository")
    workspace = create_workspace(tmp_path_factory.mktemp("desk") / "workspace")
    return filled(workspace, SHARED)


def filled(workspace: Workspace, folder: Path) -> Workspace:
    reports = import_files(workspace, [folder / name for name in FILES])
    for series_id, name in BARS.items():
        reports += import_files(workspace, [folder / name], choices=Choices(source="ohlcv", as_id=series_id))
    assert [report.file for report in reports if report.outcome != "loaded"] == []
    (workspace.notes / "real.brief").write_text(brief(), encoding="utf-8")
    return workspace


def printed(workspace: Workspace, target: Path) -> str:
    write_edition(workspace, workspace.notes / "real.brief", target, EditionChoice())
    with pypdfium2.PdfDocument(target) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def text(desk: Workspace, tmp_path_factory: pytest.TempPathFactory) -> str:
    return printed(desk, tmp_path_factory.mktemp("pdf") / "note.pdf")


def test_every_digit_of_the_body_is_a_reference() -> None:
    typed = {run.text for sides in BODY.values() for words in sides for run in runs(words) if run.ref is None}
    assert [words for words in typed if re.search(r"\d", words)] == []


@pytest.mark.data
@pytest.mark.parametrize(
    "words",
    [
        "fell−10bpto2.24%,thelargest1ddropsince14Dec2023",
        "下跌，變動−10個基點至2.24%，為自2023年12月14日以來最大單日跌幅",
        "VIXfellto16.12from18.71",
        "VIX由18.71降至16.12",
        "VVIXto97.79from107.93",
        "2s10s,1day:bullflattener,yet5s30s,1day:bullsteepener",
        "2年/10年利差，1日：牛市平坦化，但5年/30年利差，1日：牛市陡峭化",
        "nominalsclosedat4.66%andbreakevensat2.42%",
        "spreadsstandat83bp,highyieldat272bp",
        "投資級利差為83個基點，非投資級利差為272個基點",
        "Dataasof15Jan2025",
        "2025年1月15日",
    ],
)
def test_the_page_says_what_the_data_say(text: str, words: str) -> None:
    assert words in text


@pytest.mark.data
@pytest.mark.slow
def test_one_changed_cell_changes_both_languages(desk: Workspace, text: str, tmp_path: Path) -> None:
    """The source says 2.20 for the day instead of 2.24: another level, another change, another date since when."""
    folder = tmp_path / "files"
    for name in (*FILES, *BARS.values()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHARED / name, folder / name)
    source = folder / FILES[0]
    content = source.read_text(encoding="utf-8")
    assert content.count("2025-01-15,2.24") == 1
    source.write_text(content.replace("2025-01-15,2.24", "2025-01-15,2.20"), encoding="utf-8")
    changed = printed(filled(create_workspace(tmp_path / "workspace"), folder), tmp_path / "note.pdf")
    assert "fell−14bpto2.20%,thelargest1ddropsince14Dec2023" in changed
    assert "下跌，變動−14個基點至2.20%" in changed
    assert "2.24%" in text
    assert "2.24%" not in changed


@pytest.mark.data
def test_the_data_stay_what_they_were(desk: Workspace) -> None:
    """The as-of date is the note's, although the files go on to later years."""
    from briefing.metrics.derived import open_source

    assert open_source(desk).newest() > date(2025, 1, 15)
