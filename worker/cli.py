"""The command line: names, one-line help, and which module holds each command."""

from __future__ import annotations

import importlib
import sys
from typing import Final, NoReturn

import click

from moderation.errors import ModerationError

# Imported only when called for, so that a command that needs no model starts at once.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "run": ("worker.commands.serving", "Start the pages and the workers in one process."),
    "migrate": ("worker.commands.upkeep", "Bring the database to the present shape."),
    "demo": (
        "worker.commands.serving",
        "Load an invented organisation with three weeks of comments.",
    ),
    "import": ("worker.commands.bringing_in", "Take comments from a file into an account."),
    "classify": (
        "worker.commands.bringing_in",
        "Read lines and write what Watchroom proposes for each.",
    ),
    "evaluate": ("worker.commands.evaluating", "Measure detection on labelled comments."),
    "accounts": (
        "worker.commands.accounts",
        "List the accounts that are read, add, check, pause, resume.",
    ),
    "staff": ("worker.commands.bringing_in", "Import the staff directory."),
    "users": ("worker.commands.people", "Add and list the people who sign in."),
    "worker": ("worker.commands.serving", "Start a Celery worker for some lanes."),
    "beat": ("worker.commands.serving", "Start the clock; a second one waits its turn."),
    "web": ("worker.commands.serving", "Start the pages alone."),
    "summary": ("worker.commands.reports", "Print the summary of one week."),
    "pack": ("worker.commands.packs", "Write the evidence of a case or an item to a file."),
    "verify": ("worker.commands.reports", "Check an evidence file; needs no database."),
    "audit": ("worker.commands.auditing", "Check the audit chain, and against a checkpoint."),
    "retention": (
        "worker.commands.retention",
        "List what is due to go, approve the end of a case, run it.",
    ),
    "vault": ("worker.commands.retention", "Check every sealed file of the evidence."),
    "verify-audit": ("worker.commands.auditing", "The same as `audit verify`."),
    "invariants": ("worker.commands.upkeep", "Check that nothing is lost or half done."),
    "doctor": ("worker.commands.upkeep", "Check the installation and say how to mend it."),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return it."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="watchroom", prog_name="watchroom")
def watchroom() -> None:
    """Find abuse aimed at staff under the organisation's own posts, and put it before a person.

    Settings are environment variables that start with WATCHROOM_; the README lists them.
    """


def main() -> None:
    """Run a command; what is refused is one line on standard error and exit status 2."""
    try:
        watchroom(prog_name="watchroom")
    except ModerationError as err:
        _refuse(str(err))
    except Exception as err:
        # Imported only now: what never met the database must not wait for its library.
        from worker.opening import explained

        said = explained(err)
        if said is None:
            raise
        _refuse(said)


def _refuse(says: str) -> NoReturn:
    for line in says.splitlines():
        click.echo(f"watchroom: {line}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
