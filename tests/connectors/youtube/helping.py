"""What the tests of the YouTube connector share: a channel on a stand-in, and its connector."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from connectors.contract import Means
from connectors.youtube.connector import YouTube, connect
from moderation.model import Comment, ItemRef, Page
from tests.standins.means import CountingMeter, HeldSecrets
from tests.standins.youtube import YouTubeStandIn, ref_of

CANARIES = ("canary", "1//", "ya29.")


class Channel:
    """A channel on a stand-in with one video, and the means of its account."""

    def __init__(self, server: YouTubeStandIn, folder: Path) -> None:
        self.server = server
        self.secrets = HeldSecrets(server.secrets())
        self.meter = CountingMeter()
        self.folder = folder
        self.video = server.post()
        self.tube = self.again()

    def again(self, **settings: object) -> YouTube:
        """Return the connector after a restart."""
        given = Means(self.folder, self.secrets, self.meter)
        return connect({**self.server.settings(), **settings}, given)

    def write(self, text: str = "Nice one", **more: object) -> str:
        """Write a comment below the video and return its id."""
        return self.server.comment(self.video, text, **more)  # type: ignore[arg-type]

    def poll(self, cursor: str | None = None, feed: str = "comments") -> list[Page]:
        """Return the pages of a poll until nothing more follows at once."""
        pages = [self.tube.poll(feed, cursor)]
        while pages[-1].more:
            assert len(pages) < 200, "a poll that does not end"
            pages.append(self.tube.poll(feed, pages[-1].cursor))
        return pages

    def ref(self, native_id: str) -> ItemRef:
        """Return the reference of a comment as polling or fetching gives it."""
        for page in self.poll():
            for record in page.records:
                if isinstance(record, Comment) and record.native_id == native_id:
                    return ref_of(record)
        return ItemRef(native_id, post_id=self.video)

    def asked(self) -> list[str]:
        """Return the paths asked of the API so far, without the sign-in's."""
        return [entry.path for entry in self.server.journal if entry.path != "/token"]


def ids(pages: Page | Iterable[Page]) -> list[str]:
    """Return the ids of the comments of pages, in their order."""
    return [one.native_id for one in comments(pages)]


def comments(pages: Page | Iterable[Page]) -> list[Comment]:
    """Return the comments of pages, in their order."""
    brought = [pages] if isinstance(pages, Page) else list(pages)
    return [one for page in brought for one in page.records if isinstance(one, Comment)]


def moderated(channel: Channel) -> int:
    """Return how many times a moderation status was set."""
    return len(channel.server.calls("POST", "/youtube/v3/comments/setModerationStatus"))
