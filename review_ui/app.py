"""The app factory: the pages put together with the record, the settings and the policy."""

from __future__ import annotations

import os
import secrets
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from moderation.policy import Policy
from moderation.settings import Settings
from moderation.store import Store
from review_ui import (
    csp,
    failures,
    forms,
    harmless,
    hooks,
    keys,
    navigation,
    routes,
    shell,
    times,
    verbs,
    words,
)
from review_ui.sessions import RecordSessions
from review_ui.shell import Capabilities, Shell, everything

MEGABYTE: Final = 1024 * 1024
KEY_BYTES: Final = 32


def create_app(
    store: Store,
    settings: Settings,
    policy: Policy,
    capabilities: Capabilities = everything,
    permissions: Mapping[str, Mapping[str, str]] | None = None,
) -> Flask:
    """Return the pages as a WSGI app over an open record.

    capabilities say what can be done about one item, and permissions what each one of a connector
    is for: pages know no connector themselves.
    Nothing is read from the environment and nothing is started. The app may be made in several
    processes over one record: they share the form key in the settings' key folder.
    """
    app = Flask("review_ui", root_path=str(Path(__file__).parent))
    app.extensions[shell.KEY] = Shell(
        store,
        settings,
        policy,
        capabilities,
        permissions if permissions is not None else defaultdict(dict),
    )
    store.authorities = tuple(one.name for one in settings.authorities)
    app.session_interface = RecordSessions()
    app.config.update(_config(settings))
    _limit_hosts(app, settings)
    _templates(app)
    csp.install(app)
    failures.install(app)
    forms_guard = CSRFProtect(app)
    # What a platform pushes carries a signature over its bytes instead of a form's token.
    forms_guard.exempt(hooks.pages)
    for pages in routes.PAGES:
        app.register_blueprint(pages)
    app.before_request(_ask_for_sign_in)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    secure = urlsplit(settings.base_url).scheme == "https"
    return {
        "SECRET_KEY": _form_key(settings.keys_dir / "web.key"),
        "SESSION_COOKIE_NAME": "__Host-watchroom" if secure else "watchroom",
        "SESSION_COOKIE_SECURE": secure,
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 200,
        # The form's token lives as long as the session that it belongs to.
        "WTF_CSRF_TIME_LIMIT": None,
        # Referrer-Policy is no-referrer, so browsers send none; the token alone guards the form.
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_METHODS": {"POST", "PUT", "PATCH", "DELETE"},
    }


def _form_key(path: Path) -> str:
    """Return the key that signs form tokens, made once for all processes over one data folder."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
        try:
            # A link is made whole or not at all, and never over what another process made first.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def _limit_hosts(app: Flask, settings: Settings) -> None:
    """Answer only under our own name; a load balancer's health check may ask by address."""
    parts = urlsplit(settings.base_url)
    app.config["TRUSTED_HOSTS"] = [parts.hostname or "localhost", "localhost", "127.0.0.1"]
    if parts.scheme == "https":
        # Pages do not speak TLS themselves, so exactly one proxy stands in front of them.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]


def _templates(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("review_ui"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    # The macros of the Design System ask for what their callers may leave out.
    app.jinja_env.undefined = ChainableUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        words=words.words,
        severity_words=words.severity,
        number=words.number,
        when=times.when,
        clock=times.clock,
        day_words=times.day_words,
        machine=times.machine,
        said=verbs.said,
        visible=harmless.visible,
    )
    app.jinja_env.globals.update(form_id=forms.new_form_id, waited=_waited, key_sheet=keys.SHEET)
    app.context_processor(_context)


def _waited(since: Any) -> str:
    return times.waited(since, shell.now())


def _context() -> dict[str, Any]:
    """What base.html shows on every page."""
    person = shell.person()
    return {
        "me": person,
        "navigation": navigation.entries(person, request.path),
        "demo": person is not None and person.demo,
        "organisation": person.org_name if person else "",
    }


def _ask_for_sign_in() -> Response | None:
    """Let nobody past who is not signed in, on any page that is not said to be open."""
    if request.endpoint is None or request.endpoint in routes.OPEN_TO_ALL or shell.person():
        return None
    onward = shell.this_page() if request.method == "GET" else "/"
    return redirect(url_for("sign_in.show", next=onward), code=303)  # type: ignore[return-value]
