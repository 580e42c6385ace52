"""How much is flagged: try a setting on the past, put one in force, see those there were."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation.access import Actor, Right
from moderation.policy import Policy
from moderation.tuning import in_force, setting, trying
from moderation.tuning.setting import LEAST, MOST, Aim
from moderation.tuning.trial import Trial
from review_ui import flagging_form, forms, shell
from review_ui.flagging_form import AIM_LEVELS, AIMS, LEVELS, Level
from review_ui.shell import needs

pages = Blueprint("flagging", __name__, url_prefix="/flagging")


@pages.get("")
@needs(Right.SEE_TUNING)
def show() -> str:
    """Show what is in force, and what another setting would have done where one is asked for."""
    actor, policy = shell.actor(), shell.policy()
    with shell.reading() as session:
        past = setting.history(session, actor=actor)
        as_now = in_force.policy_of(session, actor.org_id, policy)
    now = past[0] if past else setting.Setting()
    asked = "level" in request.args
    choice = flagging_form.from_query(request.args, now.choice, policy) if asked else now.choice
    tried = replace(choice.over(policy), harmless_words=as_now.harmless_words)
    return render_template(
        "flagging.html",
        now=now,
        past=past,
        choice=choice,
        none_chosen=setting.Choice(),
        trial=try_out(actor, as_now, tried) if asked else None,
        typed=request.args,
        levels=_levels(now.number),
        aims=AIMS,
        aim_levels=AIM_LEVELS,
        says=lambda one: flagging_form.says(one, policy),
        fields=flagging_form.fields(choice),
        query_of=flagging_form.query_of,
        shown=_shown(now.choice),
        bounds=(f"{LEAST:.2f}", f"{MOST:.2f}"),
        may_tune=actor.may(Right.TUNE),
        may_try=may_try(actor),
    )


@pages.post("/use")
@needs(Right.TUNE)
def use() -> Response:
    """Put a setting in force for what is read from now on."""
    choice = flagging_form.from_form(request.form)
    with shell.transaction() as session:
        number = setting.use(
            session,
            choice,
            instead_of=forms.integer(request.form, "instead_of", minimum=0),
            reason=forms.reason(request.form),
            form_id=forms.form_id(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash(
        f"Setting {number} is in force. Within half a minute every new item is read by it; "
        "items that were read before stay where they are.",
        "success",
    )
    return redirect(url_for("flagging.show"), code=303)


def try_out(actor: Actor, as_now: Policy, tried: Policy) -> Trial | None:
    """Return what a policy would have done to the last 90 days; None for who may see no item."""
    if not may_try(actor):
        return None
    return trying.try_out(shell.reading, as_now, tried, actor=actor, now=shell.now())


def may_try(actor: Actor) -> bool:
    """Say whether there are items that the actor may see: an auditor gives a reason first."""
    return actor.may(Right.SEE_ITEMS) or bool(actor.look_reason)


def _levels(number: int) -> list[tuple[str, str]]:
    """Return the choices; going back to the policy's own is one where something else is set."""
    return [
        (level.value, words) for level, words in LEVELS.items() if number or level is not Level.OWN
    ]


def _shown(choice: setting.Choice) -> dict[str, str]:
    """Return what the form shows before anything is chosen: the setting in force."""
    shown = {"level": Level.AS_NOW.value}
    for aim in Aim:
        if aim in choice.flag_at:
            shown |= {aim.value: Level.EXACT, f"{aim.value}_exact": f"{choice.flag_at[aim]:.2f}"}
    return shown
