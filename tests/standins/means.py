"""What a connector is given in tests: secrets in a dictionary and a meter that counts."""

from __future__ import annotations

from pathlib import Path

from connectors.contract import Means, QuotaSpent


class HeldSecrets(dict[str, str]):
    """Secrets that live as long as the test."""

    def get(self, name: str) -> str:  # type: ignore[override]
        """Return a secret; empty when there is none."""
        return super().get(name, "")

    def put(self, name: str, value: str) -> None:
        """Keep a renewed secret."""
        self[name] = value


class CountingMeter:
    """Counts, and refuses above its ceiling; a fifth of it is kept for actions."""

    def __init__(self, ceiling: float = float("inf")) -> None:
        self.ceiling = ceiling
        self.spent = 0.0

    def require(self, amount: float, *, act: bool = False) -> None:
        """Raise QuotaSpent when the call would pass the ceiling."""
        if self.spent + amount > self.ceiling * (1.0 if act else 0.8):
            raise QuotaSpent("The ceiling is reached.", retry_after=3600.0)

    def spend(self, amount: float) -> None:
        """Count a call."""
        self.spent += amount


def means(folder: Path, **secrets: str) -> Means:
    """Return means with these secrets."""
    return Means(folder, HeldSecrets(secrets), CountingMeter())
