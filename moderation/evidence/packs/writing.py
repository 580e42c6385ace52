"""Write a pack: sealed records one by one, documents, audit trail, and how to check all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import IO, Final

from moderation.evidence import bag
from moderation.evidence.exhibits import folder_of
from moderation.evidence.packs.preparing import Draft
from moderation.evidence.packs.readme import kit, tags
from moderation.evidence.packs.withholding import EXTRACT, Given, Rule, given
from moderation.evidence.printing.documents import pdf
from moderation.evidence.printing.parts import Attachment, Document
from moderation.evidence.record import RECORD
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import MANIFEST, Listing, as_manifest, listing
from moderation.evidence.stamps import Stamp
from moderation.evidence.trail import Trail
from moderation.evidence.vault import Vault
from moderation.tables import AuditCheckpointRow, Stamped

_BLOCK: Final = 1 << 20
_AUDIT: Final = "data/audit/"
_AUTHORITIES: Final = "data/authorities/"
# The records of a larger pack stand beside the PDF alone: a mail programme opens files whole.
_ATTACHED: Final = 20


def write(
    draft: Draft,
    vault: Vault,
    key: SigningKey,
    target: IO[bytes],
    done: Callable[[int], None] = lambda _count: None,
) -> None:
    """Write the pack; sealed files are read one by one, and each is checked as it is read.

    done hears how many records are in, each time one more is. Raises EvidenceMissing when the vault
    lost or altered one of them.
    """
    payload: dict[str, bag.Source] = dict(_Sealed(draft, vault).files())
    for name, data in draft.parts.files.items():
        payload[f"data/{name}"] = _whole(data)
    for name, made in draft.parts.documents.items():
        payload[f"data/{name}"] = partial(_printed, draft, vault, name, made)
    if draft.matter.trail is not None:
        payload.update(_trail(draft, draft.matter.trail, vault))
    written = _Count(done)
    bag.write(target, draft.matter.asked.ref, payload, tags(draft, key), key, written.hear)


class _Count:
    """Counts the records that are in, by the seals that stand at their ends."""

    def __init__(self, done: Callable[[int], None]) -> None:
        self._done = done
        self._records = 0

    def hear(self, name: str) -> None:
        """Count a record when the manifest of its seal is written."""
        if name.endswith(f"/seal/{MANIFEST}") and "/additions/" not in name:
            self._records += 1
            self._done(self._records)


class _Sealed:
    """The files of every sealed record of a pack, and what people added to its items."""

    def __init__(self, draft: Draft, vault: Vault) -> None:
        self._draft, self._vault = draft, vault
        self._rule = draft.kind.rule or Rule()

    def files(self) -> Iterator[tuple[str, bag.Source]]:
        """Yield every file by name; nothing is held but names and hashes."""
        chosen = self._draft.matter.contents
        if chosen is None or self._draft.kind.rule is None:
            return
        used: set[str] = set()
        first_of: dict[int, int] = {}
        for number, exhibit in enumerate(chosen.captured, start=1):
            first_of.setdefault(exhibit.item.id, number)
            row = exhibit.record
            if row is None or row.path is None or row.sha256 is None:
                continue
            folder = f"data/{folder_of(number)}/"
            listed = listing(self._vault, row.path, row.sha256)
            yield from self._record(folder, listed, self._draft.erased.get(row.id, frozenset()))
            yield from self._seal(folder, listed, Stamped.EVIDENCE, row.id, used)
        if self._draft.kind.with_additions:
            yield from self._additions(first_of, used)
        for name in sorted(used):
            yield f"{_AUTHORITIES}{name}-ca.pem", _whole(self._draft.authorities[name])

    def _record(
        self, folder: str, listed: Listing, erased: frozenset[str]
    ) -> Iterator[tuple[str, bag.Source]]:
        goes = self._given(listed, erased)
        for name in goes.whole:
            yield folder + name, partial(_kept, self._vault, listed.files[name])
        for name in goes.made:
            yield folder + name, partial(self._made, listed, erased, name)

    def _given(self, listed: Listing, erased: frozenset[str]) -> Given:
        sha256 = listed.files.get(RECORD)
        record = self._vault.get(sha256) if sha256 and self._rule.parts else b""
        return given(self._rule, listed.files, record, erased)

    def _made(self, listed: Listing, erased: frozenset[str], name: str) -> Iterable[bytes]:
        """Yield an extract, cut afresh: a case may hold thousands of them."""
        yield self._given(listed, erased).made[name]

    def _seal(
        self, folder: str, listed: Listing, subject: Stamped, one: int, used: set[str]
    ) -> Iterator[tuple[str, bag.Source]]:
        for name, sha256 in listed.seal.items():
            yield f"{folder}seal/{name}", partial(_kept, self._vault, sha256)
        for name, token in _tokens(self._draft, subject, one):
            used.add(name)
            yield f"{folder}seal/{name}.tsr", partial(_kept, self._vault, token)

    def _additions(
        self, first_of: dict[int, int], used: set[str]
    ) -> Iterator[tuple[str, bag.Source]]:
        chosen = self._draft.matter.contents
        counted: dict[int, int] = {}
        for row in chosen.additions if chosen else ():
            number = first_of.get(row.item_id)
            if number is None:
                continue
            counted[number] = counted.get(number, 0) + 1
            folder = f"data/{folder_of(number)}/additions/{counted[number]:02d}/"
            listed = listing(self._vault, row.path, row.sha256)
            for name, sha256 in listed.files.items():
                yield folder + name, partial(_kept, self._vault, sha256)
            yield from self._seal(folder, listed, Stamped.ADDITION, row.id, used)


def _tokens(draft: Draft, subject: Stamped, one: int) -> Iterator[tuple[str, str]]:
    """Yield the authorities that stamped a seal, with the vault's name of the answer of each.

    An authority that the settings no longer name has no certificate here to check it against.
    """
    found: Sequence[Stamp] = draft.matter.stamps.get((subject, one), ())
    for stamp in found:
        if stamp.token_sha256 is not None and stamp.authority in draft.authorities:
            yield stamp.authority, stamp.token_sha256


def _kept(vault: Vault, sha256: str) -> Iterable[bytes]:
    yield vault.get(sha256)


def _whole(data: bytes) -> bag.Source:
    return lambda: (data,)


def _from_file(file: IO[bytes]) -> Iterable[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block


def _printed(draft: Draft, vault: Vault, name: str, made: Document) -> Iterable[bytes]:
    yield pdf(made, tuple(_attached(draft, vault, name)))


def _attached(draft: Draft, vault: Vault, name: str) -> Iterator[Attachment]:
    """Yield what a pack's first PDF carries inside: tables as JSON, the records of a small pack."""
    if name != next(iter(draft.parts.documents)):
        return
    for file, data in draft.parts.files.items():
        if file.endswith(".json"):
            yield Attachment(file, data, "application/json", "The same as data", "data")
    chosen = draft.matter.contents
    if chosen is None or draft.kind.rule is None or len(chosen.captured) > _ATTACHED:
        return
    for number, exhibit in enumerate(chosen.captured, start=1):
        row = exhibit.record
        if row is None or row.path is None or row.sha256 is None:
            continue
        listed = listing(vault, row.path, row.sha256)
        record = vault.get(listed.files[RECORD]) if RECORD in listed.files else b""
        goes = given(draft.kind.rule, listed.files, record)
        whole = record if RECORD in goes.whole else goes.made.get(EXTRACT, b"")
        if whole:
            yield Attachment(
                f"record-{number:04d}.json", whole, "application/json", f"The record {row.ref}"
            )


def _trail(draft: Draft, trail: Trail, vault: Vault) -> Iterator[tuple[str, bag.Source]]:
    names = {f"bodies/{seq:06d}.json": body for seq, body in trail.bodies.items()}
    sums = as_manifest({name: hashlib.sha256(body).hexdigest() for name, body in names.items()})
    yield f"{_AUDIT}chain.txt", partial(_from_file, trail.chain)
    yield f"{_AUDIT}start.txt", _whole(f"{trail.before[0]} {trail.before[1]}\n".encode())
    yield f"{_AUDIT}head.txt", _whole(f"{trail.head}\n".encode())
    yield f"{_AUDIT}bodies.sums", _whole(sums)
    yield f"{_AUDIT}check-audit.sh", _whole(kit("check-audit.sh"))
    for name, body in names.items():
        yield _AUDIT + name, _whole(body)
    yield from _checkpoint("opening.txt", trail.opening)
    yield from _checkpoint("checkpoint.txt", trail.closing)
    if trail.closing is not None:
        for authority, token in _tokens(draft, Stamped.CHECKPOINT, trail.closing.id):
            yield f"{_AUDIT}{authority}.tsr", partial(_kept, vault, token)
            pem = draft.authorities[authority]
            yield f"{_AUTHORITIES}{authority}-ca.pem", _whole(pem)


def _checkpoint(name: str, row: AuditCheckpointRow | None) -> Iterator[tuple[str, bag.Source]]:
    if row is not None:
        yield _AUDIT + name, _whole(row.note.encode())
        yield f"{_AUDIT}{name}.sig", _whole(row.signature)
