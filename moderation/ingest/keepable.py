"""A comment in the form that a database keeps; its bytes as delivered stay as they came."""

from __future__ import annotations

from dataclasses import replace

from moderation.characters import is_kept, kept
from moderation.model import Author, Comment, Post


def keepable(comment: Comment) -> Comment:
    """Return the comment with a visible sign for what is no character; ids stay as they are."""
    if all(map(is_kept, _texts(comment))):
        return comment
    return replace(
        comment,
        text=kept(comment.text),
        url=kept(comment.url),
        media=tuple(map(kept, comment.media)),
        author=_author(comment.author) if comment.author else None,
        post=_post(comment.post) if comment.post else None,
    )


def _texts(comment: Comment) -> tuple[str, ...]:
    author, post = comment.author or Author(""), comment.post or Post("")
    return (
        *(comment.text, comment.url, *comment.media),
        *(author.handle, author.name, author.profile, author.avatar),
        *(post.text, post.url),
    )


def _author(author: Author) -> Author:
    return replace(
        author,
        handle=kept(author.handle),
        name=kept(author.name),
        profile=kept(author.profile),
        avatar=kept(author.avatar),
    )


def _post(post: Post) -> Post:
    return replace(post, text=kept(post.text), url=kept(post.url))
