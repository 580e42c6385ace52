"""Packs: sealed evidence in one zip that anybody can check with sha256sum and openssl alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.resources import files
from string import Template
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.errors import NotFound
from moderation.evidence import bag
from moderation.evidence.contents import Contents, Exhibit, contents
from moderation.evidence.exhibits import as_csv, folder_of
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import as_manifest, listing
from moderation.evidence.trail import bodies_about, write_chain
from moderation.evidence.vault import Vault
from moderation.tables import OrganisationRow

_BLOCK: Final = 1 << 20
_AUDIT: Final = "data/audit/"


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as read from the record: write() needs the vault besides, and no database.

    chain holds the chain's lines up to the last one shown, head the hash there.
    """

    contents: Contents
    organisation: str
    bodies: dict[int, bytes]
    chain: IO[bytes]
    head: str


def prepare(session: Session, what: str, actor: Actor, chain: IO[bytes]) -> Draft:
    """Read what a pack of a case, an item or an evidence record will hold.

    chain is an empty file to keep the audit lines in, for there may be many. The chain ends with
    the last line about this pack's own records, so that the same evidence packed again is the same
    pack, byte for byte. Raises what contents() raises.
    """
    chosen = contents(session, what, actor)
    organisation = session.scalar(
        select(OrganisationRow.name).where(OrganisationRow.id == chosen.org_id)
    )
    if organisation is None:
        msg = "There is no such organisation."
        raise NotFound(msg)
    bodies = bodies_about(session, chosen.objects)
    head = write_chain(session, max(bodies, default=0), chain)
    return Draft(chosen, organisation, bodies, chain, head)


def write(draft: Draft, vault: Vault, key: SigningKey, target: IO[bytes]) -> None:
    """Write the pack; sealed files are read one by one, and each is checked as it is read.

    Raises EvidenceMissing when the vault lost or altered one of them.
    """
    payload: dict[str, bag.Source] = {}
    for number, exhibit in enumerate(draft.contents.captured, start=1):
        payload.update(_sealed(vault, exhibit, f"data/{folder_of(number)}/"))
    payload["data/exhibits.csv"] = _whole(as_csv(draft.contents))
    payload.update(_trail(draft))
    tags = {
        "README.txt": _filled("README.txt", draft, key),
        "VERIFY.txt": _filled("VERIFY.txt", draft, key),
        "verify.sh": _kit("verify.sh"),
        "bag-info.txt": _bag_info(draft),
    }
    bag.write(target, draft.contents.name, payload, tags, key)


def _sealed(vault: Vault, exhibit: Exhibit, folder: str) -> Iterator[tuple[str, bag.Source]]:
    record = exhibit.record
    if record is None or record.path is None or record.sha256 is None:
        return
    listed = listing(vault, record.path, record.sha256)
    for name, sha256 in listed.files.items():
        yield folder + name, partial(_kept, vault, sha256)
    for name, sha256 in listed.seal.items():
        yield f"{folder}seal/{name}", partial(_kept, vault, sha256)


def _kept(vault: Vault, sha256: str) -> Iterable[bytes]:
    yield vault.get(sha256)


def _whole(data: bytes) -> bag.Source:
    return lambda: (data,)


def _from_file(file: IO[bytes]) -> Iterable[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block


def _trail(draft: Draft) -> Iterator[tuple[str, bag.Source]]:
    names = {f"bodies/{seq:06d}.json": body for seq, body in draft.bodies.items()}
    sums = as_manifest({name: hashlib.sha256(body).hexdigest() for name, body in names.items()})
    yield f"{_AUDIT}chain.txt", partial(_from_file, draft.chain)
    yield f"{_AUDIT}head.txt", _whole(f"{draft.head}\n".encode())
    yield f"{_AUDIT}bodies.sums", _whole(sums)
    yield f"{_AUDIT}check-audit.sh", _whole(_kit("check-audit.sh"))
    for name, body in names.items():
        yield _AUDIT + name, _whole(body)


def _kit(name: str) -> bytes:
    return files("moderation.evidence").joinpath("kit", name).read_bytes()


def _filled(name: str, draft: Draft, key: SigningKey) -> bytes:
    chosen = draft.contents
    items = len({exhibit.item.id for exhibit in chosen.captured})
    return (
        Template(_kit(name).decode())
        .substitute(
            name=chosen.name,
            organisation=" ".join(draft.organisation.split()),
            items=items,
            records=len(chosen.captured),
            missing=len(chosen.missing),
            lines=max(draft.bodies, default=0),
            bodies=len(draft.bodies),
            head=draft.head,
            fingerprint=key.fingerprint,
        )
        .encode()
    )


def _bag_info(draft: Draft) -> bytes:
    chosen = draft.contents
    return (
        f"Source-Organization: {' '.join(draft.organisation.split())}\n"
        f"External-Identifier: {chosen.name}\n"
        f"External-Description: Evidence of {len(chosen.captured)} captured records\n"
        "Bag-Software-Agent: Watchroom\n"
    ).encode()


def note_pack(
    session: Session, draft: Draft, *, sha256: str, size: int, actor: Actor, now: datetime
) -> None:
    """Keep in the audit chain who made which pack; the zip leaves the house after the commit."""
    chosen = draft.contents
    audit.append(
        session,
        "pack.made",
        chosen.about,
        actor=actor,
        at=now,
        detail={
            "name": chosen.name,
            "records": [exhibit.record.id for exhibit in chosen.captured if exhibit.record],
            "missing": len(chosen.missing),
            "bytes": size,
            "sha256": sha256,
        },
    )
