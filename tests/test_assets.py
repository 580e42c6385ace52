"""The built front-end files carry no branding, and the build refuses files that do."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "review_ui" / "static" / "vendor"


def test_the_built_files_carry_no_branding_and_no_address_that_leads_nowhere() -> None:
    assert hatch_build.is_built(ROOT)
    assert list(hatch_build.branding_left(BUILT)) == []


def test_the_built_styles_keep_what_the_pages_use() -> None:
    styles = (BUILT / "govuk-frontend.min.css").read_text()
    assert ".govuk-button{" in styles
    assert "font-family:arial,sans-serif" in styles
    assert ".moj-badge{" in (BUILT / "moj-frontend.min.css").read_text()


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("font.css", "@font-face{font-family:x}"),
        ("name.css", "p{font-family:GDS Transport,arial}"),
        ("address.css", "p{background:url(/assets/images/x.svg)}"),
        ("nowhere.css", "p{background:url(images/missing.svg)}"),
        ("govuk-crest.css", "p{}"),
    ],
)
def test_branding_that_is_left_is_named(tmp_path: Path, name: str, css: str) -> None:
    (tmp_path / name).write_text(css)
    assert any(name in fault for fault in hatch_build.branding_left(tmp_path))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a{}@font-face{src:url(/assets/fonts/x.woff2)}b{}", "a{}b{}"),
        ("p{font-family:GDS Transport,arial,sans-serif}", "p{font-family:arial,sans-serif}"),
        ('p{font-family:"GDS Transport",arial}', "p{font-family:arial}"),
        ("p{color:red;background-image:url(/assets/images/govuk-crest.svg);top:0}",
         "p{color:red;top:0}"),
        ("p{-webkit-mask-image:url(/assets/images/govuk-crest.svg)}", "p{}"),
        ("p{background:url(/assets/images/icon.svg)}", "p{background:url(images/icon.svg)}"),
        ("p{}/*# sourceMappingURL=x.css.map */", "p{}"),
    ],
)  # fmt: skip
def test_branding_is_taken_out_and_the_rest_stays(before: str, after: str) -> None:
    assert hatch_build.unbranded(before) == after


def test_a_new_lock_file_asks_for_a_new_build(tmp_path: Path) -> None:
    for name in ("package-lock.json", "hatch_build.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    assert not hatch_build.is_built(tmp_path)
    for folder in (hatch_build.vendor(tmp_path), hatch_build.fonts(tmp_path)):
        assert not hatch_build.is_built(tmp_path)
        folder.mkdir(parents=True)
        (folder / "BUILT").write_text(hatch_build.fingerprint(tmp_path))
    assert hatch_build.is_built(tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    assert not hatch_build.is_built(tmp_path)


def test_no_front_end_file_of_others_is_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    made = {"review_ui/static/vendor/", "moderation/evidence/printing/fonts/"}
    assert {"node_modules/", *made} <= set(ignored)
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert set(packed["artifacts"]) == {f"{folder}**" for folder in made}


def test_the_hook_reads_fonts_with_the_version_of_the_constraints() -> None:
    assert hatch_build.FONT_TOOLS in (ROOT / "constraints.txt").read_text().splitlines()


@pytest.mark.parametrize(
    ("points", "ranges"), [([], []), ([5], [[5, 5]]), ([9, 1, 2, 3, 7], [[1, 3], [7, 7], [9, 9]])]
)
def test_ranges_cover_exactly_the_code_points(points: list[int], ranges: list[list[int]]) -> None:
    assert hatch_build.ranges_of(points) == ranges
