"""The command from file to report, with the detectors that ship."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from classifiers import registry
from classifiers.contract import Classifier
from moderation.model import Hit, Signal, StaffMember
from moderation.policy import Policy
from moderation.taxonomy import LABELS, Abuse
from tests.processes import refused, watchroom
from worker.classify_lines import BATCH, LineReader
from worker.evaluating import identity
from worker.evaluating.figures import Counted
from worker.evaluating.judging import MOST_FAULTS_KEPT, judge
from worker.evaluating.labelling import Example, example
from worker.evaluating.reading import Fault

THREAT = "Dana Price, I am going to kill you, I know where you live"
STAFF = (
    "staff_id,full_name,known_as,role,station_or_department,public_role,org\n"
    "HM-01,Dana Price,,Watch Manager,Northmoor,no,harrowmere\n"
)
ROWS: list[dict[str, Any]] = [
    {
        "id": "1",
        "text": THREAT,
        "category": "threat_serious",
        "severity": "S4",
        "target_type": "named_staff",
        "target_staff_id": "HM-01",
        "org": "harrowmere",
        "platform": "facebook",
        "author_id": "u1",
        "flagged": True,
        "check_first": [],
        "reasons": ["overt"],
    },
    {"id": "2", "text": "Thank you to the crew, they were lovely", "not_abuse": "thanks"},
    {"text": "no label here"},
    {"id": "4", "text": "The bins were missed again this week", "not_abuse": "complaint"},
]


@pytest.fixture(scope="module")
def detectors() -> Sequence[Classifier]:
    """Every detector that ships."""
    return registry.load()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A small labelled file with a line at fault, and a staff directory beside it."""
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (tmp_path / "staff.csv").write_text(STAFF)
    return path


def test_a_file_becomes_figures_a_page_and_a_word_about_each_fault(
    labelled: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new folder" / "report.html"
    staff = tmp_path / "staff.csv"
    done = watchroom("evaluate", labelled, "--directory", staff, "-o", target, "--json")
    assert done.returncode == 0, done.stderr
    assert "line 3: no label: give category, not_abuse, flagged or toxic" in done.stderr
    assert f"The whole report: {target}" in done.stderr
    found = json.loads(done.stdout)
    assert (found["lines"], found["at_fault"]) == (4, 1)
    assert found["main"]["recall"] == {"hits": 1, "of": 1, "share": 1.0}
    assert found["main"]["right_person"]["hits"] == 1
    assert found["main"]["serious"]["hits"] == 1
    assert set(found["categories"]) >= {"threat_serious"}
    assert found["policy"] == Policy.load().revision
    assert all(len(sha256) == 64 for sha256 in found["detectors"].values())
    assert THREAT not in done.stdout
    assert "How well detection works" in target.read_text(encoding="utf-8")


def test_the_terminal_shows_tables_and_required_figures_decide_the_status(labelled: Path) -> None:
    done = watchroom("evaluate", labelled, "--require", "recall=0.5,right_person=0.9")
    assert done.returncode == 1
    assert "Abuse that was flagged" in done.stdout
    assert "100.0 % (1 of 1)" in done.stdout
    assert "3 comments measured, 1 lines at fault" in done.stdout
    assert "right_person could not be measured, and 0.9 is required." in done.stderr
    assert "recall is" not in done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_an_empty_file_is_measured_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.touch()
    done = watchroom("evaluate", path, "-o", tmp_path / "report.html")
    assert done.returncode == 0, done.stderr
    assert "Neutral sentences" in done.stdout
    assert (tmp_path / "report.html").exists()


def test_identity_terms_run_alone() -> None:
    done = watchroom("evaluate", "--identity-terms", "--json", "--require", "identity_gap=1")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["lines"] == 0
    assert len(found["identity"]["flagged"]) == len(identity.GROUPS)
    assert all(one["of"] == 8 for one in found["identity"]["flagged"].values())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--require", "recal=1"), "--require does not know recal"),
        (("-o", "labelled.jsonl"), "holds the labelled comments"),
        (("-o", "labelled.jsonl/report.html"), "cannot be made"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_read(
    labelled: Path, arguments: tuple[str, str], says: str
) -> None:
    option, value = arguments
    if option == "-o":
        value = str(labelled.parent / value)
    before = labelled.read_bytes()
    assert says in refused(watchroom("evaluate", labelled, option, value))
    assert labelled.read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("no-such-file",), ("{file}", "--identity-terms")])
def test_a_file_or_identity_terms_has_to_be_named(
    labelled: Path, arguments: tuple[str, ...]
) -> None:
    done = watchroom("evaluate", *(one.format(file=labelled) for one in arguments))
    assert (done.returncode, done.stdout) == (2, "")


def test_lines_are_read_in_batches_in_order_with_each_authors_series(
    detectors: Sequence[Classifier],
) -> None:
    told: list[int] = []
    row = {"text": THREAT, "toxic": 1, "author_id": "u1", "target_staff_id": "HM-01"}
    comments: list[Example | Fault] = [
        example({**row, "id": str(number), "minutes_after_post": number * 1440}, number, "")
        for number in range(2)
    ]
    calm = example({"text": "Lovely open day", "toxic": 0}, 9, "")
    faults = [Fault(number, "bad") for number in range(MOST_FAULTS_KEPT + 5)]
    reader = LineReader([], Policy.load(), detectors)
    whole = judge([*comments, *faults, *[calm] * BATCH], reader, told.append)
    assert told == [BATCH, BATCH + 2]
    assert [one.example.line.id for one in whole.judged[:3]] == ["0", "1", 9]
    assert (whole.at_fault, len(whole.faults)) == (MOST_FAULTS_KEPT + 5, MOST_FAULTS_KEPT)
    assert whole.lines == BATCH + 2 + MOST_FAULTS_KEPT + 5


def test_only_an_error_keeps_its_words(detectors: Sequence[Classifier]) -> None:
    reader = LineReader([], Policy.load(), detectors)
    right, wrong = (example({"text": THREAT, "toxic": toxic}, 1, "") for toxic in (1, 0))
    kept = judge([right, wrong], reader).judged
    assert [one.flagged for one in kept] == [True, True]
    assert kept[0].example.line.subject is None
    assert kept[0].proposal.reasons == ()
    subject = kept[1].example.line.subject
    assert subject is not None
    assert subject.text == THREAT
    assert kept[1].proposal.reasons


def test_the_course_of_conduct_counts_as_in_classify(detectors: Sequence[Classifier]) -> None:
    members = [StaffMember("HM-01", "Dana Price", role="Watch Manager")]
    reader = LineReader(members, Policy.load(), detectors)
    row = {"text": "Dana Price is a useless bastard", "toxic": 1, "author_id": "u1"}
    days = (
        example({**row, "minutes_after_post": minutes}, 1, "") for minutes in (0, 5, 60 * 24 * 9)
    )
    found = judge(days, reader).judged
    harassed = [Abuse.HARASSMENT_COURSE in one.proposal.categories for one in found]
    assert harassed == [False, False, True]


class AgainstTheDeaf:
    """Takes every second sentence about the deaf for a threat, and harms nobody else."""

    model, sha256 = "against@1", "00"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        quiet = dict.fromkeys(LABELS, 0.01)
        hit = Hit("threat.explicit", "A threat")
        return [
            Signal(self.model, quiet, hits=(hit,) if "deaf" in text and place % 2 else ())
            for place, text in enumerate(texts)
        ]


def test_a_group_that_is_singled_out_shows_as_a_gap() -> None:
    found = identity.read_sentences([AgainstTheDeaf()], Policy.load())
    assert {group: one for group, one in found.items() if one.hits} == {"deaf": Counted(4, 8)}
    assert identity.gap(found) == 0.5
    assert identity.gap({}) == 0.0


def test_neutral_sentences_differ_by_the_group_alone() -> None:
    assert len(set(identity.GROUPS)) == len(identity.GROUPS) >= 40
    assert len(identity.SENTENCES) == 8
    assert all(sentence.count("{}") == 1 for sentence in identity.SENTENCES)
