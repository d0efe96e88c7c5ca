"""How files write call and put."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SIDES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("C", "c", "Call", "call", "CALL", "買權", "认购", "購"), "C")
    | dict.fromkeys(("P", "p", "Put", "put", "PUT", "賣權", "认沽", "沽"), "P")
)
"""The words of a file, each with C or P."""
