"""The two rounds over an account's posts: polling what changed, and re-reading everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from connectors.fields import oldest_first
from connectors.meta.errors import BadParameter
from connectors.meta.round import (
    Listed,
    Round,
    Source,
    Step,
    Told,
    round_from,
    task_of,
    walk_below,
)
from connectors.meta.walk import FIRST_WINDOW_S, OVERLAP_S, Record, as_text, from_text
from moderation.model import Page

MARKS_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Polled:
    """The cursor of polling: when the last finished round began, what it saw, and this round.

    at is 0 before the first round has finished. marks maps the id of each listed post to its mark.
    """

    at: float
    marks: Mapping[str, str]
    round: Round | None = None

    def text(self) -> str:
        """Return the cursor."""
        running = self.round.told() if self.round else None
        return as_text({"at": self.at, "marks": dict(self.marks), "round": running})

    def horizon(self, began: float) -> float:
        """Return the time down to which changes are looked for."""
        return self.at - OVERLAP_S if self.at else began - FIRST_WINDOW_S


def poll_round(source: Source, cursor: str | None, now: float) -> Page:
    """Return the next page of what is new. With nothing new this is one request, and no more."""
    held = _polled(cursor) or Polled(0.0, {})
    running = held.round or Round(began=now)
    if running.tasks:
        step = walk_below(source, running)
        return _page_of(step, _polled_on(held, step.round))
    return _poll_listing(source, held, running)


def _poll_listing(source: Source, held: Polled, running: Round) -> Page:
    try:
        got = source.listed(0, running.after, None)
    except BadParameter:
        if not running.after:
            raise
        return _page_of(Step(running), replace(held, round=running.again()))
    horizon = held.horizon(running.began)
    changed = [told for told in got.posts if held.marks.get(told.post.id) != told.mark]
    # The first round leaves what is older than its window to re-reading, which tells it apart.
    fresh = [told for told in changed if held.at or _may_be_new(told, horizon)]
    tasks = tuple(
        task_of(told, _until(source, held, told, horizon))
        for told in fresh
        if told.below and (told.comments or told.post.id in held.marks)
    )
    then = running.on(got.after if _oldest(got) >= horizon else "", listings=1)
    step = Step(replace(then, tasks=tasks), _records(fresh), got.raw, got.rest_s)
    marks = _marks(held, got, alone=not (running.after or then.after))
    return _page_of(step, _polled_on(replace(held, marks=marks), step.round))


def _marks(held: Polled, got: Listed, *, alone: bool) -> dict[str, str]:
    """Return the marks after one page of the listing; alone says that it is the only page.

    A post that is not shown is forgotten: should it come back, it is walked wholly.
    """
    shown = {told.post.id: told.mark for told in got.posts}
    seen = shown if alone else {**held.marks, **shown}
    return dict(list(seen.items())[-MARKS_MOST:])


def _may_be_new(told: Told, horizon: float) -> bool:
    """Say whether anything below a post may be newer than that; where it is not told, it may."""
    return not told.moved or told.moved >= horizon


def _until(source: Source, held: Polled, told: Told, horizon: float) -> float | None:
    """Return the time down to which a post is walked, None for the whole of it.

    Where answers to old comments stand below them, only a whole walk finds the new ones.
    """
    if not held.at:
        return horizon
    return horizon if source.flat and told.post.id in held.marks else None


def _polled_on(held: Polled, running: Round) -> Polled:
    return (
        Polled(running.began, held.marks) if running.ended else Polled(held.at, held.marks, running)
    )


def _page_of(step: Step, held: Polled) -> Page:
    return Page(
        oldest_first(step.records),
        held.text(),
        step.raw,
        more=held.round is not None,
        rest_s=step.rest_s,
    )


def _polled(cursor: str | None) -> Polled | None:
    told = from_text(cursor)
    try:
        running = told["round"]
        return Polled(
            float(told["at"]),
            {str(name): str(mark) for name, mark in told["marks"].items()},
            None if running is None else round_from(running),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def reread_round(source: Source, cursor: str | None, since: float, now: float) -> Page:
    """Return the next page of a round over all posts made since then and everything below them."""
    running = _reread(cursor) or Round(began=now)
    if running.ended:
        running = Round(began=now)
    step = walk_below(source, running) if running.tasks else _reread_listing(source, running, since)
    return Page(
        oldest_first(step.records),
        as_text(step.round.told()),
        step.raw,
        more=not step.round.ended,
        whole=step.whole,
        rest_s=step.rest_s,
    )


def _reread_listing(source: Source, running: Round, since: float) -> Step:
    try:
        got = source.listed(running.listing, running.after, since)
    except BadParameter:
        if not running.after:
            raise
        return Step(running.again())
    shown = [told for told in got.posts if not told.made or told.made >= since]
    tasks = tuple(task_of(told, None) for told in shown if told.below)
    then = running.on(got.after if _newest(got) >= since else "", listings=source.listings)
    return Step(replace(then, tasks=tasks), _records(shown), got.raw, got.rest_s)


def _reread(cursor: str | None) -> Round | None:
    try:
        return round_from(from_text(cursor))
    except (KeyError, TypeError, ValueError):
        return None


def _oldest(got: Listed) -> float:
    return min((told.made for told in got.posts if told.made), default=0.0)


def _newest(got: Listed) -> float:
    return max((told.made for told in got.posts if told.made), default=0.0)


def _records(posts: list[Told]) -> tuple[Record, ...]:
    return tuple(told.record for told in posts if told.record is not None)
