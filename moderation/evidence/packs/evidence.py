"""The plain pack: the sealed records as they are, for whoever in the house may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from moderation.access import Right
from moderation.evidence.exhibits import as_csv
from moderation.evidence.packs.shape import Kind, Matter, Parts, Subject
from moderation.evidence.packs.withholding import Rule
from moderation.evidence.trail import Shown
from moderation.tables import PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _parts(_session: Session, matter: Matter) -> Parts:
    return Parts(files={"exhibits.csv": as_csv(matter.contents)} if matter.contents else {})


KIND: Final = Kind(
    name=PackKind.EVIDENCE,
    title="EVIDENCE PACK",
    rights={Subject.CASE: Right.WORK_CASE, Subject.ITEM: Right.CAPTURE},
    what=(
        "Evidence of comments, messages or other contacts: everything that was sealed of them, for "
        "people of the organisation. It is not meant to be handed to anybody outside: a pack for "
        "the police, a platform or a person holds what each of them may have."
    ),
    inside=(("exhibits.csv", "the list of exhibits, one line each"),),
    outside=("What was not captured. The list of exhibits names each.",),
    parts=_parts,
    rule=Rule(),
    shown=Shown(),
    with_additions=True,
)
