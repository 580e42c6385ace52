"""The bodies that the YouTube stand-in answers with, in the shapes of the discovery document."""

from __future__ import annotations

import hashlib
import html
from datetime import UTC, datetime
from typing import Any

from tests.standins.base import Answer
from tests.standins.youtube_world import Remark, Video

Body = dict[str, Any]

_WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED"} | {
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}


def time_text(at: datetime) -> str:
    """Return a time as the API writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def error(status: int, reason: str, message: str = "The request failed.") -> Answer:
    """Return an error of the API."""
    told = {"message": message, "domain": "youtube.api", "reason": reason}
    body = {"code": status, "message": message, "errors": [told], "status": _WORDS[status]}
    return Answer({"error": body}, status)


def sign_in_error(status: int, name: str, says: str) -> Answer:
    """Return an error of Google's sign-in."""
    return Answer({"error": name, "error_description": says}, status)


def _etag(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:27]


def comment(remark: Remark, channel: str, *, plain: bool, by_id: bool, bare: bool) -> Any:
    """Return one comment; a poisoned one as the mark that its bytes are put in place of.

    by_id leaves the moderation status out, bare the video, as comments.list does.
    """
    if remark.poison:
        return f"poison:{remark.id}"
    text = remark.text if plain else html.escape(remark.text).replace("\n", "<br>")
    snippet: Body = {"channelId": channel, "textDisplay": text, "textOriginal": remark.text}
    if not bare:
        snippet["videoId"] = remark.video
    if remark.parent:
        snippet["parentId"] = remark.parent
    if remark.author is not None:
        snippet |= {
            "authorDisplayName": f"@{remark.author}",
            "authorProfileImageUrl": remark.avatar,
            "authorChannelUrl": f"http://www.youtube.com/@{remark.author}",
            "authorChannelId": {"value": channel_of(remark.author)},
        }
    if remark.picture:
        snippet["imageUrl"] = remark.picture
    if not by_id:
        snippet["moderationStatus"] = remark.shown
    snippet |= {
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": time_text(remark.at),
        "updatedAt": time_text(remark.updated),
    }
    etag = _etag(remark.id, remark.text, remark.shown)
    return {"kind": "youtube#comment", "etag": etag, "id": remark.id, "snippet": snippet}


def channel_of(author: str) -> str:
    """Return the id of an author's channel."""
    return author if author.startswith("UC") else f"UC-{author}"


def thread(top: Any, remark: Remark, replies: list[Any], total: int, channel: str) -> Body:
    """Return one thread with the few replies that come with it."""
    snippet = {
        "channelId": channel,
        "videoId": remark.video,
        "topLevelComment": top,
        "canReply": True,
        "totalReplyCount": total,
        "isPublic": remark.shown == "published",
    }
    body = {"kind": "youtube#commentThread", "etag": _etag(remark.id, total), "id": remark.id}
    return body | {"snippet": snippet} | ({"replies": {"comments": replies}} if replies else {})


def playlist_item(video: Video) -> Body:
    """Return one entry of the list of a channel's videos."""
    return {
        "kind": "youtube#playlistItem",
        "etag": _etag(video.id),
        "id": f"item-{video.id}",
        "contentDetails": {"videoId": video.id, "videoPublishedAt": time_text(video.at)},
    }


def channel(channel_id: str, title: str) -> Body:
    """Return a channel."""
    kind = {"kind": "youtube#channel", "etag": _etag(channel_id)}
    return kind | {"id": channel_id, "snippet": {"title": title}}


def listing(kind: str, items: list[Any], token: str = "", most: int = 5) -> Body:
    """Return a page of a list."""
    body: Body = {"kind": f"youtube#{kind}", "etag": _etag(kind, len(items), token)}
    if token:
        body["nextPageToken"] = token
    body["pageInfo"] = {"totalResults": len(items), "resultsPerPage": most}
    return body | {"items": items}
