"""What the YouTube stand-in takes and gives, by name, as the discovery document has it.

Read at revision 20261104, which google-api-python-client 2.202.0 carries. The errors' reasons are
those of https://developers.google.com/youtube/v3/docs (read in 2026); the document names none.
"""

from __future__ import annotations

from dataclasses import dataclass

REVISION = "20261104"


@dataclass(frozen=True)
class Method:
    """One method: its name in the document, and the parameters and filters that are taken here."""

    resource: str
    name: str
    parameters: frozenset[str]
    required: frozenset[str]
    filters: frozenset[str] = frozenset()
    units: int = 1


_PAGED = {"part", "maxResults", "pageToken"}
_THREADS = {"allThreadsRelatedToChannelId", "videoId", "id"}
_COMMENTS = {"id", "parentId"}

METHODS = {
    ("GET", "/youtube/v3/commentThreads"): Method(
        "commentThreads",
        "list",
        frozenset(_PAGED | _THREADS | {"moderationStatus", "order", "textFormat"}),
        frozenset({"part"}),
        frozenset(_THREADS),
    ),
    ("GET", "/youtube/v3/comments"): Method(
        "comments",
        "list",
        frozenset(_PAGED | _COMMENTS | {"textFormat"}),
        frozenset({"part"}),
        frozenset(_COMMENTS),
    ),
    ("POST", "/youtube/v3/comments/setModerationStatus"): Method(
        "comments",
        "setModerationStatus",
        frozenset({"id", "moderationStatus", "banAuthor"}),
        frozenset({"id", "moderationStatus"}),
        units=50,
    ),
    ("GET", "/youtube/v3/channels"): Method(
        "channels",
        "list",
        frozenset(_PAGED | {"mine", "id"}),
        frozenset({"part"}),
        frozenset({"mine", "id"}),
    ),
    ("GET", "/youtube/v3/playlistItems"): Method(
        "playlistItems",
        "list",
        frozenset(_PAGED | {"playlistId"}),
        frozenset({"part"}),
        frozenset({"playlistId"}),
    ),
}

GLOBALS = frozenset({"alt", "fields", "key", "prettyPrint", "quotaUser"})

# The fields of each schema that an answer may hold here.
SCHEMAS = {
    "CommentThreadListResponse": {"kind", "etag", "nextPageToken", "pageInfo", "items"},
    "CommentListResponse": {"kind", "etag", "nextPageToken", "pageInfo", "items"},
    "ChannelListResponse": {"kind", "etag", "pageInfo", "items"},
    "PlaylistItemListResponse": {"kind", "etag", "nextPageToken", "pageInfo", "items"},
    "PageInfo": {"totalResults", "resultsPerPage"},
    "CommentThread": {"kind", "etag", "id", "snippet", "replies"},
    "CommentThreadSnippet": {
        "channelId",
        "videoId",
        "topLevelComment",
        "canReply",
        "totalReplyCount",
        "isPublic",
    },
    "CommentThreadReplies": {"comments"},
    "Comment": {"kind", "etag", "id", "snippet"},
    "CommentSnippet": {
        "authorDisplayName",
        "authorProfileImageUrl",
        "authorChannelUrl",
        "authorChannelId",
        "channelId",
        "videoId",
        "textDisplay",
        "textOriginal",
        "parentId",
        "canRate",
        "viewerRating",
        "likeCount",
        "moderationStatus",
        "publishedAt",
        "updatedAt",
        "imageUrl",
    },
    "CommentSnippetAuthorChannelId": {"value"},
    "Channel": {"kind", "etag", "id", "snippet"},
    "ChannelSnippet": {"title"},
    "PlaylistItem": {"kind", "etag", "id", "contentDetails"},
    "PlaylistItemContentDetails": {"videoId", "videoPublishedAt"},
}

# Each error's status and reason, of the API and, without a reason, of Google's sign-in.
ERRORS = {
    (400, "processingFailure"),
    (400, "invalidPageToken"),
    (400, "operationNotSupported"),
    (400, "banWithoutReject"),
    (400, "badRequest"),
    (400, "required"),
    (401, "authError"),
    (403, "commentsDisabled"),
    (403, "forbidden"),
    (403, "insufficientPermissions"),
    (403, "quotaExceeded"),
    (403, "rateLimitExceeded"),
    (429, "rateLimitExceeded"),
    (403, "accessNotConfigured"),
    (404, "commentNotFound"),
    (404, "videoNotFound"),
    (404, "channelNotFound"),
    (404, "playlistNotFound"),
    (404, "notFound"),
    (500, "backendError"),
}
SIGN_IN_ERRORS = {
    (400, "invalid_grant"),
    (401, "invalid_client"),
    (400, "unsupported_grant_type"),
    (404, "not_found"),
    (429, "rate_limit_exceeded"),
    (500, "internal_failure"),
}
