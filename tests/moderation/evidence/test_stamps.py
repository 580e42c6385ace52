"""A stamp is believed when it answers our question and leads to our root, and else never."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.errors import SettingsError
from moderation.evidence.stamps import Anchors, Query, Refused, check
from tests.standins.stamp_authority import StampAuthority, Trick

MANIFEST = b"0" * 64 + b"  record.json\n"


Opening = Callable[..., StampAuthority]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    """Opens authorities that close when the module is done."""
    folder = tmp_path_factory.mktemp("authorities")
    with ExitStack() as stack:
        yield lambda *name, **more: stack.enter_context(StampAuthority(folder, *name, **more))


@pytest.fixture(scope="module")
def good(opened: Opening) -> StampAuthority:
    return opened()


@pytest.fixture
def authority(good: StampAuthority) -> Iterator[StampAuthority]:
    yield good
    good.trick = None


def anchors(authority: StampAuthority, *, is_pinned: bool = False) -> Anchors:
    return Anchors.of(authority.authority(is_pinned=is_pinned))


def refusal(answer: bytes, trusted: Anchors, message: bytes = MANIFEST, nonce: int = 0) -> str:
    with pytest.raises(Refused) as caught:
        check(answer, message, trusted, nonce or None)
    return str(caught.value)


def test_a_question_holds_a_sha256_and_nothing_of_what_is_stamped() -> None:
    query = Query.over(MANIFEST)
    assert hashlib.sha256(MANIFEST).digest() in query.der
    assert MANIFEST not in query.der
    assert query.nonce != Query.over(MANIFEST).nonce


@pytest.mark.parametrize("is_pinned", [False, True])
def test_a_good_stamp_says_the_authoritys_time(authority: StampAuthority, is_pinned: bool) -> None:
    query = Query.over(MANIFEST)
    answer = authority.reply(query.der)
    token = check(answer, MANIFEST, anchors(authority, is_pinned=is_pinned), query.nonce)
    assert abs(token.stamped_at - datetime.now(UTC)) < timedelta(seconds=10)
    assert int(token.serial, 16) > 0
    assert check(answer, MANIFEST, anchors(authority)) == token


def test_a_signer_below_another_authority_needs_the_chain_of_the_settings(opened: Opening) -> None:
    between = opened("between", between=True)
    query = Query.over(MANIFEST)
    answer = between.reply(query.der)
    assert check(answer, MANIFEST, anchors(between), query.nonce).serial
    alone = Anchors((between.root.certificate,))
    assert "does not lead to the authority's root" in refusal(answer, alone)


def test_a_stamp_that_we_take_is_one_that_openssl_takes(
    authority: StampAuthority, tmp_path: Path
) -> None:
    query = Query.over(MANIFEST)
    answer = authority.reply(query.der)
    check(answer, MANIFEST, anchors(authority), query.nonce)
    (tmp_path / "manifest").write_bytes(MANIFEST)
    (tmp_path / "stamp.tsr").write_bytes(answer)
    done = subprocess.run(
        f"openssl ts -verify -data manifest -in stamp.tsr -CAfile {authority.ca}".split(),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("trick", "says"),
    [
        (Trick.OTHER_NONCE, "answers another question"),
        (Trick.OTHER_MESSAGE, "is over something else"),
        (Trick.REFUSAL, "did not grant the time stamp"),
    ],
)
def test_an_answer_to_something_else_is_refused(
    authority: StampAuthority, trick: Trick, says: str
) -> None:
    authority.trick = trick
    query = Query.over(MANIFEST)
    assert says in refusal(authority.reply(query.der), anchors(authority), nonce=query.nonce)


def test_a_changed_message_is_refused(authority: StampAuthority) -> None:
    answer = authority.reply(Query.over(MANIFEST).der)
    assert "over something else" in refusal(answer, anchors(authority), MANIFEST + b"\n")


def test_another_authoritys_stamp_is_refused(authority: StampAuthority, opened: Opening) -> None:
    other = opened("other")
    answer = other.reply(Query.over(MANIFEST).der)
    assert "does not lead to the authority's root" in refusal(answer, anchors(authority))
    assert "not by the certificate" in refusal(answer, anchors(authority, is_pinned=True))


def test_a_rogue_that_brings_its_own_root_along_is_refused(
    authority: StampAuthority, opened: Opening
) -> None:
    rogue = opened("rogue", brings_root=True)
    query = Query.over(MANIFEST)
    answer = rogue.reply(query.der)
    # It is a whole answer, which those who trust the rogue take.
    assert check(answer, MANIFEST, anchors(rogue), query.nonce)
    for is_pinned in (False, True):
        assert refusal(answer, anchors(authority, is_pinned=is_pinned), nonce=query.nonce)


def test_a_stamp_from_before_its_signer_was_certified_is_refused(
    authority: StampAuthority,
) -> None:
    query = Query.over(MANIFEST)
    answer = authority.reply(query.der)
    year = datetime.now(UTC).strftime("%Y").encode()
    at = answer.index(b"\x18\x0f" + year)
    earlier = answer[: at + 2] + b"2001" + answer[at + 6 :]
    assert refusal(earlier, anchors(authority), nonce=query.nonce)


def test_no_changed_byte_makes_another_stamp_or_an_unforeseen_error(
    authority: StampAuthority,
) -> None:
    query = Query.over(MANIFEST)
    answer = authority.reply(query.der)
    trusted, good = anchors(authority), check(answer, MANIFEST, anchors(authority))
    refused = 0
    for place in range(len(answer)):
        changed = bytearray(answer)
        changed[place] ^= 1 << place % 8
        try:
            assert check(bytes(changed), MANIFEST, trusted, query.nonce) == good
        except Refused:
            refused += 1
    # A few bytes of the envelope mean nothing: what they hold does not change what is said.
    assert refused > 0.95 * len(answer)


@pytest.mark.parametrize(
    "answer", [b"", b"0", b"\x30\x80", b"<html>", b"\x30\x03\x02\x01\x00", bytes(5000)]
)
def test_what_is_no_answer_is_refused(authority: StampAuthority, answer: bytes) -> None:
    assert refusal(answer, anchors(authority))


def test_half_an_answer_is_refused(authority: StampAuthority) -> None:
    answer = authority.reply(Query.over(MANIFEST).der)
    for length in range(0, len(answer), 37):
        assert refusal(answer[:length], anchors(authority))


def test_a_file_that_holds_no_certificate_is_a_fault_of_the_settings(
    authority: StampAuthority,
) -> None:
    empty = authority.ca.with_name("empty.pem")
    empty.write_text("-----BEGIN CERTIFICATE-----\nMAo=\n")
    wrong = authority.authority()
    with pytest.raises(SettingsError, match="Check the WATCHROOM_TSA settings"):
        Anchors.of(replace(wrong, ca=empty))
