"""Says at whom a text is aimed: named staff, somebody described, a team, the service, or others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from moderation.targets import towards_groups, towards_people
from moderation.targets.disguises import uncovered
from moderation.targets.index import Directory
from moderation.targets.inside import inside
from moderation.targets.naming import mentions, misspelt
from moderation.targets.people import PostReading
from moderation.targets.reading import Words, fold, read
from moderation.targets.roles import role_holder
from moderation.targets.scanning import Scan, scan
from moderation.targets.scene import Mention, Scene, is_of_one_case
from moderation.targets.telling_apart import told_apart
from moderation.targets.view import Target, View
from moderation.targets.words import Points
from moderation.taxonomy import TargetType

_ABOUT_WORK = Points.RANK | Points.WORK | Points.GROUP | Points.SERVICE | Points.ONE_PERSON
_POSTS_KEPT = 2048
# The first step that answers wins: who is named before who is described before who is spoken to.
_STEPS: tuple[Callable[[View], Target | None], ...] = (
    towards_people.defended,
    towards_people.named,
    towards_people.role_held,
    towards_people.shared_name,
    towards_groups.named_figure,
    towards_people.described,
    towards_people.another_commenter,
    towards_groups.you_all,
    towards_groups.characteristic,
    towards_people.he_or_she,
    towards_groups.staff_or_service,
    towards_groups.public_figure,
    towards_people.somebody,
    towards_groups.maybe_characteristic,
    towards_groups.you,
    towards_groups.insulted,
    towards_groups.asked,
)


def find_target(
    text: str,
    *,
    directory: Directory,
    post: str = "",
    is_reply: bool = True,
    org_handles: Sequence[str] = (),
) -> Target:
    """Return at whom a text is aimed; the same text, post and directory give the same answer.

    post is the text of the organisation's post that is answered; is_reply is false for a text that
    only mentions the organisation; org_handles are its own handles, with or without the @.
    """
    words = uncovered(read(text), directory)
    found = scan(words, directory)
    reading = read_post(post, directory) if post else PostReading()
    scene = Scene(
        words,
        directory,
        about_work=bool(found.seen & _ABOUT_WORK),
        post=reading,
        one_case=bool(found.names) and is_of_one_case(words),
        is_reply=is_reply,
    )
    us, other = _handles(words, directory, org_handles) if "@" in text else (False, "")
    view = View(
        words=words,
        directory=directory,
        found=found,
        names=_names(scene, found),
        post=reading,
        is_reply=is_reply,
        mentions_us=us,
        mentions_other=other,
    )
    for step in _STEPS:
        target = step(view)
        if target is not None:
            return target
    return Target(TargetType.NONE, post_names=_portrayed(view))


def _portrayed(view: View) -> str | None:
    one = view.post_person() if view.is_reply else None
    return None if one is None else view.directory.people[one].member.staff_id


def read_post(post: str, directory: Directory) -> PostReading:
    """Return whom a post names; the answer is kept, as many comments stand under one post."""
    known = directory.posts.get(post)
    if known is not None:
        return known
    words = read(post)
    found = scan(words, directory)
    scene = Scene(words, directory, about_work=True)
    people: set[int] = set()
    for mention in mentions(scene, found.names):
        who, _ = told_apart(mention, words, directory, PostReading())
        if len(who) == 1 and mention.counts:
            people |= who
    if not people:
        people = _in_their_role(words, directory, found)
    reading = PostReading(frozenset(people), frozenset(words.low))
    if len(directory.posts) >= _POSTS_KEPT:
        directory.posts.clear()
    directory.posts[post] = reading
    return reading


def _in_their_role(words: Words, directory: Directory, found: Scan) -> set[int]:
    """Return whom a post speaks of by role alone: “our Chief Executive”, “our dog warden”."""
    people: set[int] = set()
    for at, entry in found.names:
        held = role_holder(words, at, entry) if entry.roles else None
        if held is None:
            continue
        end, holders, public = held
        if len(public) == 1:
            people |= public
        elif len(holders) == 1 and not words.raw[end - 1].endswith("s"):
            people |= holders
    return people


def _names(scene: Scene, found: Scan) -> list[Mention]:
    names = mentions(scene, found.names) if found.names else []
    text = scene.words.text
    if "#" in text or "@" in text:
        names += inside(scene.words, scene.directory)
    if any(name.counts for name in names):
        return names
    return names + misspelt(scene)


def _handles(words: Words, directory: Directory, org_handles: Sequence[str]) -> tuple[bool, str]:
    """Return whether our own handle is mentioned, and the first handle that is nobody of ours."""
    ours = {fold(handle.lstrip("@")) for handle in org_handles}
    codes = tuple(directory.org_words)
    us, other = False, ""
    for word in words.low:
        if not word.startswith("@"):
            continue
        name = word[1:].partition("@")[0]
        if name in ours or name.startswith(codes):
            us = True
        elif not other and directory.entry(word) is None:
            other = word
    return us, other
