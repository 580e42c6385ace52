"""Read back what the chain last said of a kind, such as the result of a nightly check."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.tables import AuditBodyRow


def last_detail(session: Session, org_id: str, verb: str) -> tuple[datetime, dict[str, Any]] | None:
    """Return when the organisation's last line of a verb was written and its detail.

    None where there is none, or none whose body is still there.
    """
    row = session.execute(
        select(AuditBodyRow.at, AuditBodyRow.body)
        .where(
            AuditBodyRow.verb == verb,
            AuditBodyRow.org_id == org_id,
            AuditBodyRow.body.is_not(None),
        )
        .order_by(AuditBodyRow.seq.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.body is None:
        return None
    return row.at, json.loads(row.body)["detail"]
