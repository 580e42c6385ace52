"""The rules of the house as functions: each reads one module's source and names what breaks it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

ROOMS = ("moderation", "connectors", "classifiers", "worker", "review_ui")
LONGEST_MODULE = 300
"""Lines. The aim is 250; beyond this a module holds two subjects."""

# What a plug-in may know of the subject: its values.
VALUES = frozenset(
    {"moderation.characters", "moderation.errors", "moderation.model", "moderation.taxonomy"}
)

# Plug-ins cannot reach a row, so a state of theirs is their own affair.
PLUGINS = frozenset({"connectors", "classifiers"})

# audit.move() and its like for many rows; a job's state is the outbox's own affair.
MOVES_STATE = frozenset(
    {
        "moderation/audit/moving.py",
        "moderation/jobs/promising.py",
        "moderation/jobs/claiming.py",
        "moderation/jobs/settling.py",
        "moderation/jobs/upkeep.py",
    }
)

UNSAFE_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "cloudpickle"})
UNSAFE_CALLS = frozenset({"eval", "exec", "yaml.load", "os.system", "os.popen"})
UNSAFE_KEYWORDS = {"verify": False, "shell": True, "allow_pickle": True}
NAIVE_CALLS = frozenset({"utcnow", "utcfromtimestamp", "today"})
WORDS_THAT_ROT = re.compile(r"\b(TODO|FIXME|XXX|HACK|for now|temporar(?:y|ily)|placeholder)\b")
WRONG_NAMES = re.compile(r"victim|blacklist|whitelist|perpetrators?_name")
ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete"})


class Fault(NamedTuple):
    """Where a rule is broken, and what should be there instead."""

    line: int
    says: str


@dataclass(frozen=True)
class Module:
    """One Python module: its path from the root of the repository and what is written in it."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        """Return the parsed source."""
        return ast.parse(self.source)

    @property
    def room(self) -> str:
        """Return the room that the module stands in."""
        return PurePosixPath(self.path).parts[0]

    def calls(self) -> Iterator[ast.Call]:
        """Walk over every call."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    """Return a call's name as written, "a.b.c"; what is not a name within it becomes "?"."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def called(call: ast.Call) -> str:
    """Return the last part of a call's name."""
    return dotted(call.func).rsplit(".", 1)[-1]


def chain_start(node: ast.expr) -> str:
    """Return the name of the call that a chain starts with: "update" of update(x).where(y)."""
    start = ""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Call):
            start = called(node)
        node = node.func if isinstance(node, ast.Call) else node.value
    return start


def state_is_moved_by_audit_alone(module: Module) -> Iterator[Fault]:
    """Only audit.move() assigns a state, so that no change can go without its audit line."""
    if module.path in MOVES_STATE or module.room in PLUGINS:
        return
    says = "move a state with audit.move()"
    for node in ast.walk(module.tree):
        if _assigns_state(node) or (isinstance(node, ast.Call) and _sets_state(node)):
            yield Fault(getattr(node, "lineno", 0), says)
        if isinstance(node, ast.FunctionDef) and _updates_states_in_bulk(node):
            yield Fault(node.lineno, says)


def _assigns_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return False
    parts = [part for target in targets for part in ast.walk(target)]
    return any(
        isinstance(part, ast.Attribute) and part.attr == "state" and isinstance(part.ctx, ast.Store)
        for part in parts
    )


def _sets_state(call: ast.Call) -> bool:
    if called(call) == "setattr":
        return len(call.args) > 1 and _is_text(call.args[1], "state")
    if called(call) != "values" or chain_start(call) in {"insert", "insert_for"}:
        return False
    return any(keyword.arg == "state" for keyword in call.keywords) or any(
        _names_state(argument) for argument in call.args
    )


def _updates_states_in_bulk(function: ast.FunctionDef) -> bool:
    bulk = any(
        isinstance(node, ast.Call)
        and called(node) == "execute"
        and len(node.args) > 1
        and chain_start(node.args[0]) == "update"
        for node in ast.walk(function)
    )
    return bulk and any(_names_state(node) for node in ast.walk(function))


def _names_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict) and any(_is_text(key, "state") for key in node.keys)


def _is_text(node: ast.AST | None, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def later_is_said_in_the_database(module: Module) -> Iterator[Fault]:
    """A Celery message that waits is run several times over; the job's row says when."""
    for call in module.calls():
        for keyword in call.keywords:
            if keyword.arg in {"countdown", "eta"}:
                yield Fault(call.lineno, f"no {keyword.arg}=: put run_after on the job")


def nothing_prints(module: Module) -> Iterator[Fault]:
    """A process writes to its log and the command line to its console."""
    for call in module.calls():
        if dotted(call.func) == "print":
            yield Fault(call.lineno, "no print()")


def nothing_unsafe_is_called(module: Module) -> Iterator[Fault]:
    """Text from outside is never run, unpickled or trusted over an unchecked connection."""
    for node in ast.walk(module.tree):
        for name in _imports(node):
            if name.split(".")[0] in UNSAFE_MODULES:
                yield Fault(getattr(node, "lineno", 0), f"no {name}")
    for call in module.calls():
        if dotted(call.func) in UNSAFE_CALLS:
            yield Fault(call.lineno, f"no {dotted(call.func)}()")
        for keyword in call.keywords:
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            if value is not None and UNSAFE_KEYWORDS.get(keyword.arg or "") is value:
                yield Fault(call.lineno, f"no {keyword.arg}={value}")


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def html_is_written_by_templates_alone(module: Module) -> Iterator[Fault]:
    """Markup() is how a stranger's text becomes our page."""
    for call in module.calls():
        if called(call) == "Markup":
            yield Fault(call.lineno, "no Markup(): let the template escape")


def sql_is_never_spliced(module: Module) -> Iterator[Fault]:
    """A value reaches the database as a parameter."""
    for call in module.calls():
        spliced = call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
        if spliced and called(call) == "text":
            yield Fault(call.lineno, "no spliced text(): bind the value")


def mail_is_made_with_email_message(module: Module) -> Iterator[Fault]:
    """EmailMessage refuses line breaks in a header; the older classes let them through."""
    for node in ast.walk(module.tree):
        for name in _imports(node):
            if name.startswith("email.mime"):
                yield Fault(getattr(node, "lineno", 0), "use email.message.EmailMessage")


def views_hold_no_try(module: Module) -> Iterator[Fault]:
    """One table turns errors into answers; a view that catches its own hides some."""
    if module.room != "review_ui" or not any(map(_is_view, ast.walk(module.tree))):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Try | ast.TryStar):
            yield Fault(node.lineno, "no try in a module of views: add the error to the table")


def _is_view(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ROUTES
        for decorator in node.decorator_list
    )


def pages_look_up_within_a_scope(module: Module) -> Iterator[Fault]:
    """A lookup by id alone finds what is not this person's to see."""
    if module.room != "review_ui":
        return
    for call in module.calls():
        if re.search(r"(^|\.)(db_?)?session\.(get|get_one)$", dotted(call.func)):
            yield Fault(call.lineno, "start from what this user may see, not from the id")


def every_module_says_what_it_is_for(module: Module) -> Iterator[Fault]:
    """A reader learns from the first line whether to read on."""
    if not ast.get_docstring(module.tree):
        yield Fault(1, "open with one sentence that says what the module is for")


def modules_stay_short(module: Module) -> Iterator[Fault]:
    """A module that has outgrown its page holds two subjects; a migration is written once."""
    lines = module.source.count("\n")
    if lines > LONGEST_MODULE and "/migrations/versions/" not in module.path:
        yield Fault(lines, f"{lines} lines: split by subject")


def times_are_aware(module: Module) -> Iterator[Fault]:
    """A time without its zone is an hour wrong half the year."""
    for call in module.calls():
        name = called(call)
        bare_now = dotted(call.func).endswith("datetime.now") and not (call.args or call.keywords)
        bare_stamp = name == "fromtimestamp" and len(call.args) + len(call.keywords) < 2
        if bare_now or bare_stamp or name in NAIVE_CALLS:
            yield Fault(call.lineno, f"{name}() without a zone: use datetime.now(UTC)")


def asserts_stay_in_tests(module: Module) -> Iterator[Fault]:
    """Python leaves asserts out when it is asked to optimise."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assert):
            yield Fault(node.lineno, "raise an error of the tree instead")


def plugins_know_values_alone(module: Module) -> Iterator[Fault]:
    """A connector or classifier is read, written and tested without the rest of the house."""
    if module.room not in PLUGINS:
        return
    for node in ast.walk(module.tree):
        for name in _imports(node):
            inside = name.split(".")[0] == "moderation"
            if inside and ".".join(name.split(".")[:2]) not in VALUES:
                yield Fault(getattr(node, "lineno", 0), f"{name}: import moderation's values only")


def comments_do_not_rot(module: Module) -> Iterator[Fault]:
    """What is not built yet is absent; a note about it belongs to an issue."""
    for token in tokenize.generate_tokens(io.StringIO(module.source).readline):
        if token.type == tokenize.COMMENT and (found := WORDS_THAT_ROT.search(token.string)):
            yield Fault(token.start[0], f'no "{found[0]}"')


def names_are_the_houses_own(module: Module) -> Iterator[Fault]:
    """One word, one meaning: the glossary's word, in the code too."""
    for token in tokenize.generate_tokens(io.StringIO(module.source).readline):
        if token.type == tokenize.NAME and (found := WRONG_NAMES.search(token.string.lower())):
            yield Fault(token.start[0], f'not "{found[0]}": see the glossary')


RULES = (
    state_is_moved_by_audit_alone,
    later_is_said_in_the_database,
    nothing_prints,
    nothing_unsafe_is_called,
    html_is_written_by_templates_alone,
    sql_is_never_spliced,
    mail_is_made_with_email_message,
    views_hold_no_try,
    pages_look_up_within_a_scope,
    every_module_says_what_it_is_for,
    modules_stay_short,
    times_are_aware,
    asserts_stay_in_tests,
    plugins_know_values_alone,
    comments_do_not_rot,
    names_are_the_houses_own,
)
