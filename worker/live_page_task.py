"""The live page job: keep a picture and a copy of an item's public page beside its record."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from connectors.wire import is_stand_in
from moderation import jobs
from moderation.errors import InvalidInput, SettingsError, StoreError
from moderation.evidence import additions, capture, live_page
from moderation.evidence.additions import Brought
from moderation.evidence.facts import Facts
from moderation.evidence.live_page import Shown, Subject
from moderation.evidence.sealing import Sealed, seal_files
from moderation.jobs import Claim
from moderation.tables import AccountRow, Lane
from worker.errors import GiveUp, TryLater
from worker.live_pages import HOSTS, NotSeen, leads_to
from worker.warm_pages import WarmPages
from worker.workshop import Workshop

LOOPBACK: Final = "127.0.0.1"
# A page that is away for a moment is worth another look; one that is gone is soon given up.
PAUSE_S: Final = 60.0
AFTER_CAPTURES_S: Final = 2.0
CAPTURES_FIRST: Final = "captures go first"


def promise(session: Session, shop: Workshop, facts: Facts) -> None:
    """Promise the page with the capture, where pages are wanted and the item has one of its own."""
    if shop.settings.live_pages is None:
        return
    if leads_to(facts.item.url, hosts_of(facts.account)):
        live_page.promise(session, facts.evidence.id, shop.now())


def hosts_of(account: AccountRow) -> tuple[str, ...]:
    """Return whose pages the platform's pages are made of; this machine only for a stand-in."""
    settings: dict[str, Any] = account.settings
    instance = urlsplit(str(settings.get("instance") or "")).hostname
    return (
        *HOSTS.get(account.platform, ()),
        *([instance] if instance else ()),
        *([LOOPBACK] if is_stand_in(settings) else ()),
    )


def keep(shop: Workshop, held: Claim) -> None:
    """Look at the page of one record, seal what was seen, and keep it with the item's evidence.

    Running it twice keeps it once. Whatever goes wrong here, the record stays as it was captured;
    captures that are due go first, because people wait for those.
    """
    with shop.store.reading() as session:
        subject = live_page.subject_of(session, int(held.ref))
        is_crowded = jobs.any_due(session, Lane.CAPTURE, capture.KIND, now=shop.now())
    if subject is None or shop.warm_pages is None:
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=shop.now())
        return
    if is_crowded:
        raise TryLater(AFTER_CAPTURES_S, CAPTURES_FIRST, counts=False)
    sealed = _sealed(shop, subject, _seen(shop, shop.warm_pages, subject))
    now = shop.now()
    with shop.store.transaction() as session:
        live_page.keep(session, subject.evidence.id, sealed, now)
        jobs.finish(session, held, now=now)


def _seen(shop: Workshop, pages: WarmPages, subject: Subject) -> tuple[Brought, ...]:
    """Return what the browser shows. Raises TryLater or GiveUp, in words for people."""
    try:
        page, version = pages.capture(subject.item.url, hosts_of(subject.account))
        shown = Shown(
            address=page.address,
            final_address=page.final_address,
            title=page.title,
            seen_at=page.seen_at,
            browser=version,
            is_cut=page.is_cut,
            png=page.png,
            mhtml=page.mhtml,
        )
        return live_page.files_of(shown, shop.now())
    except NotSeen as err:
        raise TryLater(PAUSE_S, str(err)) from err
    except InvalidInput as err:
        raise GiveUp(str(err)) from err


def _sealed(
    shop: Workshop, subject: Subject, files: tuple[Brought, ...]
) -> list[tuple[Brought, Sealed]]:
    """Seal each file by itself. Raises TryLater, in words, while the vault or the key is away."""
    now = shop.now()
    try:
        return [
            (
                file,
                seal_files(
                    additions.files(
                        file, subject.item, subject.account, actor=subject.actor, now=now
                    ),
                    shop.vault,
                    shop.key,
                ),
            )
            for file in files
        ]
    except (StoreError, SettingsError) as err:
        raise TryLater(0.0, str(err)) from err
