"""Rules over a chain as a whole: its scale, its sides, its expiries, its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from briefing.data.chains.chain import Chain
from briefing.data.chains.quote_time import is_session
from briefing.data.chains.rules.registry import Hit, Subject, chain_rule
from briefing.problems import Severity
from briefing.text import Label

_SCALE = 100.0
_SHOWN = 4


@chain_rule(
    "empty",
    Label("Contracts that live and are quoted", "有效且有報價的合約"),
    Severity.ERROR,
    hint=Label("Download the chain again, after the opening and before it expires.", "請於開盤後、到期前重新下載。"),
)
def something_is_quoted(subject: Subject) -> Iterator[Hit]:
    """A chain without a contract, or without a single bid."""
    if not len(subject.chain):
        yield Hit(Label("has no contract that lived at the quote", "在報價時沒有未到期的合約"))
    elif not np.any(subject.chain.bid > 0):
        yield Hit(Label("has not a single bid", "沒有任何買價"), "bid")


@chain_rule(
    "twins",
    Label("Each contract once", "每個合約只出現一次"),
    Severity.ERROR,
    hint=Label(
        "Export each contract once; leave out special settlements and other exchanges.",
        "請確保每個合約只有一列，並排除特殊交割與其他交易所。",
    ),
)
def each_once(subject: Subject) -> Iterator[Hit]:
    """Contracts that stand twice with different values."""
    twins = subject.chain.twins()
    if len(twins):
        yield Hit(Label("has a contract twice, with different values", "有合約重複且數值不同"), "strike", twins)


@chain_rule(
    "strike_scale",
    Label("Strikes on the scale of the underlying", "履約價與標的價格同一級距"),
    Severity.ERROR,
    hint=Label("Strikes have to be in points, not times 1,000.", "履約價須以點為單位，不可乘以1,000。"),
)
def strikes_in_points(subject: Subject) -> Iterator[Hit]:
    """Strikes a hundred times or more above or below what the chain or the last one says of the underlying."""
    if not len(subject.chain):
        return
    middle = float(np.median(subject.chain.strike))
    reference = _reference(subject.chain) or _of_strikes(subject.before)
    if reference and not 1 / _SCALE < middle / reference < _SCALE:
        yield Hit(
            Label(
                f"has strikes around {middle:,.6g} for an underlying around {reference:,.6g}",
                f"的履約價約{middle:,.6g}，但標的約{reference:,.6g}",
            ),
            "strike",
        )


def _reference(chain: Chain) -> float | None:
    if np.isfinite(chain.spot) and chain.spot > 0:
        return chain.spot
    forwards = chain.forward[chain.forward > 0]
    return float(np.median(forwards)) if len(forwards) else None


def _of_strikes(before: Chain | None) -> float | None:
    return float(np.median(before.strike)) if before is not None and len(before) else None


@chain_rule(
    "sides",
    Label("Calls dearer at low strikes, puts at high ones", "買權於低履約價較貴、賣權於高履約價較貴"),
    Severity.ERROR,
    hint=Label("See whether the columns of calls and puts are exchanged.", "請確認買權與賣權欄位是否互換。"),
)
def calls_are_calls(subject: Subject) -> Iterator[Hit]:
    """Calls that cost more, and puts that cost less, the higher the strike is, in most expiries."""
    rising = {side: _rising_share(subject.chain, side) for side in ("C", "P")}
    if rising["C"] is not None and rising["P"] is not None and rising["C"] > 0.5 and rising["P"] < 0.5:
        yield Hit(
            Label(
                "has calls that cost more and puts that cost less at higher strikes",
                "的買權隨履約價上升而變貴、賣權變便宜",
            )
        )


def _rising_share(chain: Chain, side: str) -> float | None:
    """The share of expiries in which the highest strike costs more than the lowest; None without any."""
    votes = []
    mids = (chain.bid + chain.ask) / 2
    of_side = np.equal(chain.cp, side) & np.isfinite(mids)
    for expiry in np.unique(chain.expiry[of_side]):
        own = np.flatnonzero(of_side & (chain.expiry == expiry))
        low, high = own[np.argmin(chain.strike[own])], own[np.argmax(chain.strike[own])]
        if mids[low] != mids[high]:
            votes.append(bool(mids[high] > mids[low]))
    return float(np.mean(votes)) if votes else None


@chain_rule(
    "missing_expiry",
    Label("Every expiry of the last chain that still lives", "前次選擇權鏈中未到期的到期日"),
    Severity.WARNING,
    hint=Label("See whether all expiries were chosen when the file was made.", "請確認匯出時是否選取全部到期日。"),
)
def expiries_are_there(subject: Subject) -> Iterator[Hit]:
    """Expiries that the newest stored chain had, that still live, and that are not in this one."""
    if subject.before is None or not len(subject.chain):
        return
    have = set(subject.chain.expiries)
    gone = [day for day in subject.before.expiries if day not in have and day > subject.chain.quote_date]
    if gone:
        days, more = list(map(str, gone[:_SHOWN])), len(gone) > _SHOWN
        shown_en, shown_zh = ", ".join(days) + (" …" if more else ""), "、".join(days) + ("……" if more else "")
        yield Hit(
            Label(
                f"lacks {len(gone)} expiries that the chain of {subject.before.quote_date} had ({shown_en})",
                f"缺少{subject.before.quote_date}選擇權鏈中的{len(gone)}個到期日（{shown_zh}）",
            ),
            "expiry",
        )


@chain_rule(
    "earlier_quote",
    Label("No older quote than the stored one of that session", "不早於該交易日已存報價"),
    Severity.WARNING,
    hint=Label("Import the later file once more if that one is wanted.", "若要使用較晚的報價，請再匯入該檔案。"),
)
def quote_is_newer(subject: Subject) -> Iterator[Hit]:
    """A chain quoted before the stored one of the same session, which it now stands in front of."""
    before, chain = subject.before, subject.chain
    if before is None or before.quote_date != chain.quote_date or not before.quote_time or not chain.quote_time:
        return
    if chain.quote_time < before.quote_time:
        yield Hit(
            Label(
                f"was quoted at {_minute(chain)}, before the stored chain of that session ({_minute(before)})",
                f"的報價時間為{_minute(chain)}，早於已存的{_minute(before)}",
            )
        )


def _minute(chain: Chain) -> str:
    return f"{chain.quote_time:%Y-%m-%d %H:%M} UTC" if chain.quote_time else ""


@chain_rule(
    "closed_day",
    Label("Quotes of a day on which the exchange was open", "報價日為交易日"),
    Severity.WARNING,
    hint=Label(
        "See whether the date is right, or name the session with --quote-date.",
        "請確認日期，或以--quote-date指定交易日。",
    ),
)
def day_is_a_session(subject: Subject) -> Iterator[Hit]:
    """A chain of a day on which the exchange was shut."""
    if not is_session(subject.chain.quote_date):
        yield Hit(Label("is of a day on which the exchange was shut", "的報價日交易所休市"))


@chain_rule(
    "future",
    Label("No quotes after the load", "報價不晚於載入日"),
    Severity.ERROR,
    hint=Label("See whether the date is right.", "請確認日期。"),
)
def day_is_past(subject: Subject) -> Iterator[Hit]:
    """A chain of a day after the one it is loaded on; a day further east may have begun."""
    latest: date = subject.loaded_on + timedelta(days=1)
    if subject.chain.quote_date > latest:
        yield Hit(Label("is of a day that is still to come", "的報價日尚未到來"))
