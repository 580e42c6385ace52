"""The house keeps its rules in every module and template, and each rule can be broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import house_rules, template_rules
from tests.house_rules import RULES, Fault, Module

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for room in house_rules.ROOMS for path in (ROOT / room).rglob("*.py"))
TEMPLATES = sorted((ROOT / "review_ui" / "templates").rglob("*.*"))
DOC = '"""What it is for."""\n'

Rule = Callable[[Module], Iterator[Fault]]

# A rule, where the samples would stand, and samples that break it.
BREAKING_LINES: list[tuple[Rule, str, list[str]]] = [
    (
        house_rules.state_is_moved_by_audit_alone,
        "moderation/review.py",
        [
            "item.state = State.CLOSED",
            "item.state, before = after, item.state",
            "item.state: State = after",
            "setattr(item, 'state', after)",
            "session.execute(update(ItemRow).where(x).values(state=after))",
            "session.execute(update(ItemRow).values({'state': after}))",
            "def close(s):\n    rows = [{'state': 'x'}]\n    s.execute(update(Row), rows)",
        ],
    ),
    (
        house_rules.later_is_said_in_the_database,
        "worker/tasks.py",
        ["run_job.apply_async((1,), countdown=5)", "run_job.apply_async((1,), eta=then)"],
    ),
    (
        house_rules.nothing_prints,
        "worker/cli.py",
        ["print('hello')"],
    ),
    (
        house_rules.nothing_unsafe_is_called,
        "worker/tasks.py",
        [
            "import pickle",
            "from pickle import loads",
            "yaml.load(file)",
            "eval(text)",
            "exec(text)",
            "subprocess.run(text, shell=True)",
            "client.get(url, verify=False)",
            "numpy.load(path, allow_pickle=True)",
        ],
    ),
    (
        house_rules.html_is_written_by_templates_alone,
        "review_ui/words.py",
        ["Markup(text)", "markupsafe.Markup(text)"],
    ),
    (
        house_rules.sql_is_never_spliced,
        "moderation/queries.py",
        ["text(f'SELECT {name}')", "sqlalchemy.text('SELECT ' + name)", "text('SELECT %s' % name)"],
    ),
    (
        house_rules.mail_is_made_with_email_message,
        "worker/letters.py",
        ["from email.mime.text import MIMEText"],
    ),
    (
        house_rules.views_hold_no_try,
        "review_ui/item.py",
        ["@pages.post('/act')\ndef act():\n    try:\n        go()\n    finally:\n        x()"],
    ),
    (
        house_rules.pages_look_up_within_a_scope,
        "review_ui/item.py",
        ["session.get(ItemRow, item_id)", "g.db_session.get_one(ItemRow, item_id)"],
    ),
    (
        house_rules.times_are_aware,
        "moderation/review.py",
        [
            "datetime.now()",
            "datetime.datetime.now()",
            "datetime.utcnow()",
            "datetime.fromtimestamp(0)",
            "date.today()",
        ],
    ),
    (
        house_rules.asserts_stay_in_tests,
        "moderation/review.py",
        ["assert item"],
    ),
    (
        house_rules.plugins_know_values_alone,
        "connectors/replay.py",
        [
            "from moderation.store import Store",
            "from moderation import store",
            "import moderation.tables",
        ],
    ),
    (
        house_rules.comments_do_not_rot,
        "worker/tasks.py",
        ["x = 1  # TODO: more", "# for now"],
    ),
    (
        house_rules.names_are_the_houses_own,
        "moderation/cases.py",
        ["victim_id = 1"],
    ),
]
BREAKING: list[tuple[Rule, str, str]] = [
    *((rule, path, DOC + line) for rule, path, lines in BREAKING_LINES for line in lines),
    (house_rules.every_module_says_what_it_is_for, "moderation/review.py", "x = 1\n"),
    (house_rules.modules_stay_short, "moderation/review.py", DOC + "x = 1\n" * 300),
]

# What looks like a break and is none.
KEEPING: list[tuple[Rule, str, str]] = [
    (house_rules.state_is_moved_by_audit_alone, "moderation/audit/moving.py", "row.state = after"),
    (house_rules.state_is_moved_by_audit_alone, "moderation/jobs/settling.py", "job.state = READY"),
    (house_rules.state_is_moved_by_audit_alone, "connectors/replay.py", "self.state = {}"),
    (house_rules.state_is_moved_by_audit_alone, "moderation/ingest.py", "seen = {item.state: 1}"),
    (
        house_rules.state_is_moved_by_audit_alone,
        "moderation/ingest.py",
        "insert(ItemRow).values(state=NEW).returning(ItemRow.id)",
    ),
    (
        house_rules.state_is_moved_by_audit_alone,
        "moderation/ingest.py",
        "dialect.insert(ItemRow).values(state=NEW).on_conflict_do_nothing()",
    ),
    (house_rules.views_hold_no_try, "review_ui/shell.py", "try:\n    go()\nfinally:\n    stop()"),
    (
        house_rules.pages_look_up_within_a_scope,
        "moderation/audit/checking.py",
        "session.get(Row, 1)",
    ),
    (house_rules.times_are_aware, "moderation/review.py", "datetime.now(UTC)"),
    (house_rules.times_are_aware, "moderation/review.py", "datetime.fromtimestamp(0, UTC)"),
    (
        house_rules.plugins_know_values_alone,
        "connectors/x/connector.py",
        "from moderation.model import Page",
    ),
    (house_rules.plugins_know_values_alone, "worker/cli.py", "from moderation.store import Store"),
    (house_rules.nothing_prints, "worker/cli.py", "console.print('hello')"),
    (house_rules.sql_is_never_spliced, "moderation/store.py", "text('PRAGMA foreign_keys=ON')"),
    (
        house_rules.modules_stay_short,
        "moderation/migrations/versions/0001_first.py",
        "x = 1\n" * 400,
    ),
]

BREAKING_TEMPLATES = [
    "{{ item.text|safe }}",
    "{{ item.text | safe }}",
    "{{ Markup(item.text) }}",
    "{% autoescape false %}",
    "<p style='color: red'>",
    "<style>p {}</style>",
    "<button onclick='go()'>",
    "<a href='javascript:go()'>",
    "<script>go()</script>",
    '<script src="/static/x.js"></script>',
    '<img alt="" src="https://elsewhere.example/x.png">',
    '<link rel="stylesheet" href="//elsewhere.example/x.css">',
    "<form action='/act'>",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{fault.line}: {fault.says}"
        for path in MODULES
        for fault in rule(Module(path.relative_to(ROOT).as_posix(), path.read_text()))
    ]
    assert not broken, "\n".join([str(rule.__doc__), *broken])


@pytest.mark.parametrize(("rule", "path", "sample"), BREAKING)
def test_a_sample_that_breaks_the_rule_is_found(rule: Rule, path: str, sample: str) -> None:
    assert list(rule(Module(path, sample)))


@pytest.mark.parametrize(("rule", "path", "sample"), KEEPING)
def test_a_sample_that_keeps_the_rule_is_left_alone(rule: Rule, path: str, sample: str) -> None:
    assert not list(rule(Module(path, sample)))


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BREAKING} == set(RULES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_keeps_the_rules(path: Path) -> None:
    assert path.suffix == ".html", "only .html templates are escaped by default"
    assert not list(template_rules.faults(path.read_text()))


@pytest.mark.parametrize("sample", BREAKING_TEMPLATES)
def test_a_template_that_breaks_a_rule_is_found(sample: str) -> None:
    assert list(template_rules.faults(sample))


def test_every_template_rule_has_a_sample_that_breaks_it() -> None:
    found = {says for sample in BREAKING_TEMPLATES for says in template_rules.faults(sample)}
    assert found == {says for _, says in template_rules.FORBIDDEN}


def test_the_rules_read_the_whole_house() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(house_rules.ROOMS)
    assert TEMPLATES
