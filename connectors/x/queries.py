"""Writes the searches that concern the account's own posts, as few and as long as X takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

QUERY_LIMIT: Final = 512
"""Characters. X's prose says so; its specification would take 4,096."""

# Unconfirmed: that a search for this part of a post's address finds the posts that quote it.
QUOTE_TERM: Final = 'url:"status/{id}"'

Query = Callable[[Iterable[str], str], str]


def conversations(posts: Iterable[str], account_id: str) -> str:
    """Return the search for what others wrote below posts of ours, at whatever depth."""
    return f"({' OR '.join(f'conversation_id:{id_}' for id_ in posts)}) -from:{account_id}"


def quotes(posts: Iterable[str], account_id: str) -> str:
    """Return the search for what others wrote about posts of ours by quoting them."""
    terms = " OR ".join(QUOTE_TERM.format(id=id_) for id_ in posts)
    return f"({terms}) -from:{account_id} -is:retweet"


def grouped(posts: Iterable[str], account_id: str) -> list[tuple[str, ...]]:
    """Return posts in groups that either search can ask for at once, the newest posts first."""
    groups: list[tuple[str, ...]] = []
    for id_ in sorted(posts, key=int, reverse=True):
        longer = (*groups[-1], id_) if groups else (id_,)
        if groups and _fits(longer, account_id):
            groups[-1] = longer
        else:
            groups.append((id_,))
    return groups


def _fits(posts: tuple[str, ...], account_id: str) -> bool:
    return all(len(query(posts, account_id)) <= QUERY_LIMIT for query in (conversations, quotes))
