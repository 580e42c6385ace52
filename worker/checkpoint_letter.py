"""The letter that takes a checkpoint out of the house: three lines and their signature, no more."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from moderation.settings import Settings
from moderation.tables import AuditCheckpointRow
from moderation.when import london_moment
from worker.checkpoint_files import SIGNATURE, name_of

_TEXT: Final = """\
This is where Watchroom's audit chain ended on {when}.

{note}
It holds nothing of what the chain says. Keep this letter where nobody who runs Watchroom can
change it: whoever shortens or rewrites the chain later cannot make it agree with this.

To check, save both attachments into one folder and run there:

    watchroom audit verify --against {name}

The key that signed has the fingerprint
{fingerprint}
Compare it with the one that the organisation published.

This letter was sent by Watchroom; answers are not read.
"""


def letter(row: AuditCheckpointRow, settings: Settings) -> EmailMessage:
    """Return the letter of a checkpoint; made again, it is the same to a mail server."""
    name = name_of(row.seq)
    message = EmailMessage()
    message["Subject"] = f"Watchroom: audit checkpoint at line {row.seq:,}"
    message["From"] = settings.mail_from
    message["To"] = settings.checkpoint_mailbox
    message["Date"] = format_datetime(row.at)
    message["Message-ID"] = f"<checkpoint.{row.id}.{row.line_hash[:32]}@watchroom.internal>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        _TEXT.format(
            when=london_moment(row.at), note=row.note, name=name, fingerprint=row.fingerprint
        )
    )
    # As bytes, so that no mail program changes an end of line: the signature is over each of them.
    for file, data in ((name, row.note.encode()), (name + SIGNATURE, row.signature)):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return message
