"""The pages of packs: asking, waiting, fetching, handing over, and who sees none of it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from moderation.evidence.packs.kinds import KINDS
from moderation.lifecycle import DisclosureState
from moderation.tables import AuditBodyRow, CaseRow, DisclosureRow, PackKind
from review_ui import pack_form, pack_words
from tests.review_ui.evidence_tools import text_of
from tests.review_ui.pack_tools import (
    ask,
    asked,
    captured,
    case_of,
    made,
    make,
    row_of,
    settings_of,
)
from tests.review_ui.world import World

POLICE = {"kind": "police", "detail-maker": "Jo Smith"}


def _verbs(world: World, *wanted: str) -> list[str]:
    with world.store.reading() as session:
        return list(
            session.scalars(
                select(AuditBodyRow.verb)
                .where(AuditBodyRow.verb.in_(wanted))
                .order_by(AuditBodyRow.seq)
            )
        )


def _count(world: World) -> int:
    with world.store.reading() as session:
        return session.scalar(select(func.count()).select_from(DisclosureRow)) or 0


def test_a_pack_is_asked_for_made_fetched_and_handed_over(world: World) -> None:
    item_id, lee = captured(world), world.browser("lee")
    ref = asked(world, lee, f"item:{item_id}")
    waiting = text_of(lee, f"/packs/{ref}")
    assert "Records in the pack so far: 0 of 1" in waiting
    assert '<meta http-equiv="refresh"' in waiting
    before = lee.get(f"/packs/{ref}/mark").text
    make(world)
    assert lee.get(f"/packs/{ref}/mark").text != before
    page, row = text_of(lee, f"/packs/{ref}"), row_of(world, ref)
    assert 'http-equiv="refresh"' not in page
    assert row.sha256
    assert row.sha256 in page
    answer = lee.get(f"/packs/{ref}/pack.zip")
    data, headers = answer.data, answer.headers
    answer.close()
    assert hashlib.sha256(data).hexdigest() == row.sha256
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert headers["Content-Disposition"] == f"attachment; filename={ref}.zip"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    form = {"to": "Sgt Kim Bell, 4711", "how": "By hand"}
    assert lee.post(f"/packs/{ref}/hand-over", form).status_code == 303
    assert row_of(world, ref).state is DisclosureState.HANDED_OVER
    listed = text_of(lee, "/packs")
    for said in (ref, "Sgt Kim Bell, 4711", "Her letter of 20 November", "Lee Okafor"):
        assert said in listed
    chain = ("pack.asked", "pack.made", "pack.fetch", "pack.handed_over")
    assert _verbs(world, *chain) == list(chain)


def test_a_double_click_is_one_pack(world: World) -> None:
    item_id, lee = captured(world), world.browser("lee")
    refs = {asked(world, lee, f"item:{item_id}", form_id="one-form-pressed-twice") for _ in "12"}
    assert (len(refs), _count(world)) == (1, 1)


def test_everything_that_is_wrong_is_named_at_once_and_what_was_typed_stays(
    small_world: World,
) -> None:
    captured(small_world)
    typed = {**POLICE, "recipient": "", "detail-maker": "", "detail-risk": "He has a knife."}
    answer = ask(small_world, small_world.browser("hugh"), "item:999999", **typed)
    assert answer.status_code == 400
    page = " ".join(answer.text.split())
    for name in ("subject", "recipient", "detail-maker"):
        assert f'href="#{name}"' in page, name
    assert "There is no such item, or it is not yours to see." in page
    assert "He has a knife." in page
    assert 'value="item:999999"' in page
    assert _count(small_world) == 0


def test_a_text_of_the_longest_size_is_kept_and_one_more_is_refused(small_world: World) -> None:
    item_id, lee = captured(small_world), small_world.browser("lee")
    assert ask(small_world, lee, f"item:{item_id}", authority="x" * 2001).status_code == 400
    ref = asked(small_world, lee, f"item:{item_id}", authority="x" * 2000)
    assert row_of(small_world, ref).authority == "x" * 2000


def test_evidence_that_is_not_captured_is_a_fault_of_the_subject(small_world: World) -> None:
    item_id = small_world.item()
    answer = ask(small_world, small_world.browser("lee"), f"item:{item_id}")
    assert answer.status_code == 400
    assert "is captured yet. Capture the evidence first" in answer.text


def test_a_police_pack_without_agreement_needs_an_override_that_only_some_may_give(
    small_world: World,
) -> None:
    ref = case_of(small_world, "hugh", captured(small_world))
    hugh, asha = small_world.browser("hugh"), small_world.browser("asha")
    answer = ask(small_world, hugh, ref, **POLICE, consent="given")
    assert answer.status_code == 400
    assert "Record it in the case first" in answer.text
    assert ask(small_world, hugh, ref, **POLICE).status_code == 400
    short = ask(small_world, hugh, ref, **POLICE, consent="overridden", consent_note="Risk")
    assert "at least 15 characters" in short.text
    assert "Without agreement: risk" in hugh.get("/packs/new?kind=police").text
    assert "Without agreement: risk" not in asha.get("/packs/new?kind=police").text
    item = f"item:{captured(small_world)}"
    forged = {**POLICE, "consent": "overridden", "consent_note": "He said he comes tonight."}
    assert ask(small_world, asha, item, **forged).status_code == 403
    pack = asked(small_world, hugh, ref, **forged)
    assert row_of(small_world, pack).consent == "overridden"
    assert "He said he comes tonight." in text_of(hugh, f"/packs/{pack}")


def test_agreement_in_the_case_is_enough_and_the_answers_of_the_kind_are_kept(
    small_world: World,
) -> None:
    ref = case_of(small_world, "hugh", captured(small_world))
    with small_world.store.transaction() as session:
        session.execute(update(CaseRow).values(police_consent="yes"))
    hugh = small_world.browser("hugh")
    pack = made(small_world, hugh, ref, **POLICE, consent="given", **{"detail-urn": "NM/1/26"})
    row = row_of(small_world, pack)
    assert row.state is DisclosureState.MADE
    assert (row.details["maker"], row.details["urn"]) == ("Jo Smith", "NM/1/26")
    page = text_of(hugh, f"/packs/{pack}")
    assert "Crime or incident reference" in page
    assert f'href="/cases/{ref}"' in page


def test_what_stood_in_the_way_is_said_and_trying_again_makes_it(small_world: World) -> None:
    item_id, lee = captured(small_world), small_world.browser("lee")
    ref = asked(small_world, lee, f"item:{item_id}")
    vault = settings_of(small_world).vault_dir
    moved = vault.rename(vault.with_name("away"))
    vault.mkdir()
    make(small_world)
    page = text_of(lee, f"/packs/{ref}")
    assert row_of(small_world, ref).state is DisclosureState.FAILED
    assert row_of(small_world, ref).why in page.replace("&#39;", "'").replace("<bdi>", "")
    vault.rmdir()
    moved.rename(vault)
    assert lee.post(f"/packs/{ref}/again").status_code == 303
    make(small_world)
    assert row_of(small_world, ref).state is DisclosureState.MADE
    assert lee.post(f"/packs/{ref}/again").status_code == 409


def test_a_withdrawn_pack_keeps_its_line_and_loses_its_file(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    assert lee.post(f"/packs/{ref}/withdraw", {"reason": ""}).status_code == 400
    assert lee.post(f"/packs/{ref}/withdraw", {"reason": "Wrong item."}).status_code == 303
    make(small_world)
    assert not list(settings_of(small_world).packs_dir.iterdir())
    assert lee.get(f"/packs/{ref}/pack.zip").status_code == 409
    assert "Withdrawn: <bdi>Wrong item.</bdi>" in text_of(lee, f"/packs/{ref}")


def test_to_whom_and_how_are_needed_and_stay_on_the_page(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    answer = lee.post(f"/packs/{ref}/hand-over", {"to": "Sgt Bell of the yard", "how": ""})
    assert answer.status_code == 400
    assert 'href="#how"' in answer.text
    assert "Sgt Bell of the yard" in answer.text
    assert row_of(small_world, ref).state is DisclosureState.MADE


def test_a_file_that_is_not_on_disk_is_said_and_nothing_is_written(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    (settings_of(small_world).packs_dir / f"{ref}.zip").unlink()
    answer = lee.get(f"/packs/{ref}/pack.zip")
    assert (answer.status_code, _verbs(small_world, "pack.fetch")) == (404, [])
    assert "not where it was put" in answer.text


def test_a_pack_of_a_case_is_there_for_its_members_alone_and_a_line_for_the_auditor(
    small_world: World,
) -> None:
    ref = case_of(small_world, "hugh", captured(small_world))
    pack = made(small_world, small_world.browser("hugh"), ref, kind="hr")
    for name in ("lee", "dana", "bo", "far.hugh"):
        browser = small_world.browser(name)
        assert pack not in browser.get("/packs").text, name
        for path in ("", "/mark", "/pack.zip"):
            assert browser.get(f"/packs/{pack}{path}").status_code == 404, (name, path)
        assert browser.post(f"/packs/{pack}/withdraw", {"reason": "Not mine"}).status_code == 404
    ina = small_world.browser("ina")
    page = text_of(ina, f"/packs/{pack}")
    assert "You can read this line" in page
    assert "/pack.zip" not in page
    assert "Withdraw it" not in page
    assert ina.get(f"/packs/{pack}/pack.zip").status_code == 404


def test_each_role_is_offered_the_kinds_that_it_may_have(small_world: World) -> None:
    offered = {
        "dana": {"evidence", "platform", "person_affected"},
        "hugh": {"evidence", "police", "platform", "hr", "standards_board", "person_affected"},
        "ina": {"subject_access"},
    }
    for name, kinds in offered.items():
        page = small_world.browser(name).get("/packs/new").text
        assert {kind.value for kind in PackKind if f"kind={kind.value}" in page} == kinds, name
    assert small_world.browser("dana").get("/packs/new?kind=police").status_code == 403
    assert small_world.browser("dana").get("/packs/new?kind=nonsense").status_code == 400
    item = small_world.browser("hugh").get("/packs/new?of=item:1").text
    assert "kind=hr" not in item
    assert "kind=police&amp;of=item:1" in item


def test_who_waits_for_a_pack_leaves_no_line_at_each_look_and_others_do(
    small_world: World,
) -> None:
    lee, dana = small_world.browser("lee"), small_world.browser("dana")
    ref = asked(small_world, lee, f"item:{captured(small_world)}")
    for _ in range(3):
        lee.get(f"/packs/{ref}")
    assert _verbs(small_world, "pack.view") == []
    dana.get(f"/packs/{ref}")
    make(small_world)
    lee.get(f"/packs/{ref}")
    assert _verbs(small_world, "pack.view") == ["pack.view", "pack.view"]


def test_the_register_is_newest_first_in_pages_and_can_be_of_one_item_alone(
    small_world: World,
) -> None:
    lee, one, other = small_world.browser("lee"), captured(small_world), captured(small_world)
    refs = [asked(small_world, lee, f"item:{one}") for _ in range(51)]
    last = asked(small_world, lee, f"item:{other}")
    with small_world.store.transaction() as session:
        later = small_world.store.now() + timedelta(days=1)
        session.execute(
            update(DisclosureRow).where(DisclosureRow.ref == refs[0]).values(requested_at=later)
        )
    first = lee.get("/packs").text
    assert first.index(refs[0]) < first.index(last) < first.index(refs[50])
    assert refs[1] not in first
    assert refs[1] in lee.get("/packs?page=2").text
    assert "No packs on this page." in lee.get(f"/packs?page={2**63 - 1}").text
    assert last not in lee.get(f"/packs?about=item:{one}").text
    assert f"/packs?about=item:{one}&amp;page=2" in lee.get(f"/packs?about=item:{one}").text


def test_the_pages_of_an_item_and_of_a_case_lead_to_a_pack_of_it(small_world: World) -> None:
    bare, item_id = small_world.item(), captured(small_world)
    hugh = small_world.browser("hugh")
    assert f"/packs/new?of=item:{item_id}" in hugh.get(f"/items/{item_id}").text
    assert "/packs/new" not in hugh.get(f"/items/{bare}").text
    ref = case_of(small_world, "hugh", item_id)
    assert f"/packs/new?of={ref}" in hugh.get(f"/cases/{ref}").text
    assert f'value="{ref}"' in hugh.get(f"/packs/new?kind=hr&of={ref}").text


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=lambda kind: kind.name.value)
def test_every_kind_and_each_of_its_questions_has_words(kind: object) -> None:
    found = KINDS[kind.name]  # type: ignore[attr-defined]
    assert all(pack_words.KIND[found.name])
    for name in found.details:
        assert pack_words.DETAIL[name][0]
        assert pack_form.field_of(name) not in {"subject", "recipient", "authority"}
    assert pack_words.how_to_name(found.rights).startswith("Name a")
