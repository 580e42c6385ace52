"""Reads a PDF back as an outside reader would: its words, its structure and its claims."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

_TABLES: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")


def opened(data: bytes) -> pikepdf.Pdf:
    """Return the PDF; it stays open as long as somebody holds it."""
    return pikepdf.open(io.BytesIO(data))


def pages(data: bytes) -> list[str]:
    """Return the words of each page, in the order in which they are drawn."""
    with opened(data) as pdf:
        return ["".join(_words(page)) for page in pdf.pages]


def replacements(data: bytes) -> list[str]:
    """Return what the file gives to those who copy or listen, where it differs from the glyphs."""
    with opened(data) as pdf:
        return [
            str(told.ActualText)
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page, "BDC")
            if isinstance(told := instruction.operands[-1], pikepdf.Dictionary)
            and "/ActualText" in told
        ]


def tags(data: bytes) -> Counter[str]:
    """Return how often each kind of element stands in the structure ("H1", "Table")."""
    with opened(data) as pdf:
        return Counter(_elements(pdf.Root.StructTreeRoot.K))


def claims(data: bytes) -> set[str]:
    """Return the standards that the file says it keeps."""
    with opened(data) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
    found = set()
    if "<pdfuaid:part>1<" in said:
        found.add("PDF/UA-1")
    if "<pdfaid:part>3<" in said and "<pdfaid:conformance>A<" in said:
        found.add("PDF/A-3a")
    return found


def _elements(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from _elements(node.K)


def _words(page: pikepdf.Page) -> Iterator[str]:
    letters: dict[int, str] = {}
    width = 2
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                font = page.Resources.Font[str(operands[0])]
                letters, width = _letters(font), 1 if font.Subtype == "/Type3" else 2
            case "TJ":
                for shown in operands[0]:
                    if isinstance(shown, pikepdf.String):
                        yield _decoded(bytes(shown), letters, width)
            case "Tj":
                yield _decoded(bytes(operands[0]), letters, width)
            case "ET":
                yield "\n"


def _letters(font: Any) -> dict[int, str]:
    table = b"".join(_TABLES.findall(font.ToUnicode.read_bytes()))
    pairs = _CODES.findall(table)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _decoded(shown: bytes, letters: dict[int, str], width: int) -> str:
    codes = (int.from_bytes(shown[at : at + width]) for at in range(0, len(shown), width))
    return "".join(letters.get(code, "?") for code in codes)
