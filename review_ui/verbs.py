"""What the verbs of the audit chain say to people."""

from __future__ import annotations

from typing import Final

VERBS: Final[dict[str, str]] = {
    "item.claim": "took the item",
    "item.release": "gave the item back",
    "item.view": "read the item",
    "item.look_reason": "said why they look at items",
    "item.flag": "put it in the queue",
    "item.clear": "found nothing to see to",
    "item.decide": "decided",
    "item.dismiss": "closed the item",
    "item.reopen": "reopened the item",
    "item.change": "saw that it changed on the platform",
    "item.batch": "sorted items",
    "evidence_record.capture": "captured evidence",
    "evidence_record.fail": "could not capture evidence",
    "evidence_record.want": "asked for evidence again",
    "evidence.seal": "sealed evidence",
    "platform_action.request": "asked for an action",
    "platform_action.approve": "approved an action",
    "platform_action.withdraw": "withdrew an action",
    "platform_action.send": "sent an action to the platform",
    "platform_action.verify": "checked that an action is in effect",
    "platform_action.accept": "had an action taken by the platform",
    "platform_action.refuse": "had an action refused by the platform",
    "platform_action.find_gone": "found it gone from the platform",
    "platform_action.hand_over": "handed an action to a person",
    "platform_action.do_by_hand": "did an action by hand",
    "user.sign_in": "signed in",
    "user.sign_out": "signed out",
    "user.add": "added a person",
    "user.role": "changed a person’s role",
    "user.deactivate": "shut a person out",
    "user.reactivate": "let a person in again",
    "user.password": "set a person’s password",
    "case.view": "read a case",
    "case.list": "listed cases",
    "case.open": "opened a case",
    "case.note": "added a note to a case",
    "case.members": "changed who sees a case",
    "case.support": "recorded support",
    "contact.log": "logged a contact",
    "quarantine.set_aside": "set a record aside",
    "staff.replace": "imported the staff directory",
    "summary.make": "made a weekly summary",
    "pack.made": "made an evidence pack",
    "job.replay": "set a stopped job going again",
}


def said(verb: str) -> str:
    """Return a verb in words; one that is not listed is read out as it is written."""
    return VERBS.get(verb) or verb.replace(".", " ").replace("_", " ")
