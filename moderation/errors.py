"""The error tree of the subject: everything a use case may refuse, in words a person can act on.

ModerationError
├── NotFound            missing, or not this actor's to see: the same answer for both
├── NotAllowed          the actor's role may not do this at all
├── Conflict            somebody or something was faster; look again
│   ├── IllegalTransition   the state has no such edge
│   └── ClaimedByOther      another reviewer holds the item
├── EvidenceMissing     capture first
├── InvalidInput        a form or a file says something we cannot take
├── SettingsError       the installation is set up wrongly
└── StoreError          the database cannot be used as it is
"""


class ModerationError(Exception):
    """Something was refused; the message says what is wrong and how to mend it."""


class NotFound(ModerationError):
    """Missing, or not this actor's to see."""


class NotAllowed(ModerationError):
    """The actor's role does not carry this right."""


class Conflict(ModerationError):
    """Another change came first; nothing was done."""


class IllegalTransition(Conflict):
    """The lifecycle has no such edge from the present state."""


class ClaimedByOther(Conflict):
    """Another reviewer's lease on the item is live."""


class EvidenceMissing(ModerationError):
    """Nothing may be hidden, deleted, blocked or reported before evidence is captured."""


class InvalidInput(ModerationError):
    """A form, a file or an argument says something we cannot take."""


class SettingsError(ModerationError):
    """The installation is set up wrongly; the message lists every fault at once."""


class StoreError(ModerationError):
    """The database cannot be used as it is."""
