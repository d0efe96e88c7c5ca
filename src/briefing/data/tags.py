"""The words of the series tree: asset classes and, below them, groups."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.text import Label

TAGS: Mapping[str, Label] = MappingProxyType(
    {
        "rates": Label("Rates", "利率"),
        "credit": Label("Credit", "信用"),
        "volatility": Label("Volatility", "波動率"),
        "equity": Label("Equities", "股票"),
        "fx": Label("Foreign exchange", "外匯"),
        "commodity": Label("Commodities", "商品"),
        "liquidity": Label("Liquidity", "流動性"),
        "macro": Label("Economy", "總體經濟"),
        "crypto": Label("Cryptocurrencies", "加密貨幣"),
        "treasury": Label("US Treasuries", "美國公債"),
        "real_yield": Label("Real yields", "實質殖利率"),
        "breakeven": Label("Breakevens", "損益兩平通膨"),
        "curve": Label("Curve slopes", "殖利率曲線利差"),
        "policy": Label("Policy and money-market rates", "政策與貨幣市場利率"),
        "global_bond": Label("Government bonds elsewhere", "其他公債"),
        "term_premium": Label("Term premium", "期限溢酬"),
        "investment_grade": Label("Investment grade", "投資級債"),
        "high_yield": Label("High yield", "非投資級債"),
        "equity_vol": Label("Equity volatility", "股市波動率"),
        "rates_vol": Label("Rates volatility", "利率波動率"),
        "cross_asset_vol": Label("Other volatility", "其他波動率"),
        "tail": Label("Skew and correlation", "偏斜與相關性"),
        "us_index": Label("US indices", "美股指數"),
        "world_index": Label("Indices elsewhere", "其他股市指數"),
        "us_etf": Label("US equity ETFs", "美股ETF"),
        "bond_etf": Label("Bond ETFs", "債券ETF"),
        "commodity_etf": Label("Commodity ETFs", "商品ETF"),
        "china_etf": Label("China ETFs", "中國ETF"),
        "fx_etf": Label("Currency ETFs", "貨幣ETF"),
        "dollar": Label("Dollar indices", "美元指數"),
        "fx_major": Label("Major pairs", "主要貨幣對"),
        "fx_asia": Label("Asian pairs", "亞洲貨幣對"),
        "metal": Label("Metals", "金屬"),
        "energy": Label("Energy", "能源"),
        "balance_sheet": Label("Fed balance sheet", "聯準會資產負債表"),
        "conditions": Label("Financial conditions", "金融情勢"),
        "labour": Label("Labour market", "勞動市場"),
        "survey": Label("Surveys", "調查"),
        "prices": Label("Prices", "物價"),
        "activity": Label("Activity", "經濟活動"),
        "housing": Label("Housing", "房市"),
        "mortgage": Label("Mortgage rates", "房貸利率"),
        "emerging": Label("Emerging markets", "新興市場"),
        "world_etf": Label("World equity ETFs", "海外股市ETF"),
        "fx_emerging": Label("Emerging pairs", "新興市場貨幣對"),
        "grain": Label("Grains", "穀物"),
        "coin": Label("Coins", "幣種"),
        "positioning": Label("Positioning", "部位"),
        "cftc": Label("Commitments of Traders", "CFTC持倉"),
        "zero_curve": Label("Zero-coupon curve", "零息殖利率曲線"),
        "fed_funds_futures": Label("Fed funds futures", "聯邦資金利率期貨"),
        "futures": Label("Futures", "期貨"),
        "continuous": Label("Continuous contracts", "連續合約"),
        "back_adjusted": Label("Back-adjusted", "回溯調整"),
        "crypto_etf": Label("Cryptocurrency ETFs", "加密貨幣ETF"),
    }
)


def tag_label(tag: str) -> Label:
    """The words for a tag; a tag of the user's own stands for itself."""
    return TAGS.get(tag, Label(tag, tag))
