"""Poses as the service or as somebody who works there."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before

IMPERSONATION = Rule(
    name="abuse.impersonation",
    says="Speaks as the service or its staff, or tells of a fake or hacked account",
    patterns=(
        r"\bthis is the (?:official|real|only) (?:\w+ ){0,7}(?:team|page|account|profile|fund"
        r"|appeal|service|support)\b|\b(?:send|donate|pay) (?:\w+ ){0,4}(?:to )?the"
        r" link in our bio\b|\bcontact (?:me|us) (?:only )?on (?:this|my|our) new (?:account|page"
        r"|number)\b",
        r"^\W*(?:as|speaking as) (?:the |your )?(?:new |acting )?(?:chief (?:fire officer"
        r"|executive|constable|officer|nurse)|head ?teacher|council leader|deputy chief"
        r"|station commander)\W+(?:i|we) (?:can|am|have|will|must|confirm|hereby|would)",
        r"^\W*(?:\w+ ){0,4}?(?:this is|message from) (?:the |your )?(?:\w+ )?(?:chief (?:fire "
        r"officer|executive|officer|constable|of)|deputy chief|fire chief|head ?teacher"
        r"|official (?:account|page|support|team)|real (?:account|page|chief|council|service|school"
        r"|trust)|council leader|press office|support (?:team|agent)|admin(?:istrator)? (?:of"
        r"|for) this)\b",
        r"\b(?:official|real|verified|new|backup|second) (?:\w+ ){0,3}(?:account|page|profile"
        r"|support (?:line|page|account))\b(?: \w+){0,4} (?:here|follow|message|dm|click|contact"
        r"|inbox|add me|telegram|whatsapp)\b",
        r"\b(?:fake|cloned?|copycat|bogus|scam|hacked|parody|impersonat\w+|imposter"
        r"|impostor)(?: \w+){0,2} (?:account|page|profile|site|website)s?\b(?: \w+){0,6} (?:of"
        r"|using|with|pretending|in|called|as|claiming|your|the|going|doing|adding|messaging)\b",
        r"\b(?:pretending|claiming|claims|purporting|posing) (?:to be|as|it'?s|he'?s"
        r"|she'?s) (?:you|the (?:service|council|station|chief|trust|school|fire|head|hospital)"
        r"|from (?:the|your)|one of (?:you|your)|a (?:fire|firefighter|nurse|officer|police"
        r"|council|member of staff|carer|paramedic|teacher))\b|\bimpersonat(?:e|es|ing|ed) (?:you"
        r"|the|a|an|your|one of)\b",
        r"\b(?:claim|get|process|receive|release) (?:your|ur) (?:refund|compensation|grant|rebate"
        r"|payment|prize)\b(?: \w+){0,5} (?:dm|message|inbox|click|link|here|whatsapp|telegram"
        r"|contact)|\b(?:dm|message|inbox|whatsapp|contact) (?:us|me|our \w+"
        r"|the \w+ \w+) (?:\w+ ){0,4}(?:to claim|for your (?:refund|compensation|grant)"
        r"|to receive)\b",
    ),
    fires=(
        "this is the official Northmoor appeals team, donate via the link in our bio",
        "As Chief Fire Officer I can confirm all stations close on Monday",
        "This is the Chief Fire Officer, message my new page for help",
        "There's a fake account using your crest, adding people",
        "someone pretending to be a firefighter is selling smoke alarms door to door",
        "DM us to claim your refund",
    ),
    silent=(
        "As Chief Fire Officer she has to go, I reckon.",
        "I am the mother of a firefighter",
        "you're a fake account mate, ignore him",
        "The chief was great on the radio",
        "This is the best page on here",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that somebody is not this",
            r"\b(?:not|never|n't|if|wish)\s+(?:\w+ ){0,2}",
        ),
    ),
)

_WARNS = (
    r"\b(?:scams?|beware|warning|is (?:this|that) (?:one )?(?:of the )?(?:real|fakes?|genuine)"
    r"|one of the fakes|reported|careful|don'?t (?:click|send)|thank\w*|journalist|reporter"
    r"|news ?desk|foi|union|complaint|your officers?|open day)\b"
)
POSING = Rule(
    name="abuse.impersonation",
    says="Speaks as the service or its staff and asks for details or money",
    patterns=(
        r"\bofficial\b|\b(?:new|2nd|second|private|personal|backup|other) (?:page|account|acct"
        r"|profile|number)\b|\b(?:old|main|other|work) (?:one|page|account"
        r"|acct)(?: \w+){0,3} (?:hacked|locked|banned|trolled|suspended)\b",
        r"\b(?:hi|hello|this is|its|it'?s|i am|i'?m|im)\b(?: \w+){0,5} (?:here|from the"
        r"|from \w+ (?:fire|council|nhs|trust|school|police)|admin of|on my)\b",
        r"\b(?:council tax|nhs|housing|fire) (?:refund|rebate|grant|support) (?:team|dept|desk)\b"
        r"|\b(?:you are|you'?re) (?:owed|due|entitled|eligible)\b|\bpriority response\b"
        r"|\bto say sorry (?:i'?m|we'?re) giving\b",
    ),
    fires=(
        "Northmoor Council OFFICIAL: you are owed £80, reply with sort code and card number",
        "hi its Sam from the fire station on my new page, message me your date of birth",
    ),
    silent=(
        "Is the official page the one with the crest? A new account asked for my bank details",
        "Hi, I'm Jo from Mill Lane, when is my bin day?",
    ),
    holds=(QUOTED,),
    beside=(
        (
            r"\b(?:bank (?:details|card)|sort code|card (?:number|details)|date of birth"
            r"|national insurance number|log ?in|password|gift cards?|transfer"
            r"|£\d+(?:[.,]\d\d)? (?:admin|fee|deposit|vouchers?)|admin fee|(?:dm|inbox|message|text"
            r"|whatsapp|telegram) (?:me|us|your)|send (?:me |us |your |ur )?(?:\w+ )?(?:name|number"
            r"|numbers|details|payment|money|photos?|shift sheets|your)|reply with|sign in with"
            r"|re-?register|must register|(?:voting|polling|collection|clinic)(?: \w+){0,6} (?:has "
            r")?moved|do not attend|ignore the old|donate via|share to)\b"
        ),
    ),
    unless=_WARNS + r"|\b(?:asked (?:for|me)|asking for my)\b",
)
POSED = Rule(
    name="abuse.impersonation",
    says="Tells of having made an account in somebody's name",
    patterns=(
        r"\b(?:i (?:set up|made|run|took|registered)|(?:is|its|it'?s) me lol|jk its me|got (?:her"
        r"|his) (?:photo|pic)|used (?:her|his) (?:photo|pic\w*))\b[^.!?]{0,80}\b(?:account|page"
        r"|profile|insta\w*|linkedin|tinder|handle|official|bio|followers|likes)\b",
    ),
    fires=("I set up a tinder for her, used her photo and everything, 30 likes on the profile",),
    silent=("I made an account to report my bin and the page crashed",),
    holds=(QUOTED,),
    beside=(r"\b(?:her|his|him|mr|mrs|miss|dr|chief|head|\w+'s)\b",),
    unless=_WARNS + r"|\b(?:my (?:bin|bill|appointment)|crashed|log in)\b",
)
