"""A local server that speaks X's API v2, and the people who write behind it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.contract import COMMENTS, Means
from connectors.x.connector import connect
from moderation.model import Comment, ItemRef
from tests.standins.faults import PATIENCE_S
from tests.standins.means import CountingMeter, HeldSecrets
from tests.standins.x_platform import ACCOUNT, XPlatform

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen


class XStandIn(XPlatform):
    """X as tests and the demonstration play it: what its account and its public write there."""

    def settings(self) -> dict[str, Any]:
        """Return settings that lead here."""
        return {"account_id": ACCOUNT, "base_url": self.url, "timeout_s": PATIENCE_S, "settle_s": 0}

    def secrets(self) -> dict[str, str]:
        """Return the secrets of OAuth 1.0a; keys.bearer() gives those of OAuth 2."""
        return self.keys.signed()

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        """Publish one of our posts."""
        return self._add(ACCOUNT, text, at)

    def foreign(self, text: str = "Look at this.", *, at: datetime | None = None) -> str:
        """Publish a post of another account, which a conversation can begin with."""
        return self._add(self.world.user("stranger"), text, at)

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
        names_us: bool | None = None,
    ) -> str:
        """Write a reply. One to our post names us, one to another reply only where told to.

        author None leaves the author out of what comes along with the reply.
        """
        above = self.world.posts[int(parent or post_id)]
        named = above.author == ACCOUNT if names_us is None else names_us
        return self._add(
            self.world.user(author or "withheld"),
            text,
            at,
            conversation=int(post_id),
            parent=above.now,
            to=above.author,
            names_us=named,
            withheld=author is None,
        )

    def mention(self, text: str, *, author: str = "reader", at: datetime | None = None) -> str:
        """Name the account in a post of one's own."""
        return self._add(self.world.user(author), text, at, names_us=True)

    def quote(
        self, post_id: str, text: str, *, author: str = "reader", at: datetime | None = None
    ) -> str:
        """Quote a post."""
        return self._add(self.world.user(author), text, at, quoted=int(post_id))

    def poison(self, raw: bytes, *, at: datetime | None = None) -> str:
        """Let X give these bytes as the record of a mention."""
        return self._add(self.world.user("reader"), "", at, names_us=True, raw=raw)

    def edit(self, native_id: str, text: str) -> None:
        """Let an author change the words, which makes another id."""
        self.world.edit(self.world.posts[int(native_id)], text, self.clock.now())

    def remove(self, native_id: str) -> None:
        """Let an author, or X itself, delete a post."""
        self.world.remove(self.world.posts[int(native_id)])

    def is_hidden(self, native_id: str) -> bool:
        """Say whether a reply is hidden."""
        return self.world.posts[int(native_id)].hidden_at is not None

    def lose_access(self) -> None:
        """Let the account take the app's access away."""
        self.keys.revoked = True

    def renew_access(self) -> None:
        """Let the account give the app its access back."""
        self.keys.revoked = False

    def _add(self, author: str, text: str, at: datetime | None, **more: Any) -> str:
        with self.lock:
            return str(self.world.add(author, text, at or self.clock.now(), **more).first)


def specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return an account with two posts, 160 replies, a mention, a quote and poison."""
    # Imported here, as the table of specimens imports this module.
    from tests.connectors.specimens import Specimen

    x = until.enter_context(XStandIn())
    began = datetime.now(UTC) - timedelta(hours=3)
    later = (began + timedelta(minutes=number) for number in range(1, 179))
    posts = [x.post(f"Open day number {number}.", at=began) for number in (1, 2)]
    direct = [
        x.comment(posts[number % 2], f"Nice one {number}", at=next(later)) for number in range(130)
    ]
    nested = [
        x.comment(
            posts[number % 2], f"No, not nice {number}", parent=direct[number], at=next(later)
        )
        for number in range(30)
    ]
    mention = x.mention("@exampleshire you liars", at=next(later))
    quote = x.quote(posts[0], "Look at these clowns", at=next(later))
    x.poison(b'{"id":"17","text":7}', at=next(later))
    return Specimen(
        x.settings(),
        [*direct, *nested, mention, quote],
        _ref(x, direct[-1], folder),
        x.secrets(),
        poison=True,
    )


def _ref(x: XStandIn, native_id: str, folder: Path) -> ItemRef:
    """Return what a poll gives of a comment."""
    given = Means(folder, HeldSecrets(x.secrets()), CountingMeter())
    page = connect(x.settings(), given).poll(COMMENTS.name, None)
    found = next(
        one for one in page.records if isinstance(one, Comment) and one.native_id == native_id
    )
    author_id = found.author.id if found.author else None
    post_id = found.post.id if found.post else ""
    return ItemRef(found.native_id, found.url, author_id, post_id, found.raw)
