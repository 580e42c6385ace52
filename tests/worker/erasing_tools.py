"""A replayed page whose items grow old: what they leave in the database and in the data folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from moderation import review
from moderation.access import Role
from moderation.evidence.vault import GRACE
from moderation.model import Signal
from moderation.review import Finding
from moderation.tables import Base, ErasureRow, EvidenceRow, ItemVersionRow
from moderation.taxonomy import LABELS
from tests.moderation.deeds import ABUSE, decide
from tests.replayed import Replayed
from tests.world import ORG, World

RUDE = "clown"


class Rude:
    """A detector that finds every text an insult that holds the word."""

    model = "rude@1"
    sha256 = "01"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        return [self._signal(text) for text in texts]

    def _signal(self, words: str) -> Signal:
        share = 0.95 if RUDE in words else 0.01
        scores = dict.fromkeys(LABELS, 0.01) | {"insult": share, "toxicity": share}
        return Signal(self.model, scores, words=tuple(words.split()), read_as=words.upper())


class Ageing(Replayed):
    """The page, with days that go by and every trace of a text found again."""

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__(world, folder)
        self.shop.detectors = [Rude()]

    def age(self, days: float) -> None:
        """Let days go by, for the files of the vault too."""
        self.later(timedelta(days=days).total_seconds())
        then = time.time() - GRACE.total_seconds() * 2
        for path in self.settings.vault_dir.rglob("*"):
            if path.is_file():
                os.utime(path, (then, then))

    def promise_day(self) -> int:
        return self.promise("erase", f"org:{ORG}", f"erase:{self.shop.at.isoformat()}")

    def run_day(self) -> None:
        """Do the organisation's daily job as the worker does."""
        self.promise_day()
        self.work()

    def insult(self, native_id: str, more: str = "") -> None:
        """Let somebody insult a member of staff, and evidence be captured."""
        self.later()
        self.say(native_id, f"Dana Price, you useless {RUDE} {more}".strip())
        self.poll()

    def decide(self, native_id: str, finding: Finding = ABUSE) -> None:
        """Let a person decide about an item."""
        item = self.item(native_id)
        with self.store.transaction() as session:
            decide(self.world, session, item, finding, now=self.shop.at)

    def settle(self, native_id: str, finding: Finding = ABUSE) -> None:
        """Let a person decide about an item and close it."""
        self.decide(native_id, finding)
        item = self.item(native_id)
        if item.queue_rank is not None:
            with self.store.transaction() as session:
                review.dismiss(
                    session,
                    item.id,
                    reason="All is done about it.",
                    revision=item.revision,
                    actor=self.world.actor(Role.COMMS_MODERATOR),
                    now=self.shop.at,
                )

    def words(self, native_id: str) -> list[str | None]:
        """Return the words of every version of an item."""
        item_id = self.item(native_id).id
        with self.store.reading() as session:
            query = select(ItemVersionRow.body).where(ItemVersionRow.item_id == item_id)
            return list(session.scalars(query.order_by(ItemVersionRow.seq)))

    def is_erased(self, native_id: str) -> bool:
        return not any(self.words(native_id))

    def evidence(self, native_id: str) -> EvidenceRow:
        item_id = self.item(native_id).id
        with self.store.reading() as session:
            return session.scalars(select(EvidenceRow).where(EvidenceRow.item_id == item_id)).one()

    def erasures(self) -> list[ErasureRow]:
        with self.store.reading() as session:
            return list(session.scalars(select(ErasureRow).order_by(ErasureRow.id)))

    def traces(self, word: str) -> list[str]:
        """Return where a word stands: columns of the database, and parts of the data folder."""
        return sorted({*self._in_database(word), *self._in_files(word)})

    def _in_database(self, word: str) -> Iterator[str]:
        with self.store.reading() as session:
            for table in Base.metadata.sorted_tables:
                for column in table.columns:
                    for value in session.execute(select(column)).scalars():
                        said = value if isinstance(value, bytes) else str(value).encode()
                        if word.casefold().encode() in said.lower():
                            yield f"{table.name}.{column.name}"

    def _in_files(self, word: str) -> Iterator[str]:
        """Look into every file, SQLite's own included, for it may keep what was overwritten."""
        folder = self.settings.data_dir
        database = self.store.write_engine.url.database
        if self.store.is_sqlite and database:
            yield from (
                "a file of the database"
                for path in Path(database).parent.glob(f"{Path(database).name}*")
                if _holds(path, word)
            )
        for path in folder.rglob("*"):
            if path.is_file() and _holds(path, word):
                yield path.relative_to(folder).parts[0]


def _holds(path: Path, word: str) -> bool:
    return word.casefold().encode() in path.read_bytes().lower()
