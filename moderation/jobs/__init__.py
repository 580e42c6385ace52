"""The transactional outbox: promise a job with the fact it serves, claim it, settle it."""

from moderation.jobs.claiming import Claim, FencedError, claim, claim_next
from moderation.jobs.promising import KINDS, promise, promise_many
from moderation.jobs.settling import bury, finish, mark, renew, retry, wait
from moderation.jobs.upkeep import (
    any_due,
    bury_expired,
    due,
    first_due,
    lane_of,
    prune,
    replay,
    to_publish,
    untold,
)

__all__ = [
    "KINDS",
    "Claim",
    "FencedError",
    "any_due",
    "bury",
    "bury_expired",
    "claim",
    "claim_next",
    "due",
    "finish",
    "first_due",
    "lane_of",
    "mark",
    "promise",
    "promise_many",
    "prune",
    "renew",
    "replay",
    "retry",
    "to_publish",
    "untold",
    "wait",
]
