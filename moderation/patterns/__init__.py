"""Course of conduct and mobbing: what only several items together show, found batch by batch."""

from moderation.patterns.contacts import Contact, Found, Patterns, occasions, stretches
from moderation.patterns.finding import find
from moderation.patterns.marks import marks

__all__ = ["Contact", "Found", "Patterns", "find", "marks", "occasions", "stretches"]
