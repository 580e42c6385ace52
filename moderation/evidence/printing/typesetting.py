"""Sets a template of ours with somebody else's data: as a picture, or as a PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import typst

from moderation.evidence.printing.fonts import Fonts

_HERE: Final = Path(__file__).parent
PPI: Final = 144.0
"""Dots per inch of a picture."""


class Refused(Exception):
    """The compiler would not set this; nothing was made."""


def picture(
    template: str, data: Mapping[str, Any], fonts: Fonts, files: Mapping[str, bytes]
) -> bytes:
    """Return a PNG of one page. Raises Refused."""
    return _compiled(template, data, fonts, files, "png", ())


def pdf(
    template: str,
    data: Mapping[str, Any],
    fonts: Fonts,
    files: Mapping[str, bytes],
    standards: Sequence[str],
) -> bytes:
    """Return a PDF that keeps the standards. Raises Refused where it could not keep them."""
    return _compiled(template, data, fonts, files, "pdf", standards)


def _compiled(
    template: str,
    data: Mapping[str, Any],
    fonts: Fonts,
    files: Mapping[str, bytes],
    form: Literal["png", "pdf"],
    standards: Sequence[Any],
) -> bytes:
    """Compile in a folder that holds nothing but the files given.

    Data goes in as data: no text becomes part of the template, so none is ever run.
    """
    with TemporaryDirectory(prefix="watchroom-") as root:
        for name, content in files.items():
            (Path(root) / name).write_bytes(content)
        compiler = typst.Compiler(
            _source(template),
            root=root,
            font_paths=fonts.loaded,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps({**data, "families": fonts.families})},
        )
        try:
            made = compiler.compile(format=form, ppi=PPI, pdf_standards=list(standards))
        except typst.TypstError as err:
            raise Refused(str(err)) from err
    if not isinstance(made, bytes):
        raise Refused(f"{template} takes more than one page")
    return made


@cache
def _source(template: str) -> bytes:
    return (_HERE / template).read_bytes()
