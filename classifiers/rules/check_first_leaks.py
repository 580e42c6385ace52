"""What is routed before abuse: signs that the service let personal data out."""

from __future__ import annotations

from classifiers.rules.engine import Rule

_NAME = "check.data_breach_signal"
_SAYS = "May reveal that the service leaked personal data"
_OTHERS = (
    r"(?:(?:some(?:one|body)|anybody) else'?s?|(?:an)?other (?:people|patient|person|tenant"
    r"|resident|famil(?:y|ies)|parent|pupil|applicant|customer|woman|man)s?'?s?|other people'?s"
    r"|(?:a )?strangers?'?s?|every(?:one|body)'?s|the wrong (?:person|patient|letter|address|house"
    r"|family|mum|parent)'?s?|my neighbours?'?s?|next door'?s?|(?:\d+|two|three|hundreds of|all the"
    r"|all) (?:other )?(?:parents|people|patients|tenants|residents|families|addresses|emails"
    r"|names)|a real (?:case|name|patient)|somebody called|kids'? names|patients?'? (?:names|list"
    r"|notes|details)|the whole (?:list|school|year|street)|mr \w+'s|mrs \w+'s|my ex'?s?)"
)
_DATA = (
    r"(?:names?|address(?:es)?|e-?mails?|numbers?|dob|dates? of birth|details|notes|records?"
    r"|letters?|results?|medical|history|passport|files?|folders?|reports?|rents?|arrears"
    r"|sick note|benefits?|national insurance|diagnosis|door codes?|payroll|screen|whiteboard"
    r"|plates?|list|account|bank|photos?|prescription|appointment|bill|statement|safeguarding)"
)
_GOT_OUT = (
    r"\b(?:sent|send|emailed|e-?mailed|posted|post|opened|got|received|came|logged (?:in|on)"
    r"|log in|portal|in the (?:cc|to|bcc)|cc'?d|ccd|copied in|bcc|to line|reply all|attach(?:ment"
    r"|ed)|envelope|online|website|on (?:your|the) (?:website|page|video|photo|wall|site)"
    r"|background|skip|bin|found|left|lost|blown|zoom in|pause|can (?:see|read|copy)|visible"
    r"|readable|unlocked|shared drive|public|usb|laptop|tablet|ipad|memory stick|scroll|went to"
    r"|redact\w+|behind (?:him|her|them)|leaked|printed|read (?:it )?out|on the back|told)\b"
)
_OTHER_MATTERS = (
    r"\b(?:well done|lol|petition|door to door|flowers|ballot|leaked (?:memo|rota|report)"
    r"|else'?s (?:bin|bins|job|problem|fault|turn|house|money)|sort code|dm me|thank\w*)\b"
)

_OF_OTHERS = rf"\b{_OTHERS}\b[^!?\n]{{0,60}}\b{_DATA}\b|\b{_DATA}\b[^!?\n]{{0,40}}\b{_OTHERS}\b"

DATA_BREACH_SIGNAL = (
    Rule(
        name=_NAME,
        says=_SAYS,
        patterns=(
            r"\bdata (?:breach|leak|protection breach|breached)\b|\b(?:gdpr"
            r"|confidentiality) breach\b|\b(?:breach|breached|broke|broken|breaking) (?:of )?(?:my "
            r"|our |uk )?(?:gdpr|data protection|confidentiality)\b|\b(?:tell|told|ring"
            r"|report\w*)(?: \w+){0,3} (?:to )?the ico\b",
            r"\b(?:my|our|her|his|the kids'?) (?:new |home |personal |private |medical |bank "
            r"|actual )*(?:details|address|records?|number|data|notes|information|results|plate"
            r"|passport|file|name)(?: and \w+)? (?:is|are|has been|have been|was|were|got"
            r"|been) (?:\w+ )?(?:visible|online|leaked|published|shared|on (?:your|the|there|it)"
            r"|in (?:your|the|this) (?:photo|video|picture|post|clip|pdf|spreadsheet|attachment)"
            r"|public|exposed|for all to see|sent to|not blurred|readable|lost|stolen)\b",
            r"\b(?:ticked|said|signed|put) (?:the )?no (?:on|to|for) (?:the )?(?:\w+ )?(?:form"
            r"|photos?|consent)\b|\bposted my (?:new )?address\b|\bmy (?:son|daughter|child"
            r"|kid)'?s? (?:face|photo|picture|name) (?:on|up|is on|all over)\b|\bput my (?:son"
            r"|daughter|child)s?'?s? (?:face|photo|name)\b",
            r"\b(?:in|into) some(?:one|body) ?else'?s account\b|\bsome(?:one|body) ?else'?s "
            r"account\b",
            r"\b(?:skip|bin|bins|car park|lane|zoom in|pause|screen|found|picked "
            r"up)\b[^!?\n]{0,70}\b(?:door codes?|payroll|patient (?:names|notes|list)|kids'? names"
            r"|medical notes|case notes|date of birth|dob|confidential|social work)\b|\b(?:patient"
            r"|case|medical|confidential) (?:notes|files?|records?|papers) (?:\w+ ){0,3}(?:in (?:a"
            r"|the)|on (?:a|the|my)) (?:skip|bin|car park|road|street|bus|lane|garage|pavement)\b",
            r"\b(?:receptionist|nurse|worker|officer|staff|she|he) (?:\w+ ){0,4}(?:looked up|told"
            r"|read out|shared|discussed) my (?:\w+ )?(?:records?|notes|details|results|diagnosis"
            r"|business|case)\b",
        ),
        fires=(
            "our home address is visible in your video",
            "Is this a data breach?",
            "Found patient notes in the car park",
            "My details have been leaked online by your team",
            "I said no on the photo form and there he is, my son's face on your page",
            "logged in to pay my rent and I'm in someone else's account",
            "the receptionist looked up my records and it was round the village by tea",
        ),
        silent=(
            "You can see the crew's faces, so proud",
            "Thanks for the information on your website",
            "the bins in the car park are full again",
            "Read the notes on your website about data",
        ),
        unless=_OTHER_MATTERS,
    ),
    Rule(
        name=_NAME,
        says=_SAYS,
        patterns=(rf"\b{_OTHERS}\b",),
        fires=(
            "the email you sent residents this morning has everyone's names in the To line",
            "You sent me somebody else's test results",
            "cc'd us all, I can see everybody's email",
            "opened my letter and inside is another patient's appointment",
        ),
        silent=(
            "I got someone else's bin again",
            "Everyone's names will be on the wall of thanks",
            "other people are cleverer than me",
        ),
        beside=(_OF_OTHERS, _GOT_OUT),
        unless=_OTHER_MATTERS + r"|\b(?:wall of|roll of honour|memorial|plaque)\b",
    ),
)
