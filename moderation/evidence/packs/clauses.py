"""What platforms call the rules that a matter may break, for a report to name.

Platforms rename their rules: whoever reports chooses, and can write the clause as it stands today.
"""

from __future__ import annotations

from typing import Final

from moderation.evidence.packs.words import platform
from moderation.taxonomy import Abuse

_META: Final = {
    Abuse.THREAT_SERIOUS: "Violence and incitement",
    Abuse.MENACE: "Violence and incitement",
    Abuse.HARASSMENT_COURSE: "Bullying and harassment",
    Abuse.VIRTUAL_MOBBING: "Bullying and harassment",
    Abuse.DISCRIMINATORY_ABUSE: "Hateful conduct",
    Abuse.SEXUAL_ABUSE: "Bullying and harassment",
    Abuse.DOXING: "Privacy violations",
    Abuse.IMPERSONATION_ACCOUNT: "Account integrity",
    Abuse.PERSONAL_ABUSE: "Bullying and harassment",
    Abuse.HUMILIATION_MEDIA: "Bullying and harassment",
    Abuse.EXTREME_CONTENT: "Dangerous organisations and individuals",
}
_X: Final = {
    Abuse.THREAT_SERIOUS: "Violent content",
    Abuse.MENACE: "Violent content",
    Abuse.HARASSMENT_COURSE: "Abuse and harassment",
    Abuse.VIRTUAL_MOBBING: "Abuse and harassment",
    Abuse.DISCRIMINATORY_ABUSE: "Hateful conduct",
    Abuse.SEXUAL_ABUSE: "Abuse and harassment",
    Abuse.DOXING: "Private information",
    Abuse.IMPERSONATION_ACCOUNT: "Authenticity",
    Abuse.PERSONAL_ABUSE: "Abuse and harassment",
    Abuse.HUMILIATION_MEDIA: "Abuse and harassment",
    Abuse.EXTREME_CONTENT: "Violent and hateful entities",
}
_YOUTUBE: Final = {
    Abuse.THREAT_SERIOUS: "Harassment and cyberbullying: threats",
    Abuse.MENACE: "Harassment and cyberbullying: threats",
    Abuse.HARASSMENT_COURSE: "Harassment and cyberbullying",
    Abuse.VIRTUAL_MOBBING: "Harassment and cyberbullying",
    Abuse.DISCRIMINATORY_ABUSE: "Hate speech",
    Abuse.SEXUAL_ABUSE: "Harassment and cyberbullying",
    Abuse.DOXING: "Harassment and cyberbullying: private details",
    Abuse.IMPERSONATION_ACCOUNT: "Impersonation",
    Abuse.PERSONAL_ABUSE: "Harassment and cyberbullying",
    Abuse.HUMILIATION_MEDIA: "Harassment and cyberbullying",
    Abuse.EXTREME_CONTENT: "Violent extremist or criminal organisations",
}
_BLUESKY: Final = {
    Abuse.THREAT_SERIOUS: "Threats or violence",
    Abuse.MENACE: "Threats or violence",
    Abuse.DISCRIMINATORY_ABUSE: "Hate and discrimination",
    Abuse.DOXING: "Privacy",
    Abuse.IMPERSONATION_ACCOUNT: "Impersonation",
}
_RULES: Final[dict[str, dict[Abuse, str]]] = {
    "facebook": _META,
    "instagram": _META,
    "x": _X,
    "youtube": _YOUTUBE,
    "bluesky": _BLUESKY,
}
_OTHERWISE: Final = {"mastodon": "The rules of the author's server", "bluesky": "Harassment"}
_UNNAMED: Final = "Abuse and harassment"


def clause(platform_code: str, category: Abuse | None) -> str:
    """Return what a platform calls the rule that a matter of this category may break."""
    named = _RULES.get(platform_code, {}).get(category) if category else None
    return named or _OTHERWISE.get(platform_code, _UNNAMED)


def choices(platform_code: str) -> tuple[str, ...]:
    """Return the clauses of a platform for a person to choose from."""
    named = sorted(set(_RULES.get(platform_code, {}).values()))
    return (*named, _OTHERWISE.get(platform_code, _UNNAMED))


def in_words(platform_code: str, category: Abuse | None) -> str:
    """Return the sentence that names a platform's rule."""
    return f"{platform(platform_code)}'s rules on: {clause(platform_code, category)}"
