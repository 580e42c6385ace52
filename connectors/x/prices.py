"""Says what calls to X cost, and reads from an answer what it did cost.

Prices are those of docs.x.com/x-api/getting-started/pricing as read on 2026-11-20, in US dollars.
X bills a resource once in a UTC day; here every sight of it is counted, so that the count is never
too low. A call whose answer was lost is not counted: the next one brings, and counts, the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from connectors.contract import Period, Tariff
from connectors.x.answers import Answer

MONTHLY_CAP_USD: Final = 50.0

POST_USD: Final = 0.005
USER_USD: Final = 0.010
# Reads of an account by the app that it owns itself: its own posts and its mentions.
OWNED_USD: Final = 0.001
# Unconfirmed: which line of the price list a hidden reply falls under ("Content: Manage", here).
HIDE_USD: Final = 0.005


@dataclass(frozen=True, slots=True)
class Prices:
    """What one post that was asked for costs, and what each thing that comes along with it does.

    Unconfirmed: whether what comes along with an owned read is as cheap as the read itself; it is
    counted in full.
    """

    post: float = POST_USD
    along: float = POST_USD
    user: float = USER_USD

    def most(self, limit: int, *, bare: bool = False) -> float:
        """Return what an answer of limit posts may cost; bare posts come without anything along."""
        return limit * (self.post if bare else self.post + self.along + self.user)


SEARCHED: Final = Prices()
OWNED: Final = Prices(post=OWNED_USD)


def cost_of(answer: Answer, prices: Prices) -> float:
    """Return what an answer costs: every post and user in it."""
    one = answer.data is not None and answer.data.raw.startswith(b"{")
    posts = 1 if one else len(answer.posts)
    along = len(answer.above) * prices.along + len(answer.users) * prices.user
    return posts * prices.post + along


def month_of(now: datetime) -> Period:
    """Return the calendar month in UTC, which is how the ceiling is counted."""
    now = now.astimezone(UTC)
    further = now.year * 12 + now.month
    ends = datetime(further // 12, further % 12 + 1, 1, tzinfo=UTC)
    return Period(f"{now:%Y-%m}", ends)


TARIFF: Final = Tariff("US dollars", "monthly_cap_usd", MONTHLY_CAP_USD, month_of)
