"""One author against several members of staff: noted for a person, and nothing more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from moderation.tables import AlertRow, PatternItemRow, PatternKind, PatternRow
from tests.moderation.test_patterns import DANA, SAM, abuse, proposed, unfriendly, write
from tests.world import NOW, World

DAY = timedelta(days=1)
WHY = "The same author went for 2 members of staff: look at them together"


def several(world: World) -> list[PatternRow]:
    with world.store.reading() as session:
        kind = PatternRow.kind == PatternKind.GROUP_COURSE_POSSIBLE
        return list(session.scalars(select(PatternRow).where(kind).order_by(PatternRow.id)))


def test_abuse_of_two_people_by_one_author_is_noted_and_no_graver(world: World) -> None:
    write(world, NOW, made=abuse(DANA))
    assert several(world) == []
    write(world, NOW + 3 * DAY, made=abuse(SAM))
    pattern = several(world)[0]
    assert (pattern.target_staff_id, pattern.author_ref, pattern.occasions) == ("", "angry", 2)
    assert pattern.says == "2 members of staff in 4 days"
    first, second = proposed(world)
    assert second.reasons[-1] == WHY
    assert WHY not in first.reasons
    assert second.severity == first.severity


def test_it_alerts_nobody(world: World) -> None:
    write(world, NOW, made=abuse(DANA))
    write(world, NOW + 3 * DAY, made=abuse(SAM))
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AlertRow)) == 0


def test_a_third_person_joins_the_same_pattern(world: World) -> None:
    write(world, NOW, made=abuse(DANA))
    write(world, NOW + DAY, made=abuse(SAM))
    write(world, NOW + 2 * DAY, made=abuse(DANA))
    pattern, *others = several(world)
    assert others == []
    assert pattern.occasions == 3
    with world.store.reading() as session:
        count = session.scalar(select(func.count()).where(PatternItemRow.pattern_id == pattern.id))
    assert count == 3


def test_criticism_other_authors_and_old_abuse_do_not_count(world: World) -> None:
    write(world, NOW, made=unfriendly())
    write(world, NOW + DAY, made=abuse(SAM))
    write(world, NOW + 100 * DAY, made=abuse(DANA))
    write(world, NOW + DAY, made=abuse(DANA), author=None)
    assert several(world) == []
