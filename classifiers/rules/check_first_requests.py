"""What is routed before abuse: requests for information or one's own data, and the press."""

from __future__ import annotations

from classifiers.rules.engine import Rule

_RECORDS = (
    r"(?:cop(?:y|ies)|records?|files?|notes|minutes|figures?|stats|statistics|data|numbers?"
    r"|breakdown|spreadsheet|csv|logs?|recordings?|footage|cctv|e-?mails|correspondence"
    r"|documents?|reports?|survey|valuation|invoices?|receipts?|expenses|contracts?|business case"
    r"|tender\w*|impact assessment|audit|action plan|accounts|spend|costs?|counts|terms"
    r"|register|policy|policies|assessment|response times?|declarations?|list of|names? of)"
)
_ASKING = (
    r"(?:(?:can|could|may|might|would) (?:i|we|you|yous?|someone|somebody"
    r"|the \w+)(?: \w+){0,3} (?:see|have|get|publish|send|tell|release|provide|supply|share|told"
    r"|furnished|state|disclose|view|inspect)|please (?:\w+ )?(?:send|supply|provide|publish"
    r"|release|tell me|disclose|state|share|list)|(?:i|we)(?:'?d| would| should|'?m)? (?:hereby "
    r"|formally )?(?:like|want|request|need|wish|be grateful for|ask(?:ing)? for)|i'?d like|send me"
    r"|how (?:do|can|would) (?:i|we) (?:get|see|ask|request|obtain)|who holds|requesting"
    r"|request(?: for)?)"
)
_MINE = (
    r"(?:(?:my|mi|her|his|our|mum'?s|dad'?s) (?:own |late \w+ )?(?:\w+ ){0,3}(?:file|records?|notes"
    r"|data|assessment|recording|999 call|call log|medical records?|emails)|(?:everything|all|what"
    r"|anything) (?:\w+ ){0,4}(?:held|hold|holds|keep|keeps|have) (?:on|about|concerning) (?:me|my"
    r"|us|him|her|the late))"
)
_NOT_ASKED = (
    r"\b(?:lol|haha|biscuits?|cake|raffle|how many (?:times|more|idiots|people does it|of you|fire"
    r" ?fighters does it|does it take)|embargoed|political desk|news ?desk|gazette|correspondent"
    r"|producer|reporter|researcher for|open page|on the website,? thanks|as (?:branch|your) sec)\b"
)

INFORMATION_REQUEST = Rule(
    name="check.information_request",
    says="May be a request for records, figures or the writer's own data",
    patterns=(
        r"\b(?:foi|f\.o\.i\.?|foia|free?d[aeiou]m of info\w*|subject access"
        r"|data protection (?:act )?request|dsar|sar request"
        r"|data subject|environmental information regulations?|right of access|information laws?"
        r"|article 15)\b|\bunder (?:the )?(?:eir|gdpr|uk gdpr|data protection|environmental"
        r"|information|act)\b|\beir (?:request|2004)\b",
        r"\b(?:submit\w*|sent|make|making|under) (?:a |my )?sar\b|^\W*sar\b\W",
        r"\b(?:treat|consider|take) (?:this|it) as (?:a |an |my )?(?:\w+ )?request\b"
        r"|\byou have (?:20|twenty|a month|one month|30|28) ?(?:working )?(?:days)?\b"
        r"|\bmaking (?:that|this|a formal) request\b|\b(?:20|twenty) working days\b"
        r"|\bformal request\b|\bconsider this a request\b",
        rf"\b{_ASKING}\b[^.!?\n]{{0,60}}\b{_RECORDS}\b",
        rf"\b{_ASKING}\b[^.!?\n]{{0,50}}\b{_MINE}\b|\b(?:what|which|all|any) (?:personal )?(?:data"
        r"|information|info|records?)(?: that)? (?:do )?(?:you|yous|the (?:council|service|trust))"
        r" (?:hold|have|keep|store|share)s?\b|\bcop(?:y|ies) of (?:my|all|the|any|every)"
        r" (?:\w+ ){0,3}(?:data|records?|files?|e-?mails?|notes|minutes|recordings?|footage"
        r"|contract|log|policy|report)\b|^\W*copy of\b",
        r"\b(?:how (?:many|much)|what (?:was|is|did|were) the|number of|cost of"
        r"|total)\b[^.!?\n]{0,90}\b(?:(?:last|past) (?:two|three|four|five"
        r"|\d+) (?:financial )?(?:years|months)|since (?:\w+ )?(?:19|20)\d\d|(?:in|for"
        r"|from) (?:\w+ )?(?:19|20)\d\d|by (?:year|month|ward|station|firm|operator|quarter|type"
        r"|grade)|each (?:year|month)|per (?:year|month|station)|in writing|spreadsheet|on appeal"
        r"|last year|payoff|pension pot)\b",
    ),
    fires=(
        "This is an FOI request: how many false alarms last year?",
        "What data do you hold on me?",
        "Data protection act request",
        "I request a copy of the call recording",
        "How many engines were off the run in the last 3 years?",
        "Please publish the figures for each station",
        "Subject access request: send all my records",
        "how do i get my housing file, everything in it",
        "can yous send me the gritting logs for Mill Lane",
    ),
    silent=(
        "How many people does it take to lift that hose?",
        "More information on the website, thanks",
        "Search and rescue (SAR) training today looked great",
        "Could I have an embargoed copy of the statement? Political desk, Northmoor Gazette",
        "I'd like to thank the crew",
    ),
    unless=_NOT_ASKED,
)

MEDIA_ENQUIRY = Rule(
    name="check.media_enquiry",
    says="May come from a journalist or a broadcaster",
    patterns=(
        r"\b(?:journalist|reporter|producer|correspondent|news ?desk|newsroom|news editor"
        r"|(?:picture|political|consumer|crime|health|education|sports?|features|planning) desk"
        r"|local democracy|researcher (?:on|for|at)|freelance|podcast|documentary|gazette|courier"
        r"|herald|mercury|chronicle|argus|evening post|\w+ (?:post|times|echo) (?:here|newspaper)"
        r"|writing for the|bbc|itv|channel 4|sky news|regional tv|tv (?:programme|show|crew|quiz)"
        r"|(?:\w+ (?:fm|radio))|local radio|breakfast (?:show|programme)|(?:news|press) agency"
        r"|writing a (?:piece|feature|story for)"
        r"|(?:it'?s|i'?m|this is) (?:\w+ ){1,3}from the (?:mail|mirror|guardian|telegraph)"
        r"|magazine|fact checker|student (?:paper|newspaper|radio)|uni paper|trade (?:title|press)"
        r"|writer for|filming permission|newyddion|press office|stringer)\b",
        r"^\W*press\b\W",
    ),
    fires=(
        "Hi, Beacon newsdesk. Do you have a statement?",
        "Reporter here, we're running a piece on this, can we talk?",
        "Hi, I'm a reporter at the Northmoor Gazette, could you DM us?",
        "Regional TV, could we use this footage on tonight's bulletin with credit?",
        "Producer at Moor FM, would the chief be available for an interview?",
        "What is the number for your press office? I'm writing about response times",
        "making a podcast on station closures, who can we speak to",
        "hi it's Jo from the Mail can u call me",
    ),
    silent=(
        "I had an interview for the control room job, thank you",
        "What a story, well done all",
        "The press always twist it",
        "heard the chief on Moor FM this morning, dreadful interview",
        "I used to deliver the Gazette up that hill",
        "Is there any shade from the sun at the open day?",
        "my lad is writing a story about a firefighter",
    ),
    beside=(
        (
            r"\b(?:deadline|statement|comment|spokes\w+|press (?:officer|contact|team)|interview"
            r"|on (?:the )?record|off the record|quote|for a (?:piece|story|line|live)|a line|clip"
            r"|credit|footage|use (?:your|this|the)|speak to|speak with|talk|take questions|come on"
            r"|dm|ring (?:us|me)|call (?:me|us|0)|confirm\w*|embargoed|who (?:can|do) (?:i|we)"
            r"|can (?:we|i|someone|anyone|your)|could (?:we|i|someone|you|your|dr)|would"
            r"|anyone (?:free|able)|available|happy to|willing|writing (?:on|for|about)|running a"
            r"|doing a piece|working on|email me|text of|figures?|number for|putting (?:anyone"
            r"|somebody)|looking for|request)\b"
        ),
    ),
    unless=(
        r"\b(?:my interview|job interview|applied|read it in|saw it (?:on|in)|heard (?:\w+ ){0,3}on"
        r"|lol|thank\w*|many times|used to (?:deliver|read|work)|talks to the (?:radio|press)"
        r"|criminal|vote the|official acct|every single post)\b"
    ),
)
