"""Browser sessions in the record: the cookie holds a random token, the row its SHA-256."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from moderation import signing_in
from moderation.access import Actor, Role
from review_ui import shell
from review_ui.shell import Person

# Before signing in, a session only carries the form's token, so it lives shortly.
ANONYMOUS_LIFE: Final = timedelta(hours=1)
TOUCH_AFTER: Final = timedelta(seconds=60)
LOOK_FOR: Final = timedelta(minutes=30)
# What an open page asks by itself is no sign that somebody sits in front of it.
BY_ITSELF: Final = frozenset({"item.mark"})


class RecordSession(CallbackDict[str, Any], SessionMixin):
    """What one browser's session holds; changes are stored when the answer goes out."""

    def __init__(self, kept: signing_in.WebSession | None = None) -> None:
        super().__init__(kept.data if kept else None, _mark)
        self.modified = False
        self.accessed = True
        self.kept = kept
        self.fresh_for: int | None = None
        self.over = False


def _mark(changed: CallbackDict[str, Any]) -> None:
    """Note that a session changed."""
    if isinstance(changed, RecordSession):
        changed.modified = True


class RecordSessions(SessionInterface):
    """Flask's sessions, kept in the record so that signing out kills them for good."""

    def open_session(self, app: Flask, request: Request) -> RecordSession:
        """Find who asks. Static files ask the record nothing."""
        token = request.cookies.get(self.get_cookie_name(app), "")
        static = f"{app.static_url_path}/"
        if not token or len(token) > 100 or request.path.startswith(static):
            return RecordSession()
        idle = timedelta(seconds=shell.settings().session_idle_s)
        with shell.reading() as reading:
            kept = signing_in.find(reading, token, now=shell.now(), idle=idle)
        found = RecordSession(kept)
        g.person = _person(kept, found, shell.now())
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a browser that only looks costs one write a minute."""
        if not isinstance(session, RecordSession):
            return
        name = self.get_cookie_name(app)
        if session.over:
            response.delete_cookie(name, path="/", secure=_secure(app), httponly=True)
        elif session.fresh_for is not None or (session.kept is None and session):
            self._begin(app, session, response)
        elif request.endpoint in BY_ITSELF:
            return
        elif session.kept and _due(session, session.kept.seen_at, shell.now()):
            with shell.transaction() as writing:
                signing_in.keep(writing, session.kept.token_sha256, dict(session), now=shell.now())

    def _begin(self, app: Flask, session: RecordSession, response: Response) -> None:
        """Give the browser a new token: on its first form, and whenever somebody signs in."""
        token = secrets.token_urlsafe(32)
        signed_in = session.fresh_for is not None
        life = timedelta(seconds=shell.settings().session_max_s) if signed_in else ANONYMOUS_LIFE
        with shell.transaction() as writing:
            signing_in.begin(
                writing,
                token,
                dict(session),
                user_id=session.fresh_for,
                instead_of=session.kept.token_sha256 if session.kept else None,
                now=shell.now(),
                until=shell.now() + life,
            )
        response.set_cookie(
            self.get_cookie_name(app),
            token,
            path="/",
            secure=_secure(app),
            httponly=True,
            samesite="Lax",
        )
        response.vary.add("Cookie")


def sign_in(actor: Actor) -> None:
    """Start the person's session under a new token; what the browser held before is dropped."""
    current = _current()
    current.clear()
    current.fresh_for = actor.user_id


def sign_out() -> None:
    """End the session in the record and in the browser."""
    current = _current()
    if current.kept:
        with shell.transaction() as writing:
            signing_in.end(writing, current.kept.token_sha256)
    current.over = True


def give_look_reason(reason: str, now: datetime) -> None:
    """Keep why an auditor looks at items, for half an hour."""
    session["look"] = {"reason": reason, "until": (now + LOOK_FOR).isoformat()}


def _current() -> RecordSession:
    found = session._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(found, RecordSession):
        msg = "the app runs without its own sessions"
        raise TypeError(msg)
    return found


def _person(
    kept: signing_in.WebSession | None, data: RecordSession, now: datetime
) -> Person | None:
    if kept is None or kept.user is None or kept.organisation is None:
        return None
    user = kept.user
    reason = _look_reason(data, now) if user.role is Role.AUDITOR else ""
    return Person(
        actor=Actor(user.name, user.org_id, user.role, user.id, reason),
        email=user.email,
        blur=user.blur,
        single_keys=user.single_keys,
        org_name=kept.organisation.name,
        demo=kept.organisation.demo,
    )


def _look_reason(data: RecordSession, now: datetime) -> str:
    look = data.get("look")
    if not look or datetime.fromisoformat(look["until"]) <= now:
        return ""
    return str(look["reason"])


def _due(session: RecordSession, seen_at: datetime, now: datetime) -> bool:
    return session.modified or now - seen_at > TOUCH_AFTER


def _secure(app: Flask) -> bool:
    return bool(app.config["SESSION_COOKIE_SECURE"])
