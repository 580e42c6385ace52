"""Try a setting on the past: propose again from what was said then, and never read a text anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from moderation.access import Actor, Right
from moderation.hearing import Heard, hear
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal, Subject, is_quiet, propose
from moderation.queries.beside import texts_of
from moderation.staffing import load_staff
from moderation.targets import Directory, find_target
from moderation.taxonomy import Abuse, TargetType
from moderation.tuning.stored import Reading, Stored, batches, count, words_of
from moderation.tuning.trial import Example, Trial, Verdict

LOOK_BACK: Final = timedelta(days=90)


def try_out(
    reading: Reading, as_now: Policy, tried: Policy, *, actor: Actor, now: datetime
) -> Trial:
    """Return what a policy would have made of the actor's items of the last 90 days.

    It is compared with the policy as it is now, not with what was proposed then: between the two
    lies nothing but the setting. Staff are those of today's directory.
    """
    actor.require(Right.SEE_TUNING)
    since = now - LOOK_BACK
    with reading() as session:
        directory = Directory(load_staff(session, actor.org_id))
        trial = Trial(read=count(session, actor, since))
    quiet_below = min(as_now.sureness.lowest, tried.sureness.lowest)
    for items in batches(reading, actor, since, quiet_below):
        _try_batch(reading, items, directory, as_now, tried, trial)
    with reading() as session:
        texts = texts_of(session, [one.item_id for one in (*trial.more, *trial.fewer)])
    trial.more = _with_texts(trial.more, texts)
    trial.fewer = _with_texts(trial.fewer, texts)
    return trial


def _try_batch(
    reading: Reading,
    items: Sequence[Stored],
    directory: Directory,
    as_now: Policy,
    tried: Policy,
    trial: Trial,
) -> None:
    loud: list[tuple[Stored, Heard]] = []
    for item in items:
        heard = hear(item.signals, as_now.combine)
        if is_quiet(heard, as_now) and is_quiet(heard, tried):
            verdict = _verdict(item, Outcome.CLEAR)
            trial.add(item, verdict, verdict, None)
        else:
            loud.append((item, heard))
    with reading() as session:
        words = words_of(session, [item for item, _ in loud])
    for item, heard in loud:
        text, post = words.get(item.item_id, ("", ""))
        subject = Subject(text, post=post, kind=item.kind)
        target = find_target(text, directory=directory, post=post, is_reply=subject.is_reply)
        first = propose(subject, item.signals, target, as_now)
        differs = _may_differ(heard, as_now, tried)
        second = propose(subject, item.signals, target, tried) if differs else first
        was, would_be = _verdict(item, first.outcome), _verdict(item, second.outcome)
        trial.add(item, was, would_be, _category(first, second))


def _may_differ(heard: Heard, as_now: Policy, tried: Policy) -> bool:
    """Return whether the two policies can make different things of what was heard."""
    if as_now.harmless_words != tried.harmless_words and heard.words:
        return True
    share = heard.codes.get("abuse", 0.0)
    before, after = as_now.sureness, tried.sureness
    return any(before.flags(share, aim) != after.flags(share, aim) for aim in TargetType)


def _verdict(item: Stored, outcome: Outcome) -> Verdict:
    """Return where the item stands; what the record knows beside the words outweighs them."""
    if outcome is Outcome.FLAG or item.pinned:
        return Verdict.FLAG
    not_scored = Outcome.UNSCORED in (outcome, item.outcome)
    return Verdict.NOT_SCORED if not_scored else Verdict.CLEAR


def _category(first: Proposal, second: Proposal) -> Abuse | None:
    return second.category or first.category


def _with_texts(examples: deque[Example], texts: dict[int, str]) -> deque[Example]:
    return deque(replace(one, text=texts.get(one.item_id, "")) for one in reversed(examples))
