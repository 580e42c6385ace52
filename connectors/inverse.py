"""Which action takes another back, where a platform supports both."""

from __future__ import annotations

from typing import Final

from moderation.model import ActionKind

INVERSE: Final[dict[ActionKind, ActionKind]] = {
    ActionKind.HIDE: ActionKind.UNHIDE,
    ActionKind.UNHIDE: ActionKind.HIDE,
    ActionKind.BLOCK: ActionKind.UNBLOCK,
    ActionKind.UNBLOCK: ActionKind.BLOCK,
}
