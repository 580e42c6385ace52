"""Finds who holds a role that a text speaks of: “the Chief”, “your head”, “the bin manager”."""

from __future__ import annotations

from moderation.targets.index import Directory
from moderation.targets.listing import listed
from moderation.targets.people import Entry
from moderation.targets.reading import Words
from moderation.targets.role_words import BOSSES, FIELDS
from moderation.targets.words import DETERMINERS, RANKS

_NOT_IN_POST = listed("deputy assistant former ex acting vice next")
_ANY = listed(
    """
    a an any another some certain every each no senior junior previous old
    """
)
_AFTER_HEAD = listed(
    """
    is was has should needs just cant doesnt didnt thinks says said wants must knows
    """
)
# Of these an organisation has one for each field; of nurses and call handlers it has many, though
# its directory may list one.
_ONE_OF_A_KIND = listed(
    """
    manager chief head director commander matron warden principal headteacher headmaster
    headmistress lead leader caretaker inspector teacher librarian chaplain registrar secretary
    coordinator ranger planner chair governor senco bursar superintendent boss vicar deputy lady
    """
)
# These officers are the only ones of their kind, unlike housing or planning officers.
_ONE_OFFICER = listed(
    """
    monitoring tree licensing press attendance elections safeguarding conservation chief
    """
)
_BACK = 4
_NEW = frozenset({"new", "bloody", "fucking", "useless"})


def role_holder(words: Words, at: int, entry: Entry) -> tuple[int, set[int], set[int]] | None:
    """Return (end, holders, holders in a public role) of the role that stands at a word, if any."""
    low = words.low
    before = set(low[max(0, at - 2) : at])
    for role in entry.roles:
        end = at + len(role.words)
        if low[at:end] != role.words:
            continue
        if before & _ANY or (at and low[at - 1] in _NOT_IN_POST):
            return None
        if at and low[at - 1] == "new" and not before & DETERMINERS:
            return None
        if end < len(low) and (low[end] in RANKS or low[end] in _NOT_HOLDER_BEFORE):
            return None
        if len(role.words) == 1 and not _is_holder(words, at):
            return None
        return end, role.holders, role.public
    return None


_NOT_HOLDER_BEFORE = listed("needed wanted vacancy job post role")


def _is_holder(words: Words, at: int) -> bool:
    """Return whether a one-word role (the chief, the head) stands for a person here."""
    low, raw = words.low, words.raw[at]
    pointed = at > 0 and (low[at - 1] in DETERMINERS or (low[at - 1] in _NEW and at > 1))
    if len(low[at]) <= 2:
        return raw.isupper() and pointed
    if low[at] == "head":
        owns = raw.endswith("'s") and raw[0].isupper()
        person = at + 1 < len(low) and low[at + 1] in _AFTER_HEAD
        return owns or person or (pointed and at + 1 == len(low))
    return pointed or raw[0].isupper() or low[at] in ("headteacher", "ceo", "dcfo", "acfo", "cfo")


def is_one_of_a_kind(role: str) -> bool:
    """Return whether an organisation has one of such a role; role is written as in a text."""
    words = role.casefold().removesuffix("'s").split()
    if not words:
        return False
    if words[0] == "lollipop":
        return True
    last = words[-1].removesuffix("s") if words[-1] not in _ONE_OF_A_KIND else words[-1]
    if last in _ONE_OF_A_KIND:
        return True
    return last == "officer" and not _ONE_OFFICER.isdisjoint(words)


def described_role(words: Words, directory: Directory) -> tuple[int, int, int] | None:
    """Return (start, end, who) of the first role that is described rather than named, if any.

    “The bin manager” is the one manager, supervisor or head whose work is waste.
    """
    low = words.low
    if BOSSES.keys().isdisjoint(low):
        return None
    for at, word in enumerate(low):
        if word not in BOSSES:
            continue
        start = next(
            (b for b in range(at - 1, max(-1, at - 1 - _BACK), -1) if low[b] in DETERMINERS), None
        )
        if start is None or words.sentence_ends(start, at):
            continue
        fields = [low[place] for place in range(start + 1, at)]
        end = at + 1
        if low[end : end + 1] == ("of",) or low[end : end + 1] == ("for",):
            fields += low[end + 1 : end + 3]
            end += 2
        who = _who_works_on(fields, BOSSES[word], directory)
        if len(who) == 1:
            return start, min(end, len(low)), min(who)
    return None


def _who_works_on(fields: list[str], heads: frozenset[str], directory: Directory) -> set[int]:
    """Return those in charge of what the words speak of; other words are passed over."""
    who: set[int] | None = None
    for field in fields:
        if field in _NOT_IN_POST or field in RANKS:
            return set()
        alike = {field, *FIELDS.get(field, ())}
        known = set().union(*(directory.fields.get(one, set()) for one in alike))
        if known:
            who = known if who is None else who & known
    people = directory.people
    return {one for one in who or () if people[one].role_words & heads}
