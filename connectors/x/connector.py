"""Connects an account on X: its mentions, the conversations below its posts, and what quotes them.

Secrets: consumer_key, consumer_secret, access_token and access_token_secret, or else client_id,
access_token and refresh_token. Every post that X gives costs money; see connectors/x/prices.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from connectors.contract import (
    COMMENTS,
    Checked,
    Feed,
    Kind,
    Malformed,
    Means,
    Option,
    Permanent,
    Transient,
)
from connectors.fields import id_of, text_of
from connectors.inverse import INVERSE
from connectors.options import COMMON, limits_of, number
from connectors.reasons import Poison
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import Exchange, Wire, base_of
from connectors.x.abilities import HIDING, ability, current_id, note_of
from connectors.x.access import ORIGIN, Access
from connectors.x.answers import Answer, readable
from connectors.x.calls import SPELLINGS, Calls
from connectors.x.judging import HIDE_SCOPE, READ_AND_WRITE
from connectors.x.prices import MONTHLY_CAP_USD, TARIFF
from connectors.x.queries import Query, conversations, quotes
from connectors.x.records import beside_of, comment_of, history, is_id, newest
from connectors.x.walks import Walks
from moderation.errors import SettingsError
from moderation.model import ActionKind, Capability, Comment, ItemRef, Page, Unreadable

CONVERSATIONS: Final = Feed("conversations", 900)
QUOTES: Final = Feed("quotes", 1800)
REREAD_EVERY_S: Final = 86_400
SETTLE_S: Final = 30.0

SCOPES: Final = {
    "tweet.read": "read the posts that mention the account, and those below its own",
    "users.read": "say whose access it is, and who wrote a post",
    HIDE_SCOPE: "hide replies and show them again",
    "offline.access": "renew the access, which ends after two hours",
}
# Unconfirmed: the header in which X says what an OAuth 1.0a token may do, and its word for reading.
ACCESS_LEVEL: Final = "x-access-level"
ONLY_READ: Final = "read"

NO_SUCH_ID: Final = "This is not the id of a post on X."
UNSUPPORTED: Final = "X lets no program do this. It has to be done by hand."
NOT_IN_EFFECT: Final = "X answered, but the reply is not as it was asked to be."
UNREADABLE: Final = "What X gives for this post cannot be read. {}"
STRANGER: Final = (
    "This access belongs to another account ({}). Sign in to X as the account with the id {} and "
    "connect it again, or correct the setting account_id."
)


class X:
    """One account on X. clock gives the time in UTC."""

    platform = "x"
    supports = HIDING
    feeds: tuple[Feed, ...] = (COMMENTS, CONVERSATIONS, QUOTES)

    def __init__(self, calls: Calls, *, settle_s: float, reread_every_s: int) -> None:
        self.settle_s = settle_s
        self.reread_every_s = reread_every_s
        self._calls = calls
        self._walks = Walks(calls)

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return what one request brings: of mentions, of our posts, or of a search for them."""
        searches: dict[str, Query] = {CONVERSATIONS.name: conversations, QUOTES.name: quotes}
        if feed in searches:
            return self._walks.sweep(cursor, searches[feed])
        return self._walks.mentions(cursor)

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return a page of a round; a search reaches seven days back, whatever since is."""
        return self._walks.again(cursor, since)

    def fetch(self, ref: ItemRef) -> Comment:
        """Return a post as it was last edited."""
        asked = current_id(ref)
        answer = self._calls.post(_known(asked))
        latest = newest(history(readable(_data(answer)))) or asked
        if latest != asked:
            answer = self._calls.post(latest)
        post = comment_of(_data(answer), beside_of(answer), self._calls.account_id)
        if isinstance(post, Unreadable):
            raise Permanent(UNREADABLE.format(post.reason))
        return post

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Hide a reply or show it again; X says in its answer which of the two it is now."""
        if action not in self.supports:
            raise Permanent(UNSUPPORTED)
        hidden = action is ActionKind.HIDE
        answer = self._calls.hide(_known(current_id(ref)), hidden=hidden)
        told = _data(answer).get("hidden")
        if told is None or told.raw not in {b"true", b"false"}:
            raise Malformed(OTHER_SHAPE)
        if (told.raw == b"true") is not hidden:
            raise Transient(NOT_IN_EFFECT)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say no: no field of X's posts tells whether a reply is hidden."""
        return False

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return None; nothing is asked."""
        return None

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return note_of(action)

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back."""
        return INVERSE[action] if action in self.supports else None

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say what can be done about this post, and if not by us, why not and where by hand."""
        return ability(ref, action, self._calls.account_id)

    def check(self) -> Checked:
        """Ask X whose access this is. Raises Permanent when it is another account's."""
        answer = self._calls.me()
        try:
            user = _data(answer).read()
            native_id, handle = id_of(user, "id"), text_of(user, "username")
            name = text_of(user, "name") or handle
        except Poison:
            raise Malformed(OTHER_SHAPE) from None
        if native_id != self._calls.account_id:
            raise Permanent(STRANGER.format(f"@{handle}, {native_id}", self._calls.account_id))
        return Checked(native_id, name, missing=self._missing(answer.exchange))

    def _missing(self, exchange: Exchange) -> tuple[str, ...]:
        """Return the permissions that the access surely lacks."""
        if self._calls.access.is_signed:
            reads = exchange.headers.get(ACCESS_LEVEL) == ONLY_READ
            return (READ_AND_WRITE,) if reads else ()
        granted = self._calls.access.granted()
        return tuple(scope for scope in SCOPES if granted and scope not in granted)


def _known(post_id: str) -> str:
    """Return an id that may stand in an address of X. Raises Permanent for any other."""
    if not is_id(post_id):
        raise Permanent(NO_SUCH_ID)
    return post_id


def _data(answer: Answer) -> Slice:
    """Return the one thing that was asked for."""
    if answer.data is None:
        raise Malformed(OTHER_SHAPE)
    return answer.data


def connect(
    settings: Mapping[str, Any],
    means: Means,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> X:
    """Return the connector of one account. Raises SettingsError, saying which setting is wrong."""
    account_id = str(settings.get("account_id", "")).strip()
    if not is_id(account_id):
        raise SettingsError("The setting account_id must be the account's number at X.")
    wire = Wire({ORIGIN: base_of(settings, ORIGIN)}, limits_of(settings), library="tweepy")
    access = Access(means.secrets, wire, means.folder, clock)
    access.check_whole()
    calls = Calls(
        account_id,
        access,
        wire,
        means.meter,
        spelling=_one_of(settings, "spelling", SPELLINGS),
        owned=_one_of(settings, "owned_reads", ("no", "yes")) == "yes",
        clock=clock,
    )
    number(settings, "monthly_cap_usd", MONTHLY_CAP_USD)
    return X(
        calls,
        settle_s=number(settings, "settle_s", SETTLE_S),
        reread_every_s=int(number(settings, "reread_every_s", REREAD_EVERY_S)),
    )


def _one_of(settings: Mapping[str, Any], name: str, words: tuple[str, ...]) -> str:
    """Return a setting that is one of some words, the first one where it is not set."""
    value = str(settings.get(name) or words[0])
    if value not in words:
        raise SettingsError(f"The setting {name} must be {' or '.join(words)}.")
    return value


KIND: Final = Kind(
    connect,
    platform="x",
    settings={
        **COMMON,
        "account_id": Option("the account's number at X.", needed=True),
        "spelling": Option('what X calls a post in its parameters, "tweet" or "post".'),
        "owned_reads": Option('"yes" where the app belongs to the account, whose reads are cheap.'),
        "monthly_cap_usd": Option("how many US dollars X may cost in a month."),
        "reread_every_s": Option("how many seconds between two re-readings, 0 for none: it costs."),
    },
    secrets={
        "consumer_key": Option("the app's key, for OAuth 1.0a."),
        "consumer_secret": Option("the app's secret, for OAuth 1.0a."),
        "access_token": Option("the account's access token.", needed=True),
        "access_token_secret": Option("the secret of the access token, for OAuth 1.0a."),
        "client_id": Option("the app's client id, for OAuth 2."),
        "client_secret": Option("the app's client secret, for OAuth 2, where it has one."),
        "refresh_token": Option("the token that renews the access, for OAuth 2."),
        "token_terms": Option("what X said of the access token; kept by Watchroom itself."),
    },
    permissions={**SCOPES, READ_AND_WRITE: "all of these, where OAuth 1.0a is used"},
    tariff=TARIFF,
    page="x.md",
    media_hosts=("twimg.com",),
)
