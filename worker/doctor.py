"""Looks over an installation and says, part by part, what is well and how to mend the rest."""

from __future__ import annotations

import shutil
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from moderation import checkpoints, detector_health
from moderation.errors import ModerationError
from moderation.evidence import stamps
from moderation.evidence.care.reporting import latest
from moderation.settings import Settings
from moderation.tables import AccountRow, AccountStatus, JobRow, JobState, UserRow
from moderation.when import london_moment
from worker import opening

if TYPE_CHECKING:
    from worker.workshop import Workshop

ROOM_NEEDED: Final = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, whether it works, what was seen, and how to mend or better it."""

    what: str
    ok: bool
    says: str
    mend: str = ""


def examine(chosen: Settings, *, quick: bool = False) -> list[Finding]:
    """Look at each part in turn; a part that cannot be looked at is a finding, not a crash."""
    findings = [Finding("Settings", True, f"{chosen.profile} profile, data in {chosen.data_dir}")]
    try:
        store = opening.store(chosen)
    except ModerationError as err:
        return [*findings, Finding("Database", False, str(err))]
    engine = "SQLite" if store.is_sqlite else "PostgreSQL"
    findings.append(Finding("Database", True, f"{engine}, present shape"))
    if not quick:
        # Policy, targets and mail cost a quick look 0.2 s.
        from worker.workshop import Workshop

        shop = Workshop(chosen, store)
        findings += [_guarded(name, look, shop) for name, look in _PARTS]
    store.close()
    return findings


def _guarded(name: str, look: Callable[[Workshop], Finding], shop: Workshop) -> Finding:
    try:
        return look(shop)
    except ModerationError as err:
        return Finding(name, False, str(err))
    except (OSError, SQLAlchemyError, smtplib.SMTPException) as err:
        return Finding(name, False, f"could not be looked at ({type(err).__name__})")


def _room(shop: Workshop) -> Finding:
    free = shutil.disk_usage(shop.settings.data_dir).free
    says = f"{free // (1024 * 1024)} MB free"
    mend = "" if free >= ROOM_NEEDED else "Make room: evidence cannot be kept on a full disk."
    return Finding("Disk", not mend, says, mend)


def _model(shop: Workshop) -> Finding:
    """Start every model, for what is wrong with one shows only then."""
    shop.try_models()
    return Finding("Model", True, ", ".join(shop.detection.models))


def _reading(shop: Workshop) -> Finding:
    """Say which models and rules failed at their work, wherever they run."""
    with shop.store.reading() as session:
        rows = detector_health.failing(session)
    if not rows:
        return Finding("Reading", True, "no model or rule fails")
    says = ", ".join(f"{row.name} failed on {row.items} items" for row in rows)
    return Finding("Reading", False, says, "Look at the health page: it says how and since when.")


def _policy(shop: Workshop) -> Finding:
    return Finding("Policy", True, f"revision {shop.policy.revision}")


def _mail(shop: Workshop) -> Finding:
    chosen = shop.settings
    if not chosen.smtp_host:
        return Finding(
            "Mail",
            True,
            f"not configured: letters wait in {chosen.spool_dir}",
            "Set WATCHROOM_SMTP_HOST and WATCHROOM_MAIL_FROM.",
        )
    shop.post.try_out()
    return Finding("Mail", True, f"{chosen.smtp_host}:{chosen.smtp_port} answers")


def _accounts(shop: Workshop) -> Finding:
    with shop.store.reading() as session:
        rows = session.execute(select(AccountRow.key, AccountRow.status)).all()
    lost = [row.key for row in rows if row.status is AccountStatus.AUTH_LOST]
    if lost:
        return Finding(
            "Accounts",
            False,
            f"access has ended: {', '.join(lost)}",
            "Renew the access, then run `watchroom accounts resume KEY`.",
        )
    return Finding("Accounts", True, f"{len(rows)} set up")


def _people(shop: Workshop) -> Finding:
    with shop.store.reading() as session:
        count = session.scalar(select(func.count()).where(UserRow.active.is_(True))) or 0
    mend = "" if count else "Run `watchroom users add`."
    return Finding("People", not mend, f"{count} can sign in", mend)


def _stamps(shop: Workshop) -> Finding:
    """Read each authority's certificates, and say how many stamps are waited for."""
    names = [one.name for one in shop.settings.authorities]
    if not names:
        mend = (
            "Set WATCHROOM_TSA and WATCHROOM_TSA_CA, so that others can check when it was sealed."
        )
        return Finding("Time stamps", True, "no authority is set up", mend)
    for name in names:
        shop.time_authority(name)
    with shop.store.reading() as session:
        waiting = sum(one.wanted for one in stamps.standing(session))
    return Finding("Time stamps", True, f"{', '.join(names)}; {waiting} are waited for")


def _chain(shop: Workshop) -> Finding:
    """Say what the last nightly check of the audit chain found."""
    with shop.store.reading() as session:
        found = checkpoints.result(session, shop.org_id)
    if found is None:
        return Finding("Audit chain", True, "not checked yet", "Run `watchroom audit verify`.")
    says = f"{found.lines} lines, checked on {london_moment(found.at)}"
    mend = "" if found.is_whole else "Run `watchroom audit verify`: it says what is wrong."
    return Finding("Audit chain", found.is_whole, says, mend)


def _vault(shop: Workshop) -> Finding:
    """Say what the last nightly check of the vault found."""
    with shop.store.reading() as session:
        report = latest(session, shop.org_id)
    if report is None:
        return Finding("Vault", True, "not checked yet", "Run `watchroom vault check`.")
    found = ", ".join(f"{n} {kind}" for kind, n in sorted(report.counts.items()))
    says = f"{report.files} files checked on {london_moment(report.at)}"
    if not report.is_well:
        mend = "Restore these files from the backup; the health page names them."
        return Finding("Vault", False, f"{says}: {found}", mend)
    late = "The nightly check is late: is the clock of the installation running?"
    return Finding("Vault", True, says, late if report.is_late(shop.now()) else "")


def _jobs(shop: Workshop) -> Finding:
    with shop.store.reading() as session:
        dead = session.scalar(select(func.count()).where(JobRow.state == JobState.DEAD)) or 0
    mend = "Look at the health page: each says what failed and can be tried again." if dead else ""
    return Finding("Work", not dead, f"{dead} jobs could not be done", mend)


_PARTS: Final[tuple[tuple[str, Callable[[Workshop], Finding]], ...]] = (
    ("Disk", _room),
    ("Model", _model),
    ("Reading", _reading),
    ("Policy", _policy),
    ("Mail", _mail),
    ("Accounts", _accounts),
    ("People", _people),
    ("Time stamps", _stamps),
    ("Audit chain", _chain),
    ("Vault", _vault),
    ("Work", _jobs),
)
