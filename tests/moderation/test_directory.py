"""The staff directory: what a file may look like, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.directory import load, parse
from moderation.errors import InvalidInput
from moderation.model import StaffMember

HEAD = "staff_id,full_name,known_as,role,station_or_department,public_role,org"
DANA = "HM-01,Dana Price,Dee; @dana_price ;,Watch Manager,Larkfield,no,harrowmere"


def csv_of(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def test_parsing_a_line_gives_each_alias_without_its_at_sign() -> None:
    (member,) = parse(csv_of(DANA))
    assert (member.staff_id, member.full_name, member.org) == ("HM-01", "Dana Price", "harrowmere")
    assert member.aliases == ("Dee", "dana_price")
    assert (member.role, member.station, member.public_role) == (
        "Watch Manager",
        "Larkfield",
        False,
    )


def test_more_columns_are_kept_under_their_names() -> None:
    data = f"{HEAD},Pay Number\n{DANA},77\n".encode()
    assert parse(data)[0].more == {"pay_number": "77"}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_taken_as_the_heading_has_them(separator: str) -> None:
    quoted = DANA.replace("Dee; @dana_price ;", '"Dee;dana_price"')
    data = "\n".join((HEAD, quoted)).replace(",", separator).encode()
    assert parse(data)[0].aliases == ("Dee", "dana_price")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = parse(csv_of(DANA))
    assert parse(b"\xef\xbb\xbf" + csv_of(DANA).replace(b"\n", b"\r\n")) == plain


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidInput, match="no column known_as, org"):
        parse(b"staff_id,full_name,role,station_or_department,public_role\n")


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="names org more than once"):
        parse(f"{HEAD},Org\n".encode())


def test_every_fault_is_told_at_once_with_its_line() -> None:
    data = csv_of(
        DANA,
        DANA.replace("Dana Price", "Other Person"),
        ",,,,,perhaps,harrowmere",
        "HM-09,Too,short",
    )
    with pytest.raises(InvalidInput) as raised:
        parse(data)
    told = str(raised.value)
    assert "line 3: staff_id 'HM-01' stands on line 2 already" in told
    assert "line 4: staff_id is empty" in told
    assert "line 4: full_name is empty" in told
    assert "line 4: public_role is 'perhaps', must be yes or no" in told
    assert "line 5: 3 values where the heading has 7" in told


def test_faults_never_tell_a_name() -> None:
    with pytest.raises(InvalidInput) as raised:
        parse(csv_of(DANA, DANA))
    assert "Dana" not in str(raised.value)


def test_the_same_id_in_another_organisation_is_another_person() -> None:
    assert len(parse(csv_of(DANA, DANA.replace("harrowmere", "eastgate")))) == 2


def test_a_file_that_is_not_utf8_is_refused_with_the_way_to_save_it() -> None:
    data = csv_of(DANA.replace("Dana", "Siân")).decode().encode("cp1252")
    with pytest.raises(InvalidInput, match="line 2 is not UTF-8 text; save it as UTF-8"):
        parse(data)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["none", "blank", "bom"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        parse(data)


def test_a_value_may_run_over_lines_and_later_faults_keep_their_line() -> None:
    data = csv_of(DANA.replace("Watch Manager", '"Watch\nManager"'), "HM-02,,,,,no,harrowmere")
    with pytest.raises(InvalidInput, match="line 4: full_name is empty"):
        parse(data)


def test_an_unclosed_quote_is_told_with_its_line() -> None:
    with pytest.raises(InvalidInput, match="line 2"):
        parse(csv_of('HM-01,"Dana'))


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        load(tmp_path / "staff.csv")


def read_or_refused(data: bytes) -> tuple[StaffMember, ...] | str:
    """Return the members, or what was said of a file that cannot be read."""
    try:
        return parse(data)
    except InvalidInput as err:
        return str(err)


@given(st.binary(max_size=300))
def test_any_bytes_are_either_read_or_refused(data: bytes) -> None:
    answer = read_or_refused(data)
    assert isinstance(answer, tuple) or answer.startswith("staff directory:")


@given(st.text(max_size=200))
def test_any_text_under_a_heading_gives_whole_members_or_a_line_number(text: str) -> None:
    answer = read_or_refused(f"{HEAD}\n{text}".encode("utf-8", "replace"))
    if isinstance(answer, str):
        assert "line" in answer or "heading" in answer
    else:
        assert all(member.staff_id and member.full_name for member in answer)
