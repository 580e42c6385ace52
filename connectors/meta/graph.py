"""Speaks to Meta's Graph API through facebook-sdk: calls, proofs, and answers cut into records."""

from __future__ import annotations

import hashlib
import hmac
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from connectors.contract import Gone, Malformed, Means, Option, Permanent, PermissionMissing
from connectors.meta.errors import judge, rest_s
from connectors.options import COMMON, limits_of
from connectors.reasons import Poison
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import Exchange, Wire, base_of
from moderation.errors import SettingsError

with warnings.catch_warnings():
    # Its source holds an escape that Python warns of when it first compiles it.
    warnings.simplefilter("ignore")
    import facebook  # type: ignore[import-untyped]

ORIGIN: Final = "https://graph.facebook.com"
VERSION: Final = "v26.0"
SETTLE_S: Final = 30.0
CURSOR_LIMIT: Final = 4_000

LIBRARY_ERRORS: Final[tuple[type[Exception], ...]] = (
    facebook.GraphAPIError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What facebook-sdk raises: its own error, and those of its reading of headers and of JSON."""

SETTINGS: Final[dict[str, Option]] = {
    **COMMON,
    "api_version": Option(f"the version of the Graph API; {VERSION} where it is empty."),
}
SECRETS: Final[dict[str, Option]] = {
    "access_token": Option("the access token that reads and acts for the account.", needed=True),
    "app_secret": Option("the secret of the app, for proofs and for deliveries."),
    "verify_token": Option("a word of your own, for the app's webhook settings."),
}

NOT_AN_ID: Final = "This is no id that the platform gives, so nothing was asked of it."
NO_SIGHT: Final = (
    "The access token may no longer read the account's posts and comments. Make a new one with "
    "the permission: {}."
)

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:-]{0,199}", re.ASCII)
_VERSION: Final = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}", re.ASCII)
_HIDDEN: Final = b"[access token removed]"


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of an edge: its records as they came, and where the next page begins.

    after is empty where there is none. order is what the platform says of the records' order.
    """

    pieces: tuple[Slice, ...]
    after: str
    raw: bytes
    rest_s: float
    order: str = ""


class Graph:
    """Calls of one account. Every answer is judged; no token is left in what is handed back.

    name is what people call the platform.
    """

    def __init__(
        self, wire: Wire, token: str, name: str, *, version: str = VERSION, secret: str = ""
    ) -> None:
        self._wire = wire
        self._name = name
        self._library = facebook.GraphAPI(token, session=wire.session)
        # The constructor refuses every version that is younger than the library.
        self._library.version = version
        self._proof = _proof(token, secret)
        self._private = tuple(
            {text.encode() for value in (token, *self._proof.values()) for text in _forms(value)}
        )

    def get(self, path: str, **params: str) -> Exchange:
        """Return the answer to a read. Raises a ConnectorError."""
        return self._ask(lambda at: self._library.request(at, {**params, **self._proof}), path)

    def post(self, path: str, **form: str) -> Exchange:
        """Return the answer to a write. Raises a ConnectorError."""
        return self._ask(
            lambda at: self._library.request(at, post_args={**form, **self._proof}, method="POST"),
            path,
        )

    def delete(self, path: str, **params: str) -> Exchange:
        """Return the answer to a deletion. Raises a ConnectorError."""
        return self._ask(
            lambda at: self._library.request(at, {**params, **self._proof}, method="DELETE"), path
        )

    def list(self, path: str, *, after: str = "", **params: str) -> Listing:
        """Return one page of an edge. Raises BadParameter when after has been forgotten."""
        return listing(self.get(path, **params, **({"after": after} if after else {})))

    def _ask(self, call: Callable[[str], object], path: str) -> Exchange:
        at = f"{self._library.version}/{path}"
        exchange = self._without_token(self._wire.ask(lambda: call(at), raises=LIBRARY_ERRORS))
        judge(exchange, self._name)
        return exchange

    def _without_token(self, exchange: Exchange) -> Exchange:
        """Take the token out of the addresses of next pages, which are otherwise kept as they are.

        Nothing else of an answer is changed.
        """
        body = exchange.body
        for value in self._private:
            body = body.replace(value, _HIDDEN)
        return replace(exchange, body=body)


def _proof(token: str, secret: str) -> dict[str, str]:
    if not secret:
        return {}
    made = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    return {"appsecret_proof": made}


def _forms(value: str) -> set[str]:
    """Return how a secret may stand in an answer: as it is, or inside an address."""
    return {value, quote(value, safe="")} - {""}


def graph_of(settings: Mapping[str, Any], means: Means, name: str) -> Graph:
    """Return the calls of an account. Raises SettingsError."""
    version = str(settings.get("api_version") or VERSION).strip()
    if not _VERSION.fullmatch(version):
        raise SettingsError(f"The setting api_version must look like {VERSION}.")
    wire = Wire({ORIGIN: base_of(settings, ORIGIN)}, limits_of(settings), library="facebook-sdk")
    token, secret = means.secrets.get("access_token"), means.secrets.get("app_secret")
    return Graph(wire, token.strip(), name, version=version, secret=secret.strip())


def id_setting(settings: Mapping[str, Any], name: str) -> str:
    """Return an account's id, which is digits alone. Raises SettingsError."""
    told = str(settings.get(name) or "").strip()
    if not re.fullmatch(r"[0-9]{1,30}", told, re.ASCII):
        raise SettingsError(f"The setting {name} must be a number, such as 104857600123456.")
    return told


def path_of(native_id: str, edge: str = "") -> str:
    """Return the path of an object or of an edge below it. Raises Permanent for what is no id."""
    if not _ID.fullmatch(native_id):
        raise Permanent(NOT_AN_ID)
    return f"{native_id}/{edge}" if edge else native_id


def listing(exchange: Exchange) -> Listing:
    """Cut an edge's answer into its records. Raises Malformed when it is no list.

    An answer without a list would otherwise pass for one that has nothing new.
    """
    body = exchange.json().members()
    if "data" not in body:
        raise Malformed(OTHER_SHAPE)
    order = part(body.get("summary")).get("order")
    return Listing(
        tuple(body["data"].items()),
        after_of(body),
        exchange.body,
        rest_s(exchange.headers),
        order if isinstance(order, str) else "",
    )


def after_of(body: Mapping[str, Slice]) -> str:
    """Return the cursor of the page that follows a list; empty where no page follows."""
    paging = part(body.get("paging"))
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    if not paging.get("next") or not isinstance(after, str):
        return ""
    if len(after) > CURSOR_LIMIT:
        raise Malformed(OTHER_SHAPE)
    return after


def part(piece: Slice | None) -> dict[str, Any]:
    """Return an object of an answer; an empty one where there is none or it cannot be read."""
    try:
        return piece.read() if piece is not None else {}
    except Poison:
        return {}


def told_in(raw: bytes) -> dict[str, Any]:
    """Return what an item's bytes say; nothing where they are not at hand or cannot be read."""
    return part(Slice(raw)) if raw else {}


def surely_gone(witness: Callable[[], object], permission: str) -> Gone | PermissionMissing:
    """Return what it means that an object is not to be seen: it is gone, or our sight is.

    The platform says both in the same words, so another object is looked at with the same access.
    Raises what that look raises, when it fails for a reason of its own.
    """
    try:
        witness()
    except Gone:
        return PermissionMissing(NO_SIGHT.format(permission), names=(permission,))
    return Gone("The item no longer exists on the platform.")
