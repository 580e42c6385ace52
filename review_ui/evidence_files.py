"""Files of evidence: each of the kind that its own bytes say, under our name, and never run."""

from __future__ import annotations

from flask import Blueprint, Response

from moderation import audit, review
from moderation.access import Right
from moderation.errors import NotFound
from moderation.evidence import additions, file_types
from moderation.evidence.keeping import vault_of
from moderation.evidence.record import RECORD
from moderation.evidence.sealing import listing
from moderation.queries.evidence_panel import see_evidence
from moderation.scope import see_item
from moderation.tables import EvidenceRow
from review_ui import shell
from review_ui.shell import needs

pages = Blueprint("evidence_files", __name__, url_prefix="/evidence")

CARD = "card.png"
# What comes from here is drawn or kept, never run: no script, no form, no origin of its own.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_LOOKERS = (Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON, Right.WORK_CASE)


@pages.get("/<int:evidence_id>/card.png")
@needs(*_LOOKERS)
def card(evidence_id: int) -> Response:
    """Show the picture that was drawn and sealed with the record. It is a look at the item."""
    actor = shell.actor()
    with shell.reading() as session:
        row = see_evidence(session, evidence_id, actor=actor)
        item = see_item(session, actor, row.item_id)
    data = _sealed(row, CARD)
    if item.restricted or not actor.may(Right.SEE_ITEMS):
        with shell.transaction() as session:
            review.look(session, row.item_id, actor=actor, now=shell.now())
    return _file(data, "image/png", f"{row.ref}-card.png", inline=True)


@pages.get("/<int:evidence_id>/record.json")
@needs(*_LOOKERS)
def record(evidence_id: int) -> Response:
    """Hand out record.json as it was sealed; the chain keeps who took it."""
    actor = shell.actor()
    with shell.reading() as session:
        row = see_evidence(session, evidence_id, actor=actor)
    data = _sealed(row, RECORD)
    _keep("evidence_record.read", f"evidence_record:{row.id}", row.item_id)
    return _file(data, "application/json", f"{row.ref}-record.json")


@pages.get("/additions/<int:addition_id>/file")
@needs(*_LOOKERS)
def addition(addition_id: int) -> Response:
    """Hand out a file that a person added, as it came; the chain keeps who opened it."""
    with shell.reading() as session:
        row = additions.see_addition(session, addition_id, actor=shell.actor())
    data = vault_of(shell.settings()).get(row.file_sha256)
    _keep("evidence_addition.read", f"evidence_addition:{row.id}", row.item_id)
    kind = file_types.type_of(data)
    return _file(data, kind.media_type, f"{row.ref.replace('/', '-')}.{kind.ending}")


def _sealed(row: EvidenceRow, name: str) -> bytes:
    """Return one file of a record. Raises NotFound when it was sealed without such a file."""
    vault = vault_of(shell.settings())
    files = listing(vault, row.path or "", row.sha256 or "").files
    if name not in files:
        msg = f"This record was sealed without {name}."
        raise NotFound(msg)
    return vault.get(files[name])


def _keep(verb: str, about: str, item_id: int) -> None:
    with shell.transaction() as session:
        audit.append(
            session,
            verb,
            about,
            actor=shell.actor(),
            at=shell.now(),
            reason=shell.actor().look_reason,
            detail={"item": item_id},
        )


def _file(data: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """Return a file in its sandbox; the name is ours, so it needs no escape."""
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = (
        f'{"inline" if inline else "attachment"}; filename="{name}"'
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
