"""A stand-in for Bluesky: the calls that the connector makes, for faults that no real server makes.

What a real network answers is tried on one: tests/bluesky_real.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.bluesky import connector as bluesky
from connectors.contract import COMMENTS
from moderation.model import Comment, ItemRef
from tests.standins.bluesky_methods import Methods
from tests.standins.bluesky_protocol import HANDLE, LISTS, PASSWORD
from tests.standins.bluesky_world import POSTGATE, THREADGATE, key_of
from tests.standins.faults import PATIENCE_S
from tests.standins.means import means

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen


class BlueskyStandIn(Methods):
    """One server that is the account's host and the public's view at once."""

    def settings(self) -> dict[str, Any]:
        return {"handle": HANDLE, "base_url": self.url, "timeout_s": PATIENCE_S}

    def secrets(self) -> dict[str, str]:
        return {"app_password": PASSWORD}

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        with self.lock:
            return self.world.write(HANDLE, text, at=at)

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader.example.com",
        at: datetime | None = None,
        noticed: bool = True,
        **more: Any,
    ) -> str:
        reply = {"root": post_id, "parent": parent or post_id}
        with self.lock:
            return self.world.write(
                author or "handle.invalid", text, at=at, reply=reply, noticed=noticed, **more
            )

    def mention(self, text: str, *, author: str = "reader.example.com") -> str:
        with self.lock:
            return self.world.write(author, text, mentions=True)

    def plain_mention(self, text: str, *, author: str = "reader.example.com") -> str:
        """Write the handle out without linking it, of which nobody is notified."""
        with self.lock:
            return self.world.write(author, f"{text} @{HANDLE}")

    def quote(self, post_id: str, text: str, *, author: str = "reader.example.com") -> str:
        """Quote a post."""
        with self.lock:
            return self.world.write(author, text, quoted=post_id)

    def edit(self, native_id: str, text: str) -> None:
        with self.lock:
            self.world.edit(native_id, text)

    def remove(self, native_id: str) -> None:
        with self.lock:
            self.world.delete(native_id)

    def take_down(self, native_id: str) -> None:
        """Let the platform's moderators remove a post, which stays in its author's repository."""
        with self.lock:
            self.world.posts[native_id].taken_down = True

    def poison(self, post_id: str, field: str, raw: str) -> str:
        """Write a comment whose record holds this as it stands, whatever it is."""
        mark = f"@@{len(self._inserted)}@@"
        self._inserted[mark] = raw
        uri = self.comment(post_id, "Beside the point.")
        (self.world.posts[uri].value or {})[field] = mark
        return uri

    def is_hidden(self, native_id: str) -> bool:
        with self.lock:
            post = self.world.posts[native_id]
            root = self.world.root_of(native_id)
            gates = [(THREADGATE, root), (POSTGATE, post.quoted)]
            held = [(kind, self.world.held(kind, key_of(one))) for kind, one in gates if one]
            return any(
                version is not None and native_id in (version.value or {})[LISTS[kind][0]]
                for kind, version in held
            )

    def lose_access(self) -> None:
        with self.lock:
            self._good.clear()
            self.password = "changed"

    def renew_access(self) -> None:
        """Let the account take the app password again."""
        self.password = PASSWORD

    def expire_access(self) -> None:
        """Let every access token run out; those to renew them stay good."""
        with self.lock:
            self._expired |= {token for token in self._good if token.startswith("access")}

    def forget_sessions(self) -> None:
        """Refuse every token there is; the app password stays good."""
        with self.lock:
            self._good.clear()


def specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return an account with two posts, 150 answers, two mentions and one unreadable answer."""
    # Imported here, as the table of specimens imports this module.
    from tests.connectors.specimens import Specimen

    server = until.enter_context(BlueskyStandIn())
    now = server.clock.now()
    posts = [server.post(f"Open day {day}.", at=now - timedelta(hours=6)) for day in (1, 2)]
    ids: list[str] = []
    for number in range(150):
        at = now - timedelta(minutes=300 - number)
        parent = ids[-2] if number % 5 == 4 else None
        words = f"Answer number {number}."
        ids.append(server.comment(posts[number % 2], words, parent=parent, at=at))
    server.poison(posts[0], "text", "5")
    ids += [server.mention("Look at this."), server.plain_mention("Look at that,")]
    given = means(folder / "specimen", **server.secrets())
    page = bluesky.connect(server.settings(), given).poll(COMMENTS.name, None)
    one = next(record for record in page.records if isinstance(record, Comment) and record.post)
    ref = ItemRef(
        one.native_id,
        one.url,
        one.author.id if one.author else None,
        one.post.id if one.post else "",
        one.raw,
    )
    return Specimen(server.settings(), ids, ref, secrets=server.secrets(), poison=True)
