"""What every page needs: who asks, the record, the clock, and the door that rights guard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app, g, request
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.accounts.sealing import SealingKeys
from moderation.errors import NotAllowed
from moderation.model import ActionKind, Capability, How, ItemRef
from moderation.policy import Policy
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import AccountRow

P = ParamSpec("P")
R = TypeVar("R")

KEY = "watchroom"


Capabilities = Callable[[AccountRow, ItemRef], Mapping[ActionKind, Capability]]


def everything(account: AccountRow, ref: ItemRef) -> Mapping[ActionKind, Capability]:
    """Say that everything can be done: the platform answers for itself when it is asked."""
    return {kind: Capability(How.API) for kind in ActionKind}


@dataclass(frozen=True, slots=True)
class Shell:
    """What the composition root hands to the pages, kept in app.extensions.

    capabilities say what can be done about one item of an account, permissions what each one of a
    connector is for: pages know no connector.
    """

    store: Store
    settings: Settings
    policy: Policy
    capabilities: Capabilities
    permissions: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, read from the record at every request."""

    actor: Actor
    email: str
    blur: bool
    single_keys: bool
    org_name: str
    demo: bool


def _shell() -> Shell:
    shell: Shell = current_app.extensions[KEY]
    return shell


def store() -> Store:
    """Return the record."""
    return _shell().store


def settings() -> Settings:
    """Return the installation's settings."""
    return _shell().settings


def sealing_keys() -> SealingKeys:
    """Return the keys of accounts' secrets, read anew: they may have been rotated."""
    return SealingKeys.of(settings().secrets_key_path)


def policy() -> Policy:
    """Return the policy that proposals are made with."""
    return _shell().policy


def capabilities(account: AccountRow, ref: ItemRef) -> Mapping[ActionKind, Capability]:
    """Return what can be done about one item; nothing is asked of its platform."""
    return _shell().capabilities(account, ref)


def permissions() -> Mapping[str, Mapping[str, str]]:
    """Return for each connector what each permission is for."""
    return _shell().permissions


def now() -> datetime:
    """Return one time for the whole request, from the database's clock."""
    if "now" not in g:
        g.now = store().now()
    at: datetime = g.now
    return at


def this_page() -> str:
    """Return the address that was asked for, to come back to."""
    return request.full_path.removesuffix("?")


def reading() -> AbstractContextManager[Session]:
    """Give a session that only reads."""
    return store().reading()


def transaction() -> AbstractContextManager[Session]:
    """Give a session that commits as a whole or not at all."""
    return store().transaction()


def person() -> Person | None:
    """Return who is signed in, or None on the few pages that need nobody."""
    found: Person | None = g.get("person")
    return found


def actor() -> Actor:
    """Return who asks, with the role as the record has it at this request."""
    found = person()
    if found is None:
        msg = "Sign in first."
        raise NotAllowed(msg)
    return found.actor


def needs(*rights: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view run only for a role that carries at least one of the rights."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            asking = actor()
            if not any(asking.may(right) for right in rights):
                asking.require(rights[0])
            return view(*args, **kwargs)

        return guarded

    return guard
