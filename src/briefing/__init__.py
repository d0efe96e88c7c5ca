"""Market Briefing: a folder of daily data becomes a bilingual client note."""

__version__ = "0.1.0"
