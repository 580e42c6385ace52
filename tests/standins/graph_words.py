"""The words of Meta's Graph API that the stand-ins speak, with where they were read.

Fields, edges and parameters: github.com/facebook/facebook-business-sdk-codegen,
api_specs/specs/{Page,PagePost,Comment,Recommendation,IGUser,IGMedia,IGComment}.json at ad2b0b6
(2026-04-15). Lists, cursors and errors: developers.facebook.com/docs/graph-api, v26.0. What is
marked below as unconfirmed was found in neither.
"""

from __future__ import annotations

VERSION = "v26.0"

FIELDS: dict[str, frozenset[str]] = {
    "Page": frozenset({"id", "name"}),
    "PagePost": frozenset(
        {
            "id",
            "message",
            "updated_time",
            "created_time",
            "permalink_url",
            "from",
            "status_type",
            "is_hidden",
            "is_published",
            "full_picture",
            "message_tags",
        }
    ),
    "Comment": frozenset(
        {
            "id",
            "message",
            "created_time",
            "permalink_url",
            "from",
            "parent",
            "is_hidden",
            "can_hide",
            "can_remove",
            "can_comment",
            "is_private",
            "comment_count",
            "like_count",
            "message_tags",
            "attachment",
        }
    ),
    "Recommendation": frozenset(
        {
            "created_time",
            "has_rating",
            "has_review",
            "open_graph_story",
            "rating",
            "recommendation_type",
            "review_text",
            "reviewer",
        }
    ),
    "Profile": frozenset({"id", "name"}),
    "IGUser": frozenset({"id", "username", "name", "media_count"}),
    "IGMedia": frozenset(
        {
            "id",
            "caption",
            "permalink",
            "timestamp",
            "comments_count",
            "media_product_type",
            "media_type",
            "media_url",
            "is_comment_enabled",
            "username",
        }
    ),
    # from and parent_id are in the documentation of IG Comment, not in the specification.
    "IGComment": frozenset(
        {
            "id",
            "text",
            "timestamp",
            "username",
            "from",
            "hidden",
            "like_count",
            "parent_id",
            "media",
        }
    ),
}
"""The fields of each type that can be asked for, of those that the stand-ins know."""

INNER: dict[str, frozenset[str]] = {
    "from": frozenset({"id", "name", "username"}),
    "reviewer": frozenset({"id", "name"}),
    "parent": frozenset({"id"}),
    "open_graph_story": frozenset({"id"}),
    "attachment": frozenset({"type", "url", "media"}),
    "image": frozenset({"src", "height", "width"}),
    "paging": frozenset({"cursors", "next"}),
    "cursors": frozenset({"before", "after"}),
    "summary": frozenset({"order", "total_count", "can_comment"}),
    "error": frozenset({"message", "type", "code", "error_subcode", "is_transient", "fbtrace_id"}),
}
"""The names inside the values of a field, by the field's name."""

PAGING = frozenset({"fields", "limit", "after", "before"})
EVERYWHERE = frozenset({"access_token", "appsecret_proof", "pretty"})

EDGES: dict[tuple[str, str, str], frozenset[str]] = {
    ("GET", "Page", "feed"): PAGING | {"since", "until", "include_hidden"},
    ("GET", "Page", "ads_posts"): PAGING | {"since", "until", "exclude_dynamic_ads"},
    ("GET", "Page", "tagged"): PAGING,
    ("GET", "Page", "ratings"): PAGING,
    ("GET", "Page", "blocked"): PAGING | {"user", "uid"},
    ("POST", "Page", "blocked"): frozenset({"user", "uid", "psid", "asid"}),
    ("DELETE", "Page", "blocked"): frozenset({"user", "uid", "psid", "asid"}),
    ("GET", "PagePost", "comments"): PAGING | {"filter", "order", "since", "summary"},
    ("GET", "Comment", "comments"): PAGING | {"filter", "order", "since", "summary"},
    ("GET", "IGUser", "media"): PAGING,
    ("GET", "IGUser", "tags"): PAGING,
    ("GET", "IGMedia", "comments"): PAGING,
    ("GET", "IGComment", "replies"): PAGING,
}
"""The parameters of each edge, by method, type and name. tagged and ratings: documentation."""

NODES: dict[tuple[str, str], frozenset[str]] = {
    **{("GET", kind): frozenset({"fields"}) for kind in FIELDS},
    ("POST", "PagePost"): frozenset({"is_hidden"}),
    ("DELETE", "PagePost"): frozenset(),
    ("POST", "Comment"): frozenset({"is_hidden"}),
    ("DELETE", "Comment"): frozenset(),
    ("POST", "IGComment"): frozenset({"hide"}),
    ("DELETE", "IGComment"): frozenset(),
}
"""The parameters of each call on an object itself."""

ORDERS = frozenset({"chronological", "reverse_chronological"})
FILTERS = frozenset({"stream", "toplevel"})

ERROR_TYPES = frozenset({"OAuthException", "GraphMethodException", "FacebookApiException"})

DELIVERED: dict[str, frozenset[str]] = {
    "page": frozenset(
        {
            "item",
            "verb",
            "comment_id",
            "post_id",
            "parent_id",
            "from",
            "message",
            "created_time",
        }
    ),
    "comments": frozenset({"id", "from", "media", "parent_id", "text"}),
    "mentions": frozenset({"media_id", "comment_id"}),
}
"""The names inside the value of a delivery. The verbs hide and unhide are unconfirmed."""
