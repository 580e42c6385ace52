"""Retention: how long things are kept, what stops the clock, and what goes when it runs out."""

from __future__ import annotations

from moderation.retention.holds import is_held

__all__ = ["is_held"]
