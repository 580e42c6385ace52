"""The world of the page tests serves the read models too."""

from __future__ import annotations

from tests.review_ui.conftest import small_world, world

__all__ = ["small_world", "world"]
