"""The subject itself: what an item, a proposal, a decision, evidence and a case are."""
