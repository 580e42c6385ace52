"""The words of abuse as people write them, with the masks that they wear (f*ck, w@nker)."""

from __future__ import annotations

from classifiers.rules.patterns import GAP, THEY_ARE, YOU_ARE

# One masking sign or several where a vowel stood.
_MASK = r"[*#@%_.!-]{1,3}"
FUCK = rf"f(?:u|a|v|{_MASK})?(?:c|{_MASK})?k|fook|feck|fk|f{_MASK}"
FUCKING = (
    rf"(?:(?:{FUCK})(?:ing?|in'?|en|n|{_MASK}g)?|effing|effin|bloody|bleeding|bastarding|pissing"
    r"|frigging|freaking)"
)

# Unmistakable as a name for a person, whoever it is.
HARD_NOUN = (
    rf"(?:w(?:a|{_MASK})n+k(?:er|a|ah|stain|puffin)|(?:t(?:w|ww)(?:a|{_MASK})|t{_MASK}a"
    rf"|tw{_MASK})ts?|c(?:u|{_MASK})n+t|toss ?(?:er|pot)|bell ?end|knob ?(?:head|end|jockey)|knob"
    r"|dick ?(?:head|wad)|dickhed|prick|arse ?hole|a(?:ss|\*\*) ?hole|b(?:a|\*)stard|scum ?(?:bag"
    r"|bucket)?|scumbag|shit ?(?:bag|head|house|stain|show of a man)|sh\*t ?(?:bag|head)"
    r"|gob ?shite|shitehawk|fuck ?(?:wit|er|tard|nugget|face)|mother ?fucker|douche ?(?:bag)?"
    r"|piece of (?:shit|sh\*t|crap|scum|filth|dirt|trash|garbage|s\*\*t)|pos|cock ?(?:womble"
    r"|sucker|head)|shit ?gibbon|spunk ?(?:trumpet|bubble)|jizz ?\w+|bawbag|bawheid|fannybaws|fud"
    r"|radge|roaster|rocket polisher|arse ?licker|arse ?wipe|sad ?sack|degenerate|vermin|subhuman"
    r"|sub-human|low ?life|wrong ?un|parasites?|bottom ?feeder|cretin|imbecile|moron|half ?wit"
    r"|dim ?wit|nitwit|shit ?for brains|bint|minger|munter|hound|lard ?arse|fat ?arse"
    r"|fat ?(?:bastard|cow|cunt|fuck|bitch|slob|pig|git|knacker)|nonce|paedo|pedo|peado|pervert"
    r"|perv|psycho(?:path)?|sociopath|oxygen thief|arse ?(?:hat|clown)|ass ?hat|wasteman"
    r"|waste ?man|wet ?wipe|melt|gimp|crackhead|smackhead|skank|trollop|snitch)"
)
# Names for people, mild by themselves: an insult only where somebody is called so.
FOOL_NOUN = (
    r"(?:clown|muppet|idiot|fool|joker|numpty|numptie|pillock|plonker|prat|berk|twit|wally|dipstick"
    r"|divvy|jobsworth|coward|liar|fraud|crook|loser|no-?mark|waster|layabout|lazy (?:arse|git|sod"
    r"|bastard)|sponger|scrounger|freeloader|bully|bullies|thug|tyrant|hitler|nazi|fascist"
    r"|little hitler|gestapo|creep|weirdo|slob|gargoyle|troll|harpy|karen|dunce|airhead|bimbo"
    r"|simpleton|charlatan|wimp|wuss|snowflake|disgrace to (?:the|that|your) (?:uniform|profession"
    r"|badge|service)|embarrassment to (?:the|that|your) (?:uniform|profession|badge)|murderer"
    r"|shyster|bampot|eejit|walloper|bumhole|zoomer|gowk|dafty|git|sod|bugger|weasel|sadist|traitor"
    r"|quisling|scab|oaf|lout|yob|buffoon|cheat)"
)
# Ordinary things that turn into insults only straight at a person.
THING_NOUN = (
    r"(?:plank|spanner|tool|melon|div|mug|donkey|dinosaur|thief|rat|snake|worm|leech|pig"
    r"|cow|dog|sheep|puppet|pawn|cockroach|maggot|slug|turd|failure|nobody|goblin|hag|witch|dope"
    r"|dummy|imposter|baby|pansy|drip|bore|cowboy|butcher|killer|vulture|neep|tube|freak|animal|ape"
    r"|whale|hippo|lump|mare|creature|lemon|specimen|object|excuse|gorilla|monkey)"
)
SOFT_NOUN = f"(?:{FOOL_NOUN}|{THING_NOUN})"
# Words that sharpen an insult and may stand between the frame and the noun.
SHARP = (
    r"(?:a|an|the|such|just|all|another|absolute|absolutely|total|totally|complete|completely"
    rf"|utter|utterly|{FUCKING}|massive|fat|stupid|old|lazy|useless|nothing but|bunch of|load of"
    r"|shower of|pack of|pair of|bit of a|one of|of|right|real|proper|pure|wee|little|sad|pathetic"
    r"|big|silly|ugly|thick|dirty|corrupt|evil|nasty|miserable|bitter|smug|bent|lying|two[- ]faced"
    r"|spineless|gutless|cowardly|incompetent|ignorant|arrogant|jumped[- ]up|overpaid"
    r"|self[- ]important|horrible|disgusting|vile|filthy|daft|dumb|dense|inbred|brain ?dead|greedy"
    r"|bald|baldy|ginger|four[- ]eyed|moody|sour|mouthy|gobby|stuck[- ]up|power[- ]mad|glorified"
    r"|worthless|waste of space|and|so-?called|racist|sexist|cheating|thieving|sneaky|slimy|creepy"
    r"|weird|mad|crazy|mental|deluded|clueless|gormless|vacuous|some|bunch|specky|scruffy|cheeky"
    r"|sly)"
)
SHARPENED = rf"(?:{SHARP}{GAP}){{0,5}}"
PLURAL = r"(?:s|es|z)?\b"
# "you are", "he's", "Dan is": somebody is called something.
PERSON_IS = (
    rf"(?:{YOU_ARE}|he'?s|she'?s|they'?re|(?:he|she|they|lot|all) (?:is|are|was|were)|you lot"
    r"|you all|you|u|ya|ye)"
)
IS_CALLED = rf"(?:{PERSON_IS}|{THEY_ARE})"
# "your a clown": the common slip; without the article it is an ordinary "your dog".
YOUR_A = rf"(?:your|ur|yer|yr){GAP}(?:{SHARP}{GAP}){{1,5}}"
