"""Says at whom a text is aimed: named staff, somebody described, a team, the service, or others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from moderation.targets import towards_groups, towards_people
from moderation.targets.naming import Mention, Scene, mentions, misspelt
from moderation.targets.people import Directory, PostReading
from moderation.targets.reading import Words, fold, read
from moderation.targets.scanning import Scan, role_holder, scan
from moderation.targets.view import Target, View, told_apart
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
    words = read(text)
    found = scan(words, directory)
    names = _names(words, directory, found)
    us, other = _handles(words, directory, org_handles) if "@" in text else (False, "")
    view = View(
        words=words,
        directory=directory,
        found=found,
        names=names,
        post=read_post(post, directory) if post else PostReading(),
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
    if not view.is_reply or len(view.post.people) != 1:
        return None
    return view.directory.people[min(view.post.people)].member.staff_id


def read_post(post: str, directory: Directory) -> PostReading:
    """Return whom a post names; the answer is kept, as many comments stand under one post."""
    known = directory.posts.get(post)
    if known is not None:
        return known
    words = read(post)
    found = scan(words, directory)
    scene = Scene(words, directory, about_work=True, all_low=False)
    people: set[int] = set()
    for mention in mentions(scene, found.names):
        who = told_apart(mention.who, words.low, directory)
        if len(who) == 1 and mention.sure:
            people |= who
    for at, entry in found.names:
        held = role_holder(words, at, entry) if entry.roles else None
        if held is not None and len(held[2]) == 1:
            people |= held[2]
    reading = PostReading(frozenset(people), frozenset(words.low))
    if len(directory.posts) >= _POSTS_KEPT:
        directory.posts.clear()
    directory.posts[post] = reading
    return reading


def _names(words: Words, directory: Directory, found: Scan) -> list[Mention]:
    scene = Scene(
        words,
        directory,
        about_work=bool(found.seen & _ABOUT_WORK),
        all_low=not any(word[0].isupper() for word in words.raw) if found.names else False,
    )
    names = mentions(scene, found.names) if found.names else []
    if any(name.sure for name in names):
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
