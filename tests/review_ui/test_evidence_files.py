"""Files of evidence come from a sandbox: our name, their own kind, and nothing in them runs."""

from __future__ import annotations

import pytest

from moderation.tables import AuditBodyRow, EvidenceRow
from tests.moderation.evidence.files_to_bring import PNG
from tests.review_ui.evidence_tools import SEALED, additions, bring, seal
from tests.review_ui.world import AWAY, World


def _verbs(world: World) -> list[str]:
    with world.store.reading() as session:
        return [row.verb for row in session.query(AuditBodyRow).order_by(AuditBodyRow.seq)]


def test_every_file_of_evidence_stands_in_a_sandbox_of_its_own(world: World) -> None:
    item_id = world.item()
    browser = world.browser("dana")
    row = seal(world, item_id)
    bring(world, browser, item_id)
    added = additions(world)[0]
    for path, kind, shown in (
        (f"/evidence/{row.id}/card.png", "image/png", f'inline; filename="{row.ref}-card.png"'),
        (
            f"/evidence/{row.id}/record.json",
            "application/json",
            f'attachment; filename="{row.ref}-record.json"',
        ),
        (
            f"/evidence/additions/{added.id}/file",
            "image/png",
            f'attachment; filename="{row.ref}-1.png"',
        ),
    ):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == shown
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'")
        assert "allow-" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_handed_out_is_what_was_sealed_and_the_chain_keeps_to_whom(world: World) -> None:
    item_id = world.item()
    row = seal(world, item_id)
    browser = world.browser("hugh")
    assert browser.get(f"/evidence/{row.id}/card.png").data == PNG
    assert "evidence_record.read" not in _verbs(world)
    assert browser.get(f"/evidence/{row.id}/record.json").data == SEALED["record.json"]
    assert _verbs(world)[-1] == "evidence_record.read"


def test_a_record_that_was_sealed_without_a_card_has_none(small_world: World) -> None:
    row = seal(small_world, small_world.item(), {"record.json": b"{}\n"})
    browser = small_world.browser("lee")
    assert browser.get(f"/evidence/{row.id}/card.png").status_code == 404
    assert browser.get(f"/evidence/{row.id}/record.json").status_code == 200


def test_what_is_not_captured_or_was_erased_is_as_missing(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("lee")
    browser.post(f"/items/{item_id}/capture")
    with small_world.store.reading() as session:
        wanted = session.query(EvidenceRow).one().id
    assert browser.get(f"/evidence/{wanted}/record.json").status_code == 404
    row = seal(small_world, item_id)
    with small_world.store.transaction() as session:
        session.get_one(EvidenceRow, row.id).erased_at = small_world.store.now()
    for name in ("card.png", "record.json"):
        assert browser.get(f"/evidence/{row.id}/{name}").status_code == 404


def test_a_file_that_was_altered_is_not_handed_out(small_world: World) -> None:
    item_id = small_world.item()
    small_world.captured(item_id)
    with small_world.store.reading() as session:
        row = session.query(EvidenceRow).one()
    answer = small_world.browser("lee").get(f"/evidence/{row.id}/record.json")
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["lee", "hugh", "bo", "ina"])
def test_evidence_of_another_organisation_is_as_good_as_missing(
    small_world: World, name: str
) -> None:
    row = seal(small_world, small_world.item(org=AWAY))
    browser = small_world.browser(name)
    for path in ("card.png", "record.json"):
        far, none = browser.get(f"/evidence/{row.id}/{path}"), browser.get(f"/evidence/9999/{path}")
        assert (far.status_code, none.status_code) == (404, 404)
    assert "evidence_record.read" not in _verbs(small_world)


def test_a_look_at_the_card_by_an_auditor_joins_the_chain(small_world: World) -> None:
    row = seal(small_world, small_world.item())
    browser = small_world.browser("ina")
    assert browser.get(f"/evidence/{row.id}/card.png").status_code == 404
    browser.post("/audit/reason", {"reason": "looking into a complaint"})
    assert browser.get(f"/evidence/{row.id}/card.png").status_code == 200
    assert _verbs(small_world)[-1] == "item.view"
