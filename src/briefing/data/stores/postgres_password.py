"""Where the password of a team database comes from: the environment, or the keyring of the system."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.data.stores.postgres_address import Address
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_ENCRYPTED = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
"""The backends of `keyring` that keep what they are given encrypted by the system."""


@dataclass(frozen=True, slots=True)
class Password:
    """A password, or None where libpq is to find one by itself: in PGPASSWORD, PGPASSFILE or its usual file.

    `trouble` says why the keyring could not be asked. The password is in no text of this value.
    """

    secret: str | None = field(repr=False)
    trouble: str = ""


def find_password(address: Address) -> Password:
    """The password for an address. The environment stands before the keyring."""
    from keyring.errors import KeyringError

    if os.environ.get("PGPASSWORD") or os.environ.get("PGPASSFILE"):
        return Password(None)
    try:
        found = (keyring.get_password(_service(address), address.user) for keyring in _keyrings())
        return Password(next((secret for secret in found if secret is not None), None))
    except KeyringError as fault:
        return Password(None, f"{type(fault).__name__}: {fault}")


def keep_password(address: Address, secret: str) -> None:
    """Put a password into the system's keyring. Raises `Refused` when there is none that keeps it encrypted."""
    from keyring.errors import KeyringError

    keyrings = _keyrings()
    if not keyrings:
        raise Refused(
            error(
                "postgres.no_keyring",
                NOWHERE,
                Label(
                    "This machine has no keyring that keeps passwords encrypted; it was not kept.",
                    "這部電腦沒有可加密保存密碼的鑰匙圈，密碼未保存。",
                ),
                Label(
                    "Give it in PGPASSWORD, or in a file of your own that PGPASSFILE names.",
                    "請以PGPASSWORD提供，或寫在PGPASSFILE所指的個人檔案。",
                ),
            )
        )
    try:
        keyrings[0].set_password(_service(address), address.user, secret)
    except KeyringError as fault:
        raise Refused(
            error(
                "postgres.keyring",
                NOWHERE,
                Label(
                    f"The keyring did not keep the password ({type(fault).__name__}).",
                    f"鑰匙圈未能保存密碼（{type(fault).__name__}）。",
                ),
                Label("Unlock it and try again.", "請解鎖後再試。"),
            )
        ) from fault


def _service(address: Address) -> str:
    """What the keyring files a password under, beside the user's name."""
    return f"market-briefing {address.server}"


def _keyrings() -> list[KeyringBackend]:
    """The keyrings of this machine that keep passwords encrypted, the best first."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return [backend for backend in candidates if _keeps_encrypted(backend)]


def _keeps_encrypted(backend: KeyringBackend) -> bool:
    package, _, module = type(backend).__module__.rpartition(".")
    return package == "keyring.backends" and module in _ENCRYPTED
