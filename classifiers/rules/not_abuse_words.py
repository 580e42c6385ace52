"""What takes a text out of the classes of not-abuse: names called, threats, bitter thanks."""

from __future__ import annotations

from classifiers.rules.abuse_vocabulary import HARD_NOUN
from classifiers.rules.patterns import any_of

# Contempt in single words: beside one of these, blame or praise is rarely only that.
SOUR = any_of(
    rf"\b(?:{HARD_NOUN})s?\b",
    r"\b(?:clowns?|muppets?|morons?|idiots?|pigs?|cow|trout|hag|bints?|tossers?|leech\w*|vermin"
    r"|rats?|weasels?|snakes?|lapdog|puppet|gob|gormless|spineless|gutless|two[- ]faced|slimy|smug"
    r"|thick|dumb|fat|ugly|bald|baldy|ginger|lazy|idle|useless (?:\w+ )?(?:lump|lot|shower|pigs?"
    r"|article|balloon)|wasters?|wastrels?|freaks?|snowflakes?|jumped[- ]up|overpaid (?:\w+ )?"
    r"(?:taxi|babysitters?|wasters?|bed)|morons?|bed[- ]?wett\w+|lump|specimen|creature?"
    r"|grovell?ing|gurning|dribbling|wazzock|numpty|pathetic little|poor little|diddums|dummy"
    r"|crayons|gold star|have a biscuit|bless her|bless him|aww|corrupt shower"
    r"|my arse|shower of|pack of|bunch of \w+s)\b",
    r"\b(?:kill|stab|burn|burns|shoot|petrol|knife|braking|bricked|hatchet|throat|tyres|regret"
    r"|running shoes|nice house|know where|which door|in person|home address|sleep well)\b",
    r"\b(?:nudes?|lycra|bend over|arse|tits|boobs|sexy|phwoar|uniform off|less uniform)\b"
    r"|[\x{1F346}\x{1F351}\x{1F4A6}\x{1F60F}\x{1F975}\x{1F412}\x{1F34C}\x{1F416}\x{1F437}]",
    r"\b(?:sort code|bank details|card number|official (?:account|page|acct)|new (?:page|account)"
    r"|2nd account|link in (?:my )?bio|pass it (?:on|round)|sticker|meme|deepfake\w*|everyone "
    r"go)\b",
    r"\b(?:polack|taffy|paki|p00f|dykes?|jungle|ovens?|dinghy|the boats?|his own kind|their own"
    r"|english (?:girls|man|left)|real language|white history|kitchen where)\b",
)
