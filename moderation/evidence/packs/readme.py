"""What stands at the top of every pack: what it is, what it proves and not, how to check it."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterable, Iterator
from importlib.resources import files
from string import Template
from typing import Final

from moderation.evidence.packs.preparing import Draft
from moderation.evidence.packs.telling import stamps_say
from moderation.evidence.packs.words import plural
from moderation.evidence.seal import SigningKey
from moderation.when import london_moment

_WIDTH: Final = 98
_LEFT: Final = 34
_NO_STAMPS: Final = (
    "That the records existed at the times they state: no time-stamp authority had stamped them, "
    "so these times rest on our own clock."
)
_RECORD: Final = (
    ("data/items/0001/ ...", "one folder for each sealed record:"),
    ("  record.json", "what is known: address, author as shown, times, what was done"),
    ("  text.txt", "the exact words, in UTF-8"),
    ("  raw-at-ingest.body", "the bytes as the platform gave them when we first read the item"),
    ("  raw-at-capture.body", "the bytes at a second look, when the evidence was captured"),
    ("  capture-note.txt", "why there was no second look, where there was none"),
    ("  seal/", "hashes, signature and time stamps of the day of the capture"),
)
_HANDLING: Final = (("  handling.json", "what machines read into it, and what people decided"),)
_WITHHELD: Final = (("  withheld.txt", "sealed files that stay in the house, each with its hash"),)
_EXTRACT: Final = (
    ("  extracts/record.json", "record.json without what this recipient does not get"),
)
_ADDITIONS: Final = (
    ("  additions/01/ ...", "a file that was added to the item, with a seal of its own"),
)
_AUDIT: Final = (("data/audit/", "who did what to these items, tied into our audit chain"),)
_AUTHORITIES: Final = (
    ("data/authorities/", "certificates of the time-stamp authorities, to check their stamps"),
)
_SEALS: Final = """
Each record in data/items carries the seal of the day of its capture. For the first of them:

  (cd data/items/0001 && sha256sum --strict --ignore-missing -c seal/manifest-sha256.txt)
  openssl pkeyutl -verify -rawin -pubin -inkey data/items/0001/seal/signing-key.pub.pem -sigfile \
data/items/0001/seal/manifest-sha256.txt.sig -in data/items/0001/seal/manifest-sha256.txt

What is missing here of its files is named in withheld.txt.
"""
_STAMPS: Final = """
The time stamp of an authority, for the first record (the same for the others):

  openssl ts -verify -data data/items/0001/seal/manifest-sha256.txt -in \
data/items/0001/seal/{name}.tsr -CAfile data/authorities/{name}-ca.pem

It must say "Verification: OK". Years from now it may say that a certificate has expired. A stamp
outlives its certificate: add -attime with the time of the stamp in seconds, which this prints:

  openssl ts -reply -in data/items/0001/seal/{name}.tsr -text

Compare the authority's certificates with those it publishes, or their hash with the one that the
organisation publishes: sha256sum data/authorities/{name}-ca.pem
"""
_CHAIN: Final = """
The audit chain: bash data/audit/check-audit.sh
It must say AUDIT CHAIN WHOLE. Ask the organisation for the hash of line {last} in its own record,
or look for it in the checkpoints that it sends outside; it must be
  {head}
"""


def kit(name: str) -> bytes:
    """Return one file of the kit as it is."""
    return files("moderation.evidence").joinpath("kit", name).read_bytes()


def tags(draft: Draft, key: SigningKey) -> dict[str, bytes]:
    """Return the files at the top of a pack."""
    return {
        "README.txt": _filled("README.txt", _readme(draft, key)),
        "VERIFY.txt": _filled("VERIFY.txt", _verify(draft, key)),
        "verify.sh": kit("verify.sh"),
        "verify.ps1": kit("verify.ps1"),
        "bag-info.txt": _bag_info(draft),
    }


def _filled(name: str, values: dict[str, str]) -> bytes:
    return Template(kit(name).decode()).substitute(values).encode("utf-8", "backslashreplace")


def _readme(draft: Draft, key: SigningKey) -> dict[str, str]:
    matter = draft.matter
    return {
        "title": draft.kind.title,
        "ref": matter.asked.ref,
        "organisation": matter.organisation,
        "asked": london_moment(matter.now),
        "recipient": _line(matter.asked.recipient),
        "authority": _line(matter.asked.authority),
        "what": _paragraphs([draft.kind.what, *_counts(draft)]),
        "inside": "\n".join(f"  {name:<{_LEFT}}{says}" for name, says in _inside(draft)),
        "outside": _list(draft.kind.outside),
        "proves": _list(_proves(draft)),
        "stamping": "" if _named(draft) or not draft.records else _list([_NO_STAMPS]) + "\n",
        "fingerprint": key.fingerprint,
    }


def _counts(draft: Draft) -> Iterator[str]:
    chosen = draft.matter.contents
    if chosen is None:
        return
    items = len({one.item.id for one in chosen.captured})
    missing = len(chosen.missing)
    yield (
        f"It is of {plural(items, 'item')}, of which {plural(len(chosen.captured), 'record')} "
        f"{'was' if len(chosen.captured) == 1 else 'were'} sealed, one for each version of the "
        f"words. Not captured, and so not here: {missing}."
    )


def _inside(draft: Draft) -> Iterator[tuple[str, str]]:
    yield from ((f"data/{name}", says) for name, says in draft.kind.inside)
    chosen = draft.matter.contents
    if chosen is not None and draft.kind.rule is not None:
        yield from _RECORD
        yield from _WITHHELD if draft.kind.rule.files else _HANDLING
        yield from _EXTRACT if draft.kind.rule.parts else ()
        yield from _ADDITIONS if draft.kind.with_additions and chosen.additions else ()
        yield from _AUTHORITIES if _named(draft) else ()
    yield from _AUDIT if draft.matter.trail is not None else ()


def _named(draft: Draft) -> list[str]:
    """Return the authorities of which there is a stamp in the pack."""
    return sorted(
        {
            stamp.authority
            for some in draft.matter.stamps.values()
            for stamp in some
            if stamp.token_sha256 and stamp.authority in draft.authorities
        }
    )


def _proves(draft: Draft) -> Iterator[str]:
    matter = draft.matter
    yield (
        "That the files are the ones that the organisation put together. A changed, added, removed "
        "or renamed file is found."
    )
    if draft.records:
        yield (
            "That each sealed record is as it was when it was captured, for it carries a signature "
            "of that day."
        )
    if _named(draft):
        yield "That the sealed records existed when outside authorities stamped them with the time."
        yield from stamps_say(matter)
    trail = matter.trail
    if trail is not None:
        yield (
            "That what was recorded about these items stands in a chain in which no line can be "
            "changed, taken out or put in between without breaking every line after it. The pack "
            f"shows lines {trail.before[0] + 1} to {trail.last}, and what "
            f"{len(trail.bodies)} of them say; the others are about other matters, and only their "
            "hashes are here."
        )


def _verify(draft: Draft, key: SigningKey) -> dict[str, str]:
    named, trail = _named(draft), draft.matter.trail
    return {
        "name": draft.matter.asked.ref,
        "fingerprint": key.fingerprint,
        "authorities": "".join(
            f" {hashlib.sha256(draft.authorities[name]).hexdigest()}" for name in named
        ),
        "plural": "s" if named else "",
        "seals": (_SEALS if draft.records else "")
        + "".join(_STAMPS.format(name=name) for name in named),
        "chain": _CHAIN.format(last=trail.last, head=trail.head) if trail is not None else "",
    }


def _bag_info(draft: Draft) -> bytes:
    matter = draft.matter
    return (
        f"Source-Organization: {matter.organisation}\n"
        f"Bagging-Date: {matter.now:%Y-%m-%d}\n"
        f"External-Identifier: {matter.asked.ref}\n"
        f"External-Description: {draft.kind.title.capitalize()}, {draft.records} sealed records\n"
        "Bag-Software-Agent: Watchroom\n"
    ).encode("utf-8", "backslashreplace")


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(said: Iterable[str]) -> str:
    return "\n".join(
        textwrap.fill(one, _WIDTH, initial_indent="  ", subsequent_indent="  ") for one in said
    )


def _list(said: Iterable[str]) -> str:
    return "\n".join(
        textwrap.fill(one, _WIDTH, initial_indent="  - ", subsequent_indent="    ") for one in said
    )
