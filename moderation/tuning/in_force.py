"""The policy as it holds for one organisation: the house's own, with what its leads have set."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from moderation.policy import Policy
from moderation.tuning import fine_words, setting


def policy_of(session: Session, org_id: str, policy: Policy) -> Policy:
    """Return the policy by which an organisation's items are proposed now."""
    chosen = setting.in_force(session, org_id).over(policy)
    words = fine_words.listed(session, org_id)
    return replace(chosen, harmless_words=chosen.harmless_words | words) if words else chosen
