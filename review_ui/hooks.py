"""Where platforms push changes to: verified, kept, and answered once it is kept.

Nobody signs in here. A delivery is believed for its signature, made with the app's secret over its
exact bytes; what it tells of is read by a job.
"""

from __future__ import annotations

import hmac

from flask import Blueprint, request
from werkzeug.wrappers import Response

from moderation.accounts import deliveries, secret_store
from review_ui import shell

pages = Blueprint("hooks", __name__, url_prefix="/hooks/<org_id>/<key>")

APP_SECRET = "app_secret"  # noqa: S105  The name of a secret, and none itself.
VERIFY_TOKEN = "verify_token"  # noqa: S105
SIGNATURE = "X-Hub-Signature-256"


@pages.get("")
def verify(org_id: str, key: str) -> Response:
    """Answer the platform's challenge when it names the word that we agreed on."""
    agreed = _secret(_account(org_id, key), VERIFY_TOKEN)
    given = request.args.get("hub.verify_token", "")
    is_ours = bool(agreed) and hmac.compare_digest(agreed.encode(), given.encode())
    if request.args.get("hub.mode") != "subscribe" or not is_ours:
        return _plain("This is not the word that was agreed on.", 403)
    return _plain(request.args.get("hub.challenge", ""), 200)


@pages.post("")
def receive(org_id: str, key: str) -> Response:
    """Keep one delivery and answer; the same one again is answered and kept once."""
    account = _account(org_id, key)
    body = request.get_data(cache=False)
    if len(body) > deliveries.LARGEST:
        return _plain("A delivery this large is not taken.", 413)
    now = shell.now()
    signed = deliveries.is_signed(
        body, request.headers.get(SIGNATURE, ""), _secret(account, APP_SECRET)
    )
    if account is None or not signed or deliveries.is_stale(body, now=now):
        return _plain("The signature does not fit, or the delivery is too old.", 401)
    with shell.transaction() as session:
        deliveries.receive(session, account, body, now=now)
    return _plain("Kept.", 200)


def _account(org_id: str, key: str) -> int | None:
    with shell.reading() as session:
        return deliveries.account_at(session, org_id, key)


def _secret(account_id: int | None, name: str) -> str:
    if account_id is None:
        return ""
    with shell.reading() as session:
        return secret_store.get(session, shell.sealing_keys(), account_id, name)


def _plain(says: str, status: int) -> Response:
    return Response(says, status, mimetype="text/plain")
