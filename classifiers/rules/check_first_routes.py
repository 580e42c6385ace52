"""What is routed before abuse, second part: complaints, the press, requests for records, leaks."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, words

COMPLAINT = Rule(
    name="check.complaint",
    says="Makes or announces a complaint",
    patterns=(
        r"\b(?:want|wish|like|going|need|have|trying|try|intend|will be|be|am|i'?ll be|we'?ll be)(?: to)?(?: be)?"
        r" (?:make|making|lodge|lodging|raise|raising|file|filing|put in|putting in|submit|submitting|register)"
        r" (?:a |an |my |this )?(?:formal |official |written |serious )*complaint\b",
        r"\b(?:formal|official|written) complaint\b|\bcomplaints? (?:procedure|department|team|form|process|line"
        r"|number)\b",
        r"\b(?:how|where|who) (?:do|can|should|would) (?:i|we|you|people) (?:\w+ )?complain(?:ts?)?\b",
        r"\b(?:i|we) (?:want|wish|would like|need|intend|'?m going|'?re going|am going|will) ?(?:to )?complain\b"
        r"|\b(?:i'?ll|we'?ll|i'?m|we'?re|i'?ve|i have|we have) (?:be |already )*complain(?:ing|ed)?\b",
        r"\b(?:the )?ombudsman\b|\b(?:pals|patient advice)(?: and liaison)? (?:team|service|office)\b",
        rf"\b(?:you|they|crew|crews|ambulance|engine|it) (?:lot )?took{GAP}(?:you |them |over |more than |nearly |almost"
        rf" |about |around |at least |a whole )*(?:\d+|an?|two|three|four|five|six|ten|twenty|thirty|forty|fifty|half"
        r" an) ?(?:min|mins|minutes|hours?|hrs?|days?|weeks?|months?)\b",
        r"\b(?:emailed|e-?mailed|rang|rung|called|phoned|reported|reported (?:it|this)|asked|written|chased|complained"
        r"|messaged)(?: (?:you|them|it|this|in|about it|the council))* (?:\w+ )?(?:twice|three times|four times"
        r"|five times|\d+ times|several times|many times|countless times|times and|repeatedly|every (?:day|week))\b",
        r"\b(?:still|been) (?:\w+ )?waiting (?:for|on|over|since|\d|to hear|months|weeks|a (?:year|month))",
        r"\b(?:nobody|no ?one|noone|never) (?:has |have |'?s |even |ever )*(?:came|come|turned up|showed up|got back"
        r"|replied|called back|rang back|answered|responded|phoned back|contacted me|bothered)\b",
        r"\b(?:refused|refusing) to (?:help|come|treat|see (?:me|my|him|her)|send|listen|attend|let me)\b",
        r"\b(?:left|kept) (?:me|us|him|her|them|my \w+) (?:\w+ ){0,4}(?:waiting|on a trolley|in pain|on the floor"
        r"|for hours|for \d+ hours|without)\b",
    ),
    fires=(
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
        r"\b(?:i'?m|i am|im|my name is|this is|hi|hello)(?: \w+){0,5} (?:a |an |the )?(?:journalist|reporter|producer"
        r"|researcher|freelance writer|correspondent|news editor)\b",
        r"\b(?:journalist|reporter|producer|news ?desk|newsroom|correspondent) (?:at|for|from|with|here)\b",
        r"\b(?:could|can|may|would|do) (?:we|i|you)(?: \w+){0,4} (?:use|share|feature|broadcast|include|credit) (?:this"
        r"|your|the|these) (?:\w+ )?(?:video|footage|photos?|pictures?|images?|clip)\b",
        r"\bpermission to (?:use|share|broadcast|publish|feature)\b",
        r"\b(?:request(?:ing)?|like|after|for|get|have|provide|offer|giv(?:e|ing)|available|willing|free)"
        rf"{GAP}{words(4)}(?:an? )?(?:interview|press statement|quote for|comment for (?:our|the|a|an)|statement for"
        r"|on[- ]?air|on the record)\b",
        r"\b(?:for|in|writing|doing|running|working on) (?:a|an|our|the) (?:\w+ )?(?:story|article|news (?:piece|item)"
        r"|documentary|programme about|broadcast|feature on|podcast episode)\b",
        r"\bpress office\b|\b(?:contact|email|number) for (?:your )?(?:press|media)(?: team| office| enquir\w+)?\b",
    ),
    fires=(
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
            r"\b(?:job|recruit\w*|apply|applied|application|on[- ]call post|vacanc\w+|my interview|candidates?)\b",
        ),
    ),
)

INFORMATION_REQUEST = Rule(
    name="check.information_request",
    says="May be a request for records, figures or the writer's own data",
    patterns=(
        r"\b(?:foi|f\.o\.i\.?|foia|eir request|freedom of information|subject access|dsar|data subject|environmental"
        r" information regulations|right of access)\b",
        r"\bsar\b(?: \w+){0,3} (?:request|sent|submitted|response|overdue|about me)|\b(?:submit\w*|sent|make|making"
        r"|under) (?:a |my )?sar\b",
        r"\bunder the (?:\w+ ){0,4}(?:information|data protection) (?:act|regulations?)\b|\bunder (?:uk )?gdpr\b",
        r"\b(?:i|we) (?:hereby |formally |would like to |wish to |want to )*request (?:a |all |the |any |sight of )*"
        r"(?:cop(?:y|ies)|records|data|information|figures|statistics|documents|emails|minutes|cctv|recordings?)\b",
        r"\bcop(?:y|ies) of (?:my|all|the|any|every) (?:\w+ ){0,3}(?:data|records?|files?|e-?mails?|information|reports?"
        r"|notes|minutes|recordings?|calls?|footage|documents|contract|log)\b",
        r"\b(?:what|which|all|any|the) (?:personal )?(?:data|information|records?) (?:that )?(?:do )?(?:you|the council"
        r"|the service|the trust) (?:hold|have|keep|store)s? (?:on|about) (?:me|my|us)\b",
        r"\bhow (?:many|much) (?:\w+ ){1,10}(?:in the last|over the (?:last|past)|since (?:19|20)\d\d|in (?:19|20)\d\d"
        r"|last year|per year|each year|between (?:19|20)\d\d|in the past|for the (?:years?|period))\b",
        r"\b(?:please|can you|could you|pls) (?:publish|disclose|release|provide) (?:me with )?(?:the |all |any |full )*"
        r"(?:figures|statistics|stats|data|minutes|costs?|breakdown|report|numbers|records|footage)\b",
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
        r"\bdata (?:breach|leak|protection breach|breached)\b|\b(?:breach|breached|broke|broken|breaking) (?:of )?(?:my |"
        r"our |uk )?(?:gdpr|data protection|confidentiality)\b|\bgdpr breach\b",
        r"\b(?:sent|emailed|e-?mailed|posted|given|gave|got|received|handed|showed|printed|opened|texted)"
        rf"{GAP}{words(3)}(?:someone else'?s|somebody else'?s|another (?:patient|person|resident|family|parent"
        r"|pupil|woman|man|customer|tenant)'?s|a stranger'?s|other people'?s|the wrong (?:person'?s|patient'?s"
        r"|people'?s))"
        rf"{GAP}{words(3)}(?:details|letters?|notes|records?|results?|information|data|e-?mails?|files?|report|bill"
        r"|address|appointment|scan|medication list|form|statement)\b",
        r"\b(?:my|our|her|his|their|patient|patients'?|everyone'?s|other people'?s|residents'?|pupils'?|staff) (?:home |"
        r"personal |private |medical |phone |bank |full |e-?mail )*(?:details|address|addresses|records?|number|numbers"
        r"|data|notes|e-?mails?|information|names?|results|number plate|plate)(?: and \w+)* (?:is|are|has been|have been"
        r"|was|were|got|been|'?s) (?:\w+ )?(?:visible|online|leaked|published|shared|on (?:your|the) (?:website|page"
        r"|photo|video|post|internet|screen)|in (?:your|the|this) (?:photo|video|picture|post|clip|pdf|spreadsheet)|public"
        r"|exposed|for all to see|sent to|not blurred|showing|readable|cc'?d|lost|stolen)\b",
        r"\b(?:you can|can|you could|we can|i can) (?:clearly |all |still |actually )*(?:see|read) (?:my|our|his|her"
        r"|everyone'?s|people'?s|other people'?s|the patient'?s|patients'?|a patient'?s|the casualty'?s|all the)"
        r" (?:\w+ ){0,3}(?:names?|address(?:es)?|e-?mails?|number ?plates?|plates?|reg|details|phone numbers?|notes"
        r"|records?|house number|screen|whiteboard)\b",
        r"\b(?:cc'?d|cc'?ed|copied) (?:\w+ )?(?:everyone|everybody|all|the whole|hundreds|200|us all)\b|\beveryone'?s"
        r" (?:e-?mail|address|name)(?:es|s)? (?:is |are |was |were )?(?:in the (?:cc|to)|visible|on it)\b",
        r"\b(?:left|found|dropped|dumped) (?:\w+ )?(?:my|patient|patients'?|someone'?s|people'?s|confidential|a"
        r" patient'?s|pupil|case|medical) (?:medical |personal |social work )*(?:notes|files?|records?|papers|paperwork"
        r"|letters|details|documents)\b",
    ),
    fires=(
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
