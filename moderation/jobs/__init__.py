"""The transactional outbox: promise a job with the fact it serves, claim it, settle it."""

from moderation.jobs.claiming import Claim, FencedError, claim, claim_next
from moderation.jobs.promising import KINDS, promise
from moderation.jobs.settling import bury, finish, mark, renew, retry, wait
from moderation.jobs.upkeep import (
    bury_expired,
    due,
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
    "bury",
    "bury_expired",
    "claim",
    "claim_next",
    "due",
    "finish",
    "lane_of",
    "mark",
    "promise",
    "prune",
    "renew",
    "replay",
    "retry",
    "to_publish",
    "untold",
    "wait",
]
