"""The only columns: every table of the record, by subject."""

from moderation.tables.accounts import (
    AccountRow,
    AccountSecretRow,
    AccountStatus,
    AccountUsageRow,
    DeliveryRow,
    FeedCursorRow,
)
from moderation.tables.base import Base, UtcTime, from_ms, to_ms
from moderation.tables.cases import (
    CaseItemRow,
    CaseMemberRow,
    CaseNoteRow,
    CaseRow,
    SupportRow,
    SupportStatus,
)
from moderation.tables.chain import AuditBodyRow, AuditEntryRow, AuditHeadRow
from moderation.tables.items import (
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    PostRow,
    QuarantineRow,
    VersionKind,
)
from moderation.tables.jobs import JobRow, JobState, Lane
from moderation.tables.people import (
    OrganisationRow,
    SignInFailureRow,
    StaffRow,
    UserRow,
    WebSessionRow,
)
from moderation.tables.reports import AlertRow, SummaryRow
from moderation.tables.review import (
    ActionAttemptRow,
    AttemptOutcome,
    DecisionOutcome,
    DecisionRow,
    EvidenceRow,
    ItemClaimRow,
    PlatformActionRow,
)
from moderation.tables.triage import (
    ContactMarkRow,
    DetectorHealthRow,
    PatternItemRow,
    PatternKind,
    PatternRow,
    ProposalRow,
    SignalRow,
)
from moderation.tables.tuning import FineWordRow, SettledTextRow, SurenessRow

__all__ = [
    "AccountRow",
    "AccountSecretRow",
    "AccountStatus",
    "AccountUsageRow",
    "ActionAttemptRow",
    "AlertRow",
    "AttemptOutcome",
    "AuditBodyRow",
    "AuditEntryRow",
    "AuditHeadRow",
    "Base",
    "CaseItemRow",
    "CaseMemberRow",
    "CaseNoteRow",
    "CaseRow",
    "ContactMarkRow",
    "DecisionOutcome",
    "DecisionRow",
    "DeliveryRow",
    "DetectorHealthRow",
    "EvidenceRow",
    "FeedCursorRow",
    "FineWordRow",
    "IngestPageRow",
    "ItemClaimRow",
    "ItemRow",
    "ItemVersionRow",
    "JobRow",
    "JobState",
    "Lane",
    "OrganisationRow",
    "PatternItemRow",
    "PatternKind",
    "PatternRow",
    "PlatformActionRow",
    "PostRow",
    "ProposalRow",
    "QuarantineRow",
    "SettledTextRow",
    "SignInFailureRow",
    "SignalRow",
    "StaffRow",
    "SummaryRow",
    "SupportRow",
    "SupportStatus",
    "SurenessRow",
    "UserRow",
    "UtcTime",
    "VersionKind",
    "WebSessionRow",
    "from_ms",
    "to_ms",
]
