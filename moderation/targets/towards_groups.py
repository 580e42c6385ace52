"""Steps that find more than one person: a team, the service, public figures, people of a kind."""

from __future__ import annotations

from dataclasses import replace

from moderation.targets.confidence import Confidence
from moderation.targets.listing import listed
from moderation.targets.view import Target, View, person
from moderation.targets.words import GROUP, Points
from moderation.taxonomy import TargetType

# “How do you book”, “see you there”, “if you ask me”: said to anybody.
_ANYBODY = listed("do did can could see if have when")


def you_all(view: View) -> Target | None:
    """“You lot” speaks to the people who work there."""
    if not view.sees(Points.YOU_ALL):
        return None
    return _group(view, Points.YOU_ALL)


def _group(view: View, point: int) -> Target:
    words = view.quoted(point)
    return Target(
        TargetType.STAFF_GROUP, words=words, why=f"It speaks of staff as a group: “{words[0]}”"
    )


def characteristic(view: View) -> Target | None:
    """“Muslims ...” speaks of people for what they are."""
    return _by_characteristic(view, Points.CHARACTERISTIC)


def maybe_characteristic(view: View) -> Target | None:
    """A word that may speak of people for what they are, where nothing else is aimed at."""
    return _by_characteristic(view, Points.MAYBE_CHARACTERISTIC)


def _by_characteristic(view: View, point: int) -> Target | None:
    if not view.sees(point):
        return None
    end = view.found.places[point][1]
    if view.words.low[end : end + 1] and view.words.low[end] in GROUP:
        return _group(view, Points.GROUP)
    words = view.quoted(point)
    return Target(
        TargetType.GROUP_BY_CHARACTERISTIC,
        words=words,
        why=f"It speaks of a group of people for what they are: “{words[0]}”",
    )


def staff_or_service(view: View) -> Target | None:
    """“Your nurses” is a group of staff, “this council” the service; the first word decides."""
    places = view.found.places
    if view.sees(Points.GROUP):
        start = places[Points.GROUP][0]
        service = places.get(Points.SERVICE)
        # “This council's staff” is the staff, not the council.
        if service is None or start < service[0] or start - service[1] < 2:
            return _group(view, Points.GROUP)
    if view.sees(Points.SERVICE):
        words = view.quoted(Points.SERVICE)
        return _service(words, f"It speaks of the organisation: “{words[0]}”")
    if view.mentions_us:
        return _service((), "It mentions the organisation's own account")
    return None


def _service(words: tuple[str, ...], why: str) -> Target:
    return Target(TargetType.SERVICE, words=words, why=why)


def public_figure(view: View) -> Target | None:
    """Politicians and the like are no staff of ours."""
    if not view.sees(Points.FIGURE):
        return None
    words = view.quoted(Points.FIGURE)
    return Target(
        TargetType.OTHER_PUBLIC_FIGURE,
        words=words,
        why=f"It speaks of politicians or other public figures: “{words[0]}”",
    )


def named_figure(view: View) -> Target | None:
    """“Cllr Hargreaves” was elected, and is nobody of ours unless the directory says so."""
    if not view.sees(Points.NAMED_FIGURE):
        return None
    words = view.quoted(Points.NAMED_FIGURE)
    return Target(
        TargetType.OTHER_PUBLIC_FIGURE,
        words=words,
        why=f"It names somebody in public office who is not in the directory: “{words[0]}”",
    )


def insulted(view: View) -> Target | None:
    """“Thieving gets” under our post means whoever stands behind it, more than one."""
    if not view.is_reply or not view.post.words or not view.sees(Points.INSULTED):
        return None
    words = view.quoted(Points.INSULTED)
    why = f"It speaks of several, under a post of the organisation: “{words[0]}”"
    return replace(_service(words, why), confidence=Confidence.UNSURE)


def you(view: View) -> Target | None:
    """“You” in a reply is the one person the post names, or else the organisation."""
    if not view.is_reply or not view.sees(Points.YOU):
        return None
    words = view.quoted(Points.YOU)
    one = view.post_person()
    start = view.found.places[Points.YOU][0]
    if one is not None and start and view.words.low[start - 1] in _ANYBODY:
        return None  # aimed at that person if the words are hostile: see post_names
    if one is not None:
        why = f"“{words[0]}”: the post names one member of staff"
        return person(view, one, words, why, Confidence.UNSURE)
    return _service(words, f"“{words[0]}” in a reply to the organisation")


def asked(view: View) -> Target | None:
    """A question under our post is asked of us."""
    if not view.is_reply or "?" not in view.words.text or view.post_person() is not None:
        return None
    return replace(_service((), "It asks the organisation something"), confidence=Confidence.UNSURE)
