"""Takes a file into an account, page by page: the work behind `watchroom import`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from sqlalchemy import func, select

from connectors.files import Format, Source, open_file, pages
from moderation import ingest
from moderation.access import Actor
from moderation.evidence.vault import Vault
from moderation.ingest import Taken
from moderation.model import Comment, Page
from moderation.store import Store
from moderation.tables import AccountRow, IngestPageRow

Progress = Callable[[int, int], None]
"""Is told how many bytes of how many have been taken in."""


@dataclass(slots=True)
class Imported:
    """What became of a file's records; new, seen_before, changed and quarantined add up to all.

    quarantined counts what is new in quarantine, and reasons why for every record of this run that
    could not be taken in, among them those that were in quarantine already. undated counts comments
    without a readable time.
    """

    new: int = 0
    seen_before: int = 0
    changed: int = 0
    quarantined: int = 0
    undated: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """Return how many records the file holds."""
        return self.new + self.seen_before + self.changed + self.quarantined

    def add(self, page: Page, taken: Taken) -> None:
        """Count one page."""
        self.new += taken.new
        self.seen_before += taken.seen_before
        self.changed += taken.changed
        self.quarantined += taken.quarantined
        self.reasons.update(taken.reasons)
        self.undated += sum(
            1 for record in page.records if isinstance(record, Comment) and not record.created_at
        )


def import_file(
    store: Store,
    vault: Vault,
    account: AccountRow,
    path: Path,
    fmt: Format | None = None,
    *,
    actor: Actor,
    progress: Progress | None = None,
) -> Imported:
    """Take a whole file into an account; without fmt the ending of its name says what it is.

    Each page is stored with its place in the file, so that after a kill the same file goes on where
    it stopped; a file that was taken in before is counted as seen before and stored no second time.
    Raises InvalidInput, before anything is stored, when the file as a whole cannot be read.
    """
    source = open_file(path, fmt)
    feed = feed_of(source)
    start, imported = _taken_before(store, account.id, feed)
    tell = progress or _tell_nobody
    tell(start, source.size)
    for page in pages(source, start):
        raw_sha256 = vault.put(page.raw)
        with store.transaction() as session:
            taken = ingest.admit(
                session,
                account.id,
                feed,
                page,
                raw_sha256=raw_sha256,
                actor=actor,
                now=store.now(),
            )
        imported.add(page, taken)
        tell(int(page.cursor), source.size)
    tell(source.size, source.size)
    return imported


def feed_of(source: Source) -> str:
    """Return the name of the feed that a file is: its content's, so a renamed copy is the same."""
    return f"import:{source.format.value}:{source.sha256}"


def _taken_before(store: Store, account_id: int, feed: str) -> tuple[int, Imported]:
    """Return where an earlier run over the same bytes ended, and what it had taken in by then."""
    with store.reading() as session:
        cursor = ingest.cursor_of(session, account_id, feed)
        records = session.scalar(
            select(func.coalesce(func.sum(IngestPageRow.n_records), 0)).where(
                IngestPageRow.account_id == account_id, IngestPageRow.feed == feed
            )
        )
    return int(cursor or 0), Imported(seen_before=int(records or 0))


def _tell_nobody(_done: int, _size: int) -> None:
    """Show no progress."""


@contextmanager
def progress_bar(out: TextIO, what: str) -> Iterator[Progress]:
    """Give a progress that draws a bar on a terminal, and draws nothing anywhere else."""
    if not out.isatty():
        yield _tell_nobody
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(file=out)) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, size: int) -> None:
            bar.update(task, completed=done, total=size)

        yield show


_WIDTH: Final = 12


def report(imported: Imported) -> list[str]:
    """Return the closing count in lines for a person, the commonest reason first."""
    counts = (
        ("New", imported.new),
        ("Seen before", imported.seen_before),
        ("Changed", imported.changed),
        ("Quarantined", imported.quarantined),
    )
    lines = [f"{name:<{_WIDTH}}{number:>10,}" for name, number in counts]
    lines += [
        f"{'':<{_WIDTH}}{number:>10,}  {reason}"
        for reason, number in imported.reasons.most_common()
    ]
    lines.append(f"{'In all':<{_WIDTH}}{imported.records:>10,}")
    kept = imported.reasons.total() - imported.quarantined
    if kept > 0:
        lines.append(f"{kept:,} of these could not be read before either and are counted as seen.")
    if imported.quarantined:
        lines.append("Nothing of it is lost: the page Quarantine shows what could not be taken in.")
    if imported.undated:
        lines.append(
            f"{imported.undated:,} have no time that can be read: the time of import stands for it."
        )
    return lines
