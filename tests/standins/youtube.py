"""A stand-in for YouTube: one channel, its owner and its public, behind a server."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.youtube.connector import connect
from moderation.model import Comment, ItemRef
from tests.standins.faults import PATIENCE_S
from tests.standins.means import means
from tests.standins.youtube_api import YouTubeApi
from tests.standins.youtube_world import CHANNEL, HELD, PUBLISHED, REJECTED, SPAM, Remark, later

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen


class YouTubeStandIn(YouTubeApi):
    """What a test plays: the channel's owner, its public, and YouTube itself."""

    def settings(self) -> dict[str, Any]:
        """Return settings that lead both the API and the sign-in here."""
        here = {"base_url": self.url, "token_url": self.url}
        return {"channel_id": CHANNEL, **here, "timeout_s": PATIENCE_S, "settle_s": self.lag_s}

    def secrets(self) -> dict[str, str]:
        """Return the client and the refresh token that are good here."""
        client = {"client_id": "client", "client_secret": self.access.client_secret}
        return {**client, "refresh_token": self.access.refresh_token}

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        """Publish a video."""
        with self.lock:
            return self.world.add_video(text, at or self.clock.now()).id

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
        status: str = PUBLISHED,
    ) -> str:
        """Write a comment; a banned author's is rejected at once."""
        with self.lock:
            now = self.clock.now()
            written = at or now
            native_id = self.world.new_id(f"{parent}." if parent else "Ug")
            remark = Remark(native_id, post_id, parent, author, text, written, written, status)
            remark.avatar = self.show("avatar.png")
            if author in self.world.banned:
                remark.status = REJECTED
            self.world.add(remark, later(now, self.appear_s), now)
            return native_id

    def hold(self, native_id: str, status: str = HELD) -> None:
        """Let somebody, or YouTube itself, change a comment's status in YouTube Studio."""
        with self.lock:
            now = self.clock.now()
            self.world.set_status(self.world.remarks[native_id], status, now, now)

    def edit(self, native_id: str, text: str) -> None:
        """Let an author change the words."""
        remark = self.world.remarks[native_id]
        remark.text, remark.updated = text, self.clock.now()

    def remove(self, native_id: str) -> None:
        """Let an author delete a comment, and with it the replies below."""
        with self.lock:
            self.world.remove(native_id)

    def is_hidden(self, native_id: str) -> bool:
        """Say whether it is held for review."""
        return self.world.remarks[native_id].status == HELD

    def lose_access(self) -> None:
        """Let the channel's owner take the grant back."""
        self.access.is_revoked = True
        self.access.tokens.clear()

    def renew_access(self) -> None:
        """Let the channel's owner give the grant again."""
        self.access.is_revoked = False


def specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return a channel with three videos, 150 comments, one held, one likely spam, one poisoned."""
    from tests.connectors.specimens import Specimen  # specimens imports this module

    server = until.enter_context(YouTubeStandIn())
    now = server.clock.now()
    videos = [server.post(f"Video {number}.") for number in range(3)]
    ids: list[str] = []
    for number in range(115):
        author = None if number % 10 == 0 else f"reader-{number}"
        at = now - timedelta(minutes=3 * number)
        ids.append(server.comment(videos[number % 3], f"Nice one, {number}", author=author, at=at))
    for number in range(35):
        parent = ids[0] if number < 20 else ids[number]
        video = server.world.remarks[parent].video
        ids.append(server.comment(video, f"Indeed, {number}", parent=parent))
    poisoned = server.comment(videos[0], "", at=now - timedelta(minutes=50))
    server.world.remarks[poisoned].poison = b'{"id": "x", "snippet": {"n": %s}}' % (b"9" * 5000)
    ids.append(server.comment(videos[0], "Held", status=HELD))
    ids.append(server.comment(videos[0], "Spam", status=SPAM))
    given = means(folder / "looking", **server.secrets())
    page = connect(server.settings(), given).poll("comments", None)
    found = [one for one in page.records if isinstance(one, Comment) and one.author and one.post]
    ref = ref_of(found[0])
    return Specimen(server.settings(), ids, ref, server.secrets(), poison=True)


def ref_of(comment: Comment) -> ItemRef:
    """Return the reference that the house keeps of a comment."""
    author = comment.author.id if comment.author else None
    post = comment.post.id if comment.post else ""
    return ItemRef(comment.native_id, comment.url, author, post, comment.raw)
