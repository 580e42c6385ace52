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
from moderation.tables.chain import (
    AuditBodyRow,
    AuditCheckpointRow,
    AuditEntryRow,
    AuditHeadRow,
)
from moderation.tables.disclosures import DisclosureRow, PackKind
from moderation.tables.evidence import (
    AdditionKind,
    EvidenceAdditionRow,
    EvidenceMediaRow,
    EvidenceRow,
    Stamped,
    TimeStampRow,
)
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
from moderation.tables.retention import ErasureRow, HoldReason, LegalHoldRow
from moderation.tables.review import (
    ActionAttemptRow,
    ActionOnCaptureRow,
    AttemptOutcome,
    DecisionOutcome,
    DecisionRow,
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
    "ActionOnCaptureRow",
    "AdditionKind",
    "AlertRow",
    "AttemptOutcome",
    "AuditBodyRow",
    "AuditCheckpointRow",
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
    "DisclosureRow",
    "ErasureRow",
    "EvidenceAdditionRow",
    "EvidenceMediaRow",
    "EvidenceRow",
    "FeedCursorRow",
    "FineWordRow",
    "HoldReason",
    "IngestPageRow",
    "ItemClaimRow",
    "ItemRow",
    "ItemVersionRow",
    "JobRow",
    "JobState",
    "Lane",
    "LegalHoldRow",
    "OrganisationRow",
    "PackKind",
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
    "Stamped",
    "SummaryRow",
    "SupportRow",
    "SupportStatus",
    "SurenessRow",
    "TimeStampRow",
    "UserRow",
    "UtcTime",
    "VersionKind",
    "WebSessionRow",
    "from_ms",
    "to_ms",
]
