"""What is routed before abuse: complaints, whether or not they are called so."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule
from classifiers.rules.patterns import GAP

# Something went wrong for the writer, whether or not they call it a complaint.
WENT_WRONG = (
    r"\b(?:queued|waited|been waiting|sat|stood)\b(?: \w+){0,4} (?:an|\d+|two|three|four|half an"
    r"|over an) (?:hours?|mins?|minutes?|and)\b",
    r"\b(?:rude|horrible|nasty|abrupt|dismissive|patronising|unhelpful) (?:woman|man|bloke|lady"
    r"|staff|receptionist|nurse|operator|attitude|on the phone|to (?:me|us|my|her|him))\b"
    r"|\b(?:was|were|so|very|really) (?:rude|dismissive|unhelpful|patronising)\b",
    r"\b(?:damaged|broke|broken|smashed|scratched|clipped|hit|taken|took|knocked|crushed|flattened"
    r"|ruined|blocked) (?:my|our) (?:\w+ )?(?:car|mirror|wing mirror|gate|fence|wall|door|bins?"
    r"|garden|drive|driveway|van|hedge|window|lawn|kerb)s?\b",
    r"\b(?:we|i) (?:told|warned|emailed|reported (?:it )?to) (?:you|the (?:council|landlord"
    r"|service|station|school|hospital|trust))\b(?: \w+){0,8} (?:months?|weeks?|years?"
    r"|in (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)|times|already|ago|before|and (?:you|nothing|nobody|no one))\b",
    r"\b(?:sort (?:it|this|yourselves|your act) out|somebody needs to answer for (?:this|that)"
    r"|what(?:'?s| is) (?:the|your) (?:policy|excuse) (?:on|for)|why (?:was|were) (?:i|we|my|she"
    r"|he) not)\b",
)

COMPLAINT = Rule(
    name="check.complaint",
    says="Makes or announces a complaint",
    patterns=(
        *WENT_WRONG,
        r"\b(?:want|wish|like|going|need|have|trying|try|intend|will be|be|am|i'?ll be"
        r"|we'?ll be)(?: to)?(?: be)? (?:make|making|lodge|lodging|raise|raising|file|filing"
        r"|put in|putting in|submit|submitting|register) (?:a |an |my |this )?(?:formal |official "
        r"|written |serious )*complaint\b",
        r"\b(?:formal|official|written) complaint\b|\bcomplaints? (?:procedure|department|team"
        r"|form|process|line|number)\b",
        r"\b(?:how|where|who) (?:do|can|should|would) (?:i|we|you|people) (?:\w+ "
        r")?complain(?:ts?)?\b",
        r"\b(?:i|we) (?:want|wish|would like|need|intend|'?m going|'?re going|am going"
        r"|will) ?(?:to )?complain\b|\b(?:i'?ll|we'?ll|i'?m|we'?re|i'?ve|i have|we have) (?:be "
        r"|already )*complain(?:ing|ed)?\b",
        r"\b(?:the )?ombudsman\b|\b(?:pals|patient advice)(?: and liaison)? (?:team|service"
        r"|office)\b",
        rf"\b(?:you|they|crew|crews|ambulance|engine|it) (?:lot )?took{GAP}(?:you |them |over "
        r"|more than |nearly |almost |about |around |at least |a whole )*(?:\d+|an?|two|three"
        r"|four|five|six|ten|twenty|thirty|forty|fifty|half an) ?(?:min|mins|minutes|hours?|hrs?"
        r"|days?|weeks?|months?)\b",
        r"\b(?:emailed|e-?mailed|rang|rung|called|phoned|reported|reported (?:it|this)|asked"
        r"|written|chased|complained|messaged)(?: (?:you|them|it|this|in|about it"
        r"|the council))* (?:\w+ )?(?:twice|three times|four times|five times|\d+ times"
        r"|several times|many times|countless times|times and|repeatedly|every (?:day|week))\b",
        r"\b(?:still|been) (?:\w+ )?waiting (?:for|on|over|since|\d|to hear|months|weeks|a (?:year"
        r"|month))",
        r"\b(?:nobody|no ?one|noone|never) (?:has |have |'?s |even |ever )*(?:came|come|turned up"
        r"|showed up|got back|replied|called back|rang back|answered|responded|phoned back"
        r"|contacted me|bothered)\b",
        r"\b(?:refused|refusing) to (?:help|come|treat|see (?:me|my|him|her)|send|listen|attend"
        r"|let me)\b",
        r"\b(?:left|kept) (?:me|us|him|her|them|my \w+) (?:\w+ ){0,4}(?:waiting|on a trolley"
        r"|in pain|on the floor|for hours|for \d+ hours|without)\b",
    ),
    fires=(
        "Queued an hour and half with a toddler, rude woman on the door too",
        "the crew has taken my wing mirror clean off",
        "We told the landlord and you in June about the alarms, sort it out",
        "You took 40 minutes and my garage burned",
        "I want to make a formal complaint about the crew",
        "How do I complain about this?",
        "rang you three times and nobody came",
        "Still waiting for my bin to be collected",
        "They left my mum on a trolley for hours",
        "Taking this to the ombudsman",
    ),
    silent=(
        "Can't complain, lovely day at the station",
        "Nobody asked for your opinion mate",
        "Took my lad to see the engines, ten minutes well spent",
    ),
    holds=(QUOTED,),
    unless=(
        r"\b(?:councillors?|moderat\w+|comments?|likes|post it|vote|#\w+|answer me"
        r"|explaining yourself|your hair|nice hands|touchline|consultation|say hi|yourselves"
        r"|wish you|some of us have been|person)\b"
    ),
)
