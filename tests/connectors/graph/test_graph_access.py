"""A check proves whose access it is, names what it lacks, and every setting is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.contract import AuthLost, Kind, Permanent, PermissionMissing, Transient
from connectors.meta import facebook_page, instagram
from connectors.registry import connect
from moderation.errors import SettingsError
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn, GraphStandIn, InstagramStandIn, connected
from tests.standins.means import means


@pytest.fixture(params=["facebook_page", "instagram"])
def both(
    request: pytest.FixtureRequest, page: FacebookStandIn, account: InstagramStandIn
) -> tuple[GraphStandIn, Kind]:
    """Give each platform in turn."""
    if request.param == "instagram":
        return account, instagram.KIND
    return page, facebook_page.KIND


def test_a_good_access_names_its_account(both: tuple[GraphStandIn, Kind], tmp_path: Path) -> None:
    server, kind = both
    checked = connected(server, kind, tmp_path).check()
    assert checked.native_id == server.subscribed()
    assert checked.name in {"Northmoor Fire and Rescue", "northmoor.fire"}
    assert (checked.missing, checked.expires_at) == ((), None)


@pytest.mark.parametrize("tells", [True, False], ids=["it is told", "only reading tells"])
def test_a_missing_permission_to_read_is_named(
    both: tuple[GraphStandIn, Kind], tmp_path: Path, tells: bool
) -> None:
    server, kind = both
    server.tells_permissions = tells
    lost = "pages_read_user_content" if kind is facebook_page.KIND else "instagram_manage_comments"
    server.comment(server.post(), "One")
    server.lose_permission(lost)
    assert connected(server, kind, tmp_path).check().missing == (lost,)


def test_a_missing_permission_to_act_is_named_where_it_is_told(
    page: FacebookStandIn, tmp_path: Path
) -> None:
    page.tells_permissions = True
    page.lose_permission("pages_manage_engagement")
    checked = connected(page, facebook_page.KIND, tmp_path).check()
    assert checked.missing == ("pages_manage_engagement",)


def test_what_only_deliveries_need_is_not_missed(page: FacebookStandIn, tmp_path: Path) -> None:
    page.tells_permissions = True
    assert "pages_manage_metadata" in facebook_page.KIND.permissions
    assert connected(page, facebook_page.KIND, tmp_path).check().missing == ()


def test_an_access_to_another_page_is_refused_with_its_name(
    page: FacebookStandIn, tmp_path: Path
) -> None:
    page.me = ("999", "Southmoor Borough Council")
    with pytest.raises(
        Permanent, match=r"another account \(Southmoor Borough Council 999\).*page_id"
    ):
        connected(page, facebook_page.KIND, tmp_path).check()


def test_an_access_to_another_instagram_account_is_refused(
    account: InstagramStandIn, tmp_path: Path
) -> None:
    settings = {**account.settings(), "user_id": "17841400000000099"}
    given = means(tmp_path, **account.secrets())
    with pytest.raises(Permanent, match=r"another account \(Northmoor.*user_id"):
        instagram.connect(settings, given).check()


def test_a_dead_token_is_told_with_what_to_do(
    both: tuple[GraphStandIn, Kind], tmp_path: Path
) -> None:
    server, kind = both
    server.dead = 463
    with pytest.raises(AuthLost, match=r"it has expired\. Make a new one and enter it"):
        connected(server, kind, tmp_path).check()


def test_a_lost_role_is_no_dead_token(both: tuple[GraphStandIn, Kind], tmp_path: Path) -> None:
    server, kind = both
    server.role = False
    with pytest.raises(PermissionMissing, match="a role on the Page"):
        connected(server, kind, tmp_path).check()


def test_a_wrong_app_secret_is_told(both: tuple[GraphStandIn, Kind], tmp_path: Path) -> None:
    server, kind = both
    server.app_secret = "right"
    given = means(tmp_path, access_token=server.token, app_secret="wrong")
    with pytest.raises(Permanent, match="app_secret"):
        kind.connect(server.settings(), given).check()


@pytest.mark.parametrize("fault", [Fault.HTML_200, Fault.SERVER_ERROR, Fault.TRUNCATED], ids=str)
def test_a_check_that_fails_on_the_way_says_nothing_of_the_access(
    both: tuple[GraphStandIn, Kind], tmp_path: Path, fault: Fault
) -> None:
    server, kind = both
    server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient):
        connected(server, kind, tmp_path).check()


@pytest.mark.parametrize("value", ["", "abc", "12 34", "-1", "1/2", "٣", "9" * 40])
@pytest.mark.parametrize("name", ["facebook_page", "instagram"])
def test_an_account_is_named_by_its_number(tmp_path: Path, name: str, value: str) -> None:
    setting = "page_id" if name == "facebook_page" else "user_id"
    with pytest.raises(SettingsError, match=setting):
        connect(name, {setting: value}, means(tmp_path, access_token="t"))


@pytest.mark.parametrize("value", ["26", "v26", "../v26.0", "v26.0/me", "latest"])
def test_a_version_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    settings = {"page_id": "1", "api_version": value}
    with pytest.raises(SettingsError, match="api_version"):
        connect("facebook_page", settings, means(tmp_path, access_token="t"))


def test_without_a_token_there_is_no_connector(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="access_token"):
        connect("facebook_page", {"page_id": "1"}, means(tmp_path))


def test_the_version_stands_in_every_path(page: FacebookStandIn, tmp_path: Path) -> None:
    settings = {**page.settings(), "api_version": "v27.0"}
    given = means(tmp_path, **page.secrets())
    with pytest.raises(Permanent):
        facebook_page.connect(settings, given).check()
    assert {entry.path.split("/")[1] for entry in page.journal} == {"v27.0"}
