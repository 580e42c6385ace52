"""The real network is put outside the repository alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bluesky_network.installing import HOME, ROOT, CannotInstall, home, outside


@pytest.mark.parametrize("inside", [".", "build", "tests/../build", "tests/bluesky_network/x"])
def test_a_folder_inside_the_repository_is_refused(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(ROOT / inside))
    with pytest.raises(CannotInstall, match="inside the repository"):
        home()


def test_a_link_that_leads_into_the_repository_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(ROOT / "build")
    with pytest.raises(CannotInstall):
        outside(link / "network")


def test_a_folder_elsewhere_is_taken(tmp_path: Path) -> None:
    assert outside(tmp_path / "network") == (tmp_path / "network").resolve()
