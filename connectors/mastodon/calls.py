"""Asks a Mastodon instance through its library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from mastodon import Mastodon
from mastodon.errors import MastodonError, MastodonWarning
from mastodon.types_base import PaginationInfo

from connectors.contract import Malformed
from connectors.mastodon.answers import judge
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import Exchange, Wire

LIBRARY_ERRORS: Final[tuple[type[Exception], ...]] = (
    MastodonError,
    MastodonWarning,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)
"""What the library raises of itself, and what its reading of an odd answer may end in."""

USER_AGENT: Final = "Watchroom"
TYPES: Final = ("mention", "quote")
REPORT_WORDS: Final = (
    "Abuse aimed at staff of a public service, reported by the organisation that runs this account."
)
REPORT_CATEGORY: Final = "other"
"""A violation would have to name one of the instance's own rules."""


class Calls:
    """The calls that are made of an instance; each returns its exchange once it has been judged."""

    def __init__(self, instance: str, token: str, wire: Wire) -> None:
        self._wire = wire
        # The library reads every answer into objects of its own, which takes seconds for a large
        # thread and is then ignored. It is stopped once the answer is here; what it makes of that
        # is an error of its own, and no answer is lost by it.
        wire.session.hooks["response"].append(_enough)
        self._client = Mastodon(
            api_base_url=instance,
            session=wire.session,
            version_check_mode="none",
            ratelimit_method="throw",
            user_agent=USER_AGENT,
        )
        # Set afterwards: given to the constructor, a token that is the name of a file is read.
        self._client.access_token = token

    def me(self) -> Exchange:
        """Ask who we are."""
        return self._ask(self._client.account_verify_credentials)

    def application(self) -> Exchange:
        """Ask which application the access was made for."""
        return self._ask(self._client.app_verify_credentials)

    def notifications(self, page: Mapping[str, str], limit: int) -> Exchange:
        """Ask for one page of mentions and quotes, with those that a filter keeps back."""
        # The library's own call has no parameter for filtered ones, its paging takes any.
        asked = PaginationInfo(
            _pagination_method="GET",
            _pagination_endpoint="/api/v1/notifications",
            limit=limit,
            include_filtered="true",
            **{"types[]": list(TYPES)},
            **page,
        )
        return self._ask(lambda: self._client.fetch_next(asked))

    def own(self, me: str, before: str) -> Exchange:
        """Ask for the newest own post, or the newest before that one."""
        return self._ask(
            lambda: self._client.account_statuses(
                me, exclude_reblogs=True, limit=1, max_id=before or None
            )
        )

    def context(self, native_id: str) -> Exchange:
        """Ask for everything above and below a post."""
        return self._ask(lambda: self._client.status_context(native_id))

    def status(self, native_id: str) -> Exchange:
        """Ask for one post."""
        return self._ask(lambda: self._client.status(native_id))

    def statuses(self, native_ids: list[str]) -> Exchange:
        """Ask for several posts, at most as many as Mastodon gives at once."""
        return self._ask(lambda: self._client.statuses(list(native_ids)))

    def report(self, author: str, native_id: str) -> Exchange:
        """Report one post to the moderators, here and where its author is at home."""
        return self._ask(
            lambda: self._client.report(
                author,
                status_ids=[native_id],
                comment=REPORT_WORDS,
                forward=True,
                category=REPORT_CATEGORY,
            )
        )

    def block(self, author: str) -> Exchange:
        """Block an account."""
        return self._ask(lambda: self._client.account_block(author))

    def unblock(self, author: str) -> Exchange:
        """Lift a block."""
        return self._ask(lambda: self._client.account_unblock(author))

    def relationship(self, author: str) -> Exchange:
        """Ask how we stand to an account, a suspended one too."""
        return self._ask(lambda: self._client.account_relationships([author], with_suspended=True))

    def _ask(self, call: Callable[[], object]) -> Exchange:
        exchange = self._wire.ask(call, LIBRARY_ERRORS)
        judge(exchange)
        return exchange


def _enough(*_: object, **__: object) -> None:
    raise ValueError("The answer is here.")


def listed(exchange: Exchange) -> list[Slice]:
    """Return the records of an answer that is a list. Raises Malformed when it is none."""
    return exchange.json().items()


def thing(exchange: Exchange) -> Mapping[str, Any]:
    """Return an answer that is one object. Raises Malformed when it is none."""
    read = exchange.object()
    if not read:
        raise Malformed(OTHER_SHAPE)
    return read
