"""What is routed before abuse, second part: complaints, the press, requests for records, leaks."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, words

# Something went wrong for the writer, whether or not they call it a complaint.
WENT_WRONG = (
    r"\b(?:queued|waited|been waiting|sat|stood)\b(?: \w+){0,4} (?:an|\d+|two|three|four|half an"
    r"|over an) (?:hours?|mins?|minutes?|and)\b",
    r"\b(?:rude|horrible|nasty|abrupt|dismissive|patronising|unhelpful) (?:woman|man|bloke|lady"
    r"|staff|receptionist|nurse|operator|person|attitude|on the phone|to (?:me|us|my|her|him))\b"
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
        r"\b(?:how|where|who) (?:do|can|should|would) (?:i|we|you"
        r"|people) (?:\w+ )?complain(?:ts?)?\b",
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
)

MEDIA_ENQUIRY = Rule(
    name="check.media_enquiry",
    says="May come from a journalist or a broadcaster",
    patterns=(
        r"\bnews ?desk\b|\b(?:like|want|hoping|looking|planning) to run (?:a|an|the"
        r"|this) (?:\w+ )?(?:piece|story|article|feature|item)\b|\bdo you have (?:a"
        r"|any) (?:statement|comment|spokes\w+)\b|\b(?:writing|doing|preparing|working on) (?:a"
        r"|an) (?:\w+ )?(?:article|piece|report) (?:on|about|for)\b",
        r"\b(?:i'?m|i am|im|my name is|this is|hi|hello)(?: \w+){0,5} (?:a |an "
        r"|the )?(?:journalist|reporter|producer|researcher|freelance writer|correspondent"
        r"|news editor)\b",
        r"\b(?:journalist|reporter|producer|news ?desk|newsroom|correspondent) (?:at|for|from|with"
        r"|here)\b",
        r"\b(?:could|can|may|would|do) (?:we|i|you)(?: \w+){0,4} (?:use|share|feature|broadcast"
        r"|include|credit) (?:this|your|the|these) (?:\w+ )?(?:video|footage|photos?|pictures?"
        r"|images?|clip)\b",
        r"\bpermission to (?:use|share|broadcast|publish|feature)\b",
        r"\b(?:request(?:ing)?|like|after|for|get|have|provide|offer|giv(?:e|ing)|available"
        rf"|willing|free){GAP}{words(4)}(?:an? )?(?:interview|press statement|quote for"
        r"|comment for (?:our|the|a|an)|statement for|on[- ]?air|on the record)\b",
        r"\b(?:for|writing|doing|running|working on) (?:a|an|our) (?:\w+ )?(?:story|news (?:piece"
        r"|item)|documentary|programme about|broadcast|feature on|podcast episode)\b",
        r"\bpress office\b|\b(?:contact|email|number) for (?:your )?(?:press|media)(?: team"
        r"| office| enquir\w+)?\b",
    ),
    fires=(
        "Hi, Beacon newsdesk. Do you have a statement?",
        "We'd like to run a piece on this",
        "Hi, I'm a reporter at the Northmoor Gazette, could you DM us?",
        "Could we use this footage on tonight's bulletin with credit?",
        "Would the chief be available for an interview?",
        "What is the number for your press office?",
        "I'm writing a story about response times",
    ),
    silent=(
        "I had an interview for the control room job, thank you",
        "What a story, well done all",
        "The press always twist it",
    ),
    holds=(
        held_in_sentence(
            "context.figurative",
            "Speaks of a job interview",
            r"\b(?:job|recruit\w*|apply|applied|application|on[- ]call post|vacanc\w+|my interview"
            r"|candidates?)\b",
        ),
    ),
)

INFORMATION_REQUEST = Rule(
    name="check.information_request",
    says="May be a request for records, figures or the writer's own data",
    patterns=(
        r"\b(?:foi|f\.o\.i\.?|foia|eir request|freedom of information|subject access|dsar"
        r"|data subject|environmental information regulations|right of access)\b",
        r"\bsar\b(?: \w+){0,3} (?:request|sent|submitted|response|overdue|about me)|\b(?:submit\w*"
        r"|sent|make|making|under) (?:a |my )?sar\b",
        r"\bunder the (?:\w+ ){0,4}(?:information|data protection) (?:act|regulations?)\b"
        r"|\bunder (?:uk )?gdpr\b",
        r"\b(?:i|we) (?:hereby |formally |would like to |wish to |want to )*request (?:a |all "
        r"|the |any |sight of )*(?:cop(?:y|ies)|records|data|information|figures|statistics"
        r"|documents|emails|minutes|cctv|recordings?)\b",
        r"\bcop(?:y|ies) of (?:my|all|the|any|every) (?:\w+ ){0,3}(?:data|records?|files?"
        r"|e-?mails?|information|reports?|notes|minutes|recordings?|calls?|footage|documents"
        r"|contract|log)\b",
        r"\b(?:what|which|all|any|the) (?:personal )?(?:data|information|records?) (?:that )?(?:do"
        r" )?(?:you|the council|the service|the trust) (?:hold|have|keep|store)s? (?:on"
        r"|about) (?:me|my|us)\b",
        r"\bhow (?:many|much) (?:\w+ ){1,10}(?:in the last|over the (?:last|past)|since (?:19"
        r"|20)\d\d|in (?:19|20)\d\d|last year|per year|each year|between (?:19|20)\d\d|in the past"
        r"|for the (?:years?|period))\b",
        r"\b(?:please|can you|could you|pls) (?:publish|disclose|release"
        r"|provide) (?:me with )?(?:the |all |any |full )*(?:figures|statistics|stats|data|minutes"
        r"|costs?|breakdown|report|numbers|records|footage)\b",
    ),
    fires=(
        "This is an FOI request: how many false alarms last year?",
        "What data do you hold on me?",
        "I request a copy of the call recording",
        "How many engines were off the run in the last year?",
        "Please publish the figures for each station",
        "Subject access request: send all my records",
    ),
    silent=(
        "How many people does it take to lift that hose?",
        "More information on the website, thanks",
        "Search and rescue (SAR) training today looked great",
    ),
)

DATA_BREACH_SIGNAL = Rule(
    name="check.data_breach_signal",
    says="May reveal that the service leaked personal data",
    patterns=(
        r"\b(?:every ?one'?s|every ?body'?s|all our|other people'?s|residents'?"
        r"|people'?s) (?:\w+[, ]+){0,8}(?:in|on) the (?:to|cc|copy) (?:line|field|box|bar|list)\b"
        r"|\b(?:email|letter|list|spreadsheet|message) (?:\w+ ){0,6}(?:has|had|with|shows?|showing"
        r"|contains?|including|included) (?:every ?one'?s|all our|other people'?s|people'?s"
        r"|residents'?) (?:\w+ )?(?:names?|numbers?|mobiles?|e-?mails?|address(?:es)?|details)\b",
        r"\bdata (?:breach|leak|protection breach|breached)\b|\b(?:breach|breached|broke|broken"
        r"|breaking) (?:of )?(?:my |our |uk )?(?:gdpr|data protection|confidentiality)\b"
        r"|\bgdpr breach\b",
        r"\b(?:sent|emailed|e-?mailed|posted|given|gave|got|received|handed|showed|printed|opened"
        rf"|texted){GAP}{words(3)}(?:someone else'?s|somebody else'?s|another (?:patient|person"
        r"|resident|family|parent|pupil|woman|man|customer|tenant)'?s|a stranger'?s"
        rf"|other people'?s|the wrong (?:person'?s|patient'?s|people'?s)){GAP}{words(3)}(?:details"
        r"|letters?|notes|records?|results?|information|data|e-?mails?|files?|report|bill|address"
        r"|appointment|scan|medication list|form|statement)\b",
        r"\b(?:my|our|her|his|their|patient|patients'?|everyone'?s|other people'?s|residents'?"
        r"|pupils'?|staff) (?:home |personal |private |medical |phone |bank |full "
        r"|e-?mail )*(?:details|address|addresses|records?|number|numbers|data|notes|e-?mails?"
        r"|information|names?|results|number plate|plate)(?: and \w+)* (?:is|are|has been"
        r"|have been|was|were|got|been|'?s) (?:\w+ )?(?:visible|online|leaked|published|shared"
        r"|on (?:your|the) (?:website|page|photo|video|post|internet|screen)|in (?:your|the"
        r"|this) (?:photo|video|picture|post|clip|pdf|spreadsheet)|public|exposed|for all to see"
        r"|sent to|not blurred|showing|readable|cc'?d|lost|stolen)\b",
        r"\b(?:you can|can|you could|we can|i can) (?:clearly |all |still |actually )*(?:see"
        r"|read) (?:my|our|his|her|everyone'?s|people'?s|other people'?s|the patient'?s|patients'?"
        r"|a patient'?s|the casualty'?s|all the) (?:\w+ ){0,3}(?:names?|address(?:es)?|e-?mails?"
        r"|number ?plates?|plates?|reg|details|phone numbers?|notes|records?|house number|screen"
        r"|whiteboard)\b",
        r"\b(?:cc'?d|cc'?ed|copied) (?:\w+ )?(?:everyone|everybody|all|the whole|hundreds|200"
        r"|us all)\b|\beveryone'?s (?:e-?mail|address|name)(?:es|s)? (?:is |are |was "
        r"|were )?(?:in the (?:cc|to)|visible|on it)\b",
        r"\b(?:left|found|dropped|dumped) (?:\w+ )?(?:my|patient|patients'?|someone'?s|people'?s"
        r"|confidential|a patient'?s|pupil|case|medical) (?:medical |personal "
        r"|social work )*(?:notes|files?|records?|papers|paperwork|letters|details|documents)\b",
    ),
    fires=(
        "the email you sent residents this morning has everyone's names in the To line",
        "You sent me somebody else's test results",
        "our home address is visible in your video",
        "Is this a data breach? everyone's email in the cc",
        "you can see the casualty's number plate, blur it",
        "Found patient notes in the car park",
        "My details have been leaked online by your team",
    ),
    silent=(
        "You can see the crew's faces, so proud",
        "Thanks for the information on your website",
        "I got someone else's bin again",
    ),
)
