"""Packs: the register of them, asking for one, waiting for it, and fetching and handing it over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import Right
from moderation.checkpoints import public_keys
from moderation.errors import NotFound
from moderation.evidence.packs import consent, register
from moderation.evidence.packs.choosing import may, require
from moderation.evidence.packs.kinds import KINDS
from moderation.evidence.packs.shape import Kind, Subject
from moderation.evidence.packs.signer import Signer, signer_of
from moderation.evidence.seal import SigningKey
from moderation.queries import disclosures
from moderation.queries.disclosures import Line
from moderation.tables import CaseRow, PackKind
from review_ui import forms, pack_form, pack_words, shell
from review_ui.evidence_files import SANDBOX
from review_ui.pack_form import Form
from review_ui.sheet import Sheet
from review_ui.shell import needs

pages = Blueprint("packs", __name__, url_prefix="/packs")

_ASKERS: Final = tuple(right for right in disclosures.READERS if right is not Right.SEE_AUDIT)
# Far beyond any register, and still a number that a database can skip rows by.
_LAST_PAGE: Final = 100_000
_NOT_ON_DISK: Final = (
    "The file of this pack is not where it was put. Tell the person who runs Watchroom, and ask "
    "for the pack anew."
)


@pages.get("")
@needs(*disclosures.READERS)
def show_all() -> str:
    """List the packs that the person may see, newest first, or those of one thing alone."""
    about = forms.text(request.args, "about", maximum=80)
    page = min(forms.maybe_integer(request.args, "page") or 1, _LAST_PAGE)
    actor = shell.actor()
    with shell.reading() as session:
        found = disclosures.list_disclosures(session, actor, about=about, page=page)
    return render_template(
        "packs.html", found=found, about=about, may_ask=disclosures.may_ask(actor)
    )


@pages.get("/new")
@needs(*_ASKERS)
def new() -> str:
    """Show the kinds to choose from, and then the form of the kind that was chosen."""
    of = forms.text(request.args, "of", maximum=pack_form.LONGEST_SUBJECT)
    if not request.args.get("kind"):
        return render_template("pack_new.html", kinds=_kinds_for(of), of=of, says=pack_words.KIND)
    return _form(_kind(request.args), {"subject": of}, Sheet())


@pages.post("/new")
@needs(*_ASKERS)
def create() -> AnyResponse | tuple[str, int]:
    """Put the pack on the register, or say what is to be corrected."""
    actor, kind = shell.actor(), _kind(request.form)
    with shell.reading() as session:
        asked, sheet = pack_form.read_request(session, kind, request.form, actor, shell.now())
    if asked is None:
        return _form(kind, request.form, sheet), 400
    with shell.transaction() as session:
        form_id = forms.form_id(request.form)
        row = register.ask(session, asked, form_id=form_id, actor=actor, now=shell.now())
        ref = row.ref
    return _back(ref)


@pages.get("/<string:ref>")
@needs(*disclosures.READERS)
def show(ref: str) -> str:
    """Show one pack: how far it is, or what to do with it."""
    return _page(ref, {}, Sheet())


@pages.get("/<string:ref>/mark")
@needs(*disclosures.READERS)
def mark(ref: str) -> Response:
    """Return a word that changes with what the page shows, so that an open page follows."""
    with shell.reading() as session:
        said = disclosures.mark(session, shell.actor(), ref)
    return Response(f"{said}\n", mimetype="text/plain")


@pages.get("/<string:ref>/pack.zip")
@needs(*_ASKERS)
def fetch(ref: str) -> Response:
    """Hand out the file; the chain keeps who took it before a byte goes out."""
    with shell.transaction() as session:
        found = disclosures.download(session, shell.actor(), ref, now=shell.now())
        path = Path(shell.settings().packs_dir) / found.path
        if not path.is_file():
            raise NotFound(_NOT_ON_DISK)
    # Whole or not at all: each part of a file that is fetched in parts would be a line of its own.
    answer = send_file(
        path.absolute(), "application/zip", True, found.name, conditional=False, etag=False
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@pages.post("/<string:ref>/again")
@needs(*_ASKERS)
def ask_again(ref: str) -> AnyResponse:
    """Have a pack made that could not be made before."""
    with shell.transaction() as session:
        register.ask_again(session, ref, actor=shell.actor(), now=shell.now())
    return _back(ref)


@pages.post("/<string:ref>/hand-over")
@needs(*_ASKERS)
def hand_over(ref: str) -> AnyResponse | tuple[str, int]:
    """Record who was given the pack, and how."""
    form, sheet = request.form, Sheet()
    to = _needed(sheet, "to", "Who was given it")
    how = _needed(sheet, "how", "How it was given")
    if sheet.faults:
        return _page(ref, form, sheet), 400
    with shell.transaction() as session:
        register.hand_over(session, ref, to=to, how=how, actor=shell.actor(), now=shell.now())
    flash("Recorded: the pack was handed over.", "success")
    return _back(ref)


@pages.post("/<string:ref>/withdraw")
@needs(*_ASKERS)
def withdraw(ref: str) -> AnyResponse | tuple[str, int]:
    """Take back a pack that nobody was given."""
    sheet = Sheet()
    reason = _needed(sheet, "reason", "The reason")
    if sheet.faults:
        return _page(ref, request.form, sheet), 400
    with shell.transaction() as session:
        register.withdraw(session, ref, reason=reason, actor=shell.actor(), now=shell.now())
    flash("The pack was withdrawn. Its file goes; its line stays.", "success")
    return _back(ref)


def _kinds_for(of: str) -> list[Kind]:
    """Return the kinds that the person may ask for, about this where it is a case or an item."""
    sorts = list(Subject)
    if of:
        sorts = [Subject.CASE if of.upper().startswith("C-") else Subject.ITEM]
    actor = shell.actor()
    return [kind for kind in KINDS.values() if any(may(kind, sort, actor) for sort in sorts)]


def _kind(values: Form) -> Kind:
    """Return the kind that was chosen. Raises NotAllowed when the role may have none of it."""
    kind = KINDS[forms.choice(values, "kind", PackKind, label="Whom it is for")]
    if not _sorts(kind):
        require(next(iter(kind.rights.values())), shell.actor())
    return kind


def _sorts(kind: Kind) -> list[Subject]:
    return [sort for sort in kind.rights if may(kind, sort, shell.actor())]


def _form(kind: Kind, typed: Form, sheet: Sheet) -> str:
    return render_template(
        "pack_form.html",
        kind=kind,
        typed=typed,
        faults=sheet.faults,
        wrong=sheet.by_field(),
        says=pack_words.KIND[kind.name],
        how_to_name=pack_words.how_to_name(_sorts(kind)),
        consents=_consents(),
        case=_case_on_record(kind, typed),
        on_record=pack_words.ON_RECORD,
        may_override=shell.actor().may(Right.OVERRIDE_CONSENT),
        details=[
            (pack_form.field_of(name), *pack_words.DETAIL[name], detail)
            for name, detail in kind.details.items()
        ],
        one_line=pack_form.ONE_LINE,
    )


def _case_on_record(kind: Kind, typed: Form) -> CaseRow | None:
    """Return the case that the pack is to be of, where its consent counts for the pack."""
    if not kind.needs_consent:
        return None
    with shell.transaction() as session:
        named = typed.get("subject", "")
        return consent.case_on_record(session, named, shell.actor(), now=shell.now())


def _consents() -> list[tuple[str, str]]:
    """Return the answers about consent that the person may give."""
    said = pack_words.CONSENT
    if not shell.actor().may(Right.OVERRIDE_CONSENT):
        said = {code: words for code, words in said.items() if code != consent.OVERRIDDEN}
    return list(said.items())


def _page(ref: str, typed: Form, sheet: Sheet) -> str:
    with shell.transaction() as session:
        line = disclosures.one_disclosure(session, shell.actor(), ref, now=shell.now())
    row, kind = line.row, KINDS[line.row.kind]
    return render_template(
        "pack.html",
        line=line,
        row=row,
        kind=kind,
        mark=disclosures.mark_of(row),
        told=[
            (pack_words.DETAIL[name][0], row.details[name])
            for name in kind.details
            if name in row.details
        ],
        consent=pack_words.CONSENT[row.consent] if kind.needs_consent else "",
        of=_address_of(line),
        typed=typed,
        faults=sheet.faults,
        wrong=sheet.by_field(),
        signer=_signer(line),
    )


def _signer(line: Line) -> Signer | None:
    """Return whose key signed the file, for the reader to compare; None where there is no file."""
    if not line.has_file or line.row.path is None:
        return None
    settings = shell.settings()
    present = SigningKey.of(settings.keys_dir).fingerprint
    known = public_keys(settings.keys_dir)
    return signer_of(Path(settings.packs_dir) / line.row.path, present, known)


def _address_of(line: Line) -> str:
    """Return where the page of what it is of stands; empty for what has no page of its own."""
    sort, _, number = line.row.about.partition(":")
    if not line.is_usable or sort not in {"case", "item"}:
        return ""
    if sort == "case":
        return url_for("cases.show", ref=line.row.subject.strip().upper())
    return url_for("item.show", item_id=int(number))


def _needed(sheet: Sheet, name: str, label: str) -> str:
    return sheet.read(name, lambda: forms.text(request.form, name, minimum=3, label=label), "")


def _back(ref: str) -> AnyResponse:
    return redirect(url_for("packs.show", ref=ref), code=303)
