"""People who may sign in, for administrators: add, change the role, shut out, let in again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import people
from moderation.access import Right, Role
from moderation.people import NewUser
from review_ui import forms, shell
from review_ui.shell import needs

pages = Blueprint("users", __name__, url_prefix="/users")


@pages.get("")
@needs(Right.MANAGE_USERS)
def show() -> str:
    """List everybody of the organisation, with the form for one more."""
    with shell.reading() as session:
        found = people.users(session, shell.actor())
    return render_template("users.html", users=found, roles=list(Role))


@pages.post("/add")
@needs(Right.MANAGE_USERS)
def add() -> Response:
    """Add a person with a first password."""
    new = NewUser(
        email=forms.text(request.form, "email", minimum=3, maximum=254, label="E-mail address"),
        name=forms.text(request.form, "name", minimum=1, maximum=100, label="Name"),
        role=forms.choice(request.form, "role", Role, label="Role"),
        password=request.form.get("password", ""),
    )
    with shell.transaction() as session:
        row = people.add(session, new, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} can sign in now. Give them the password in person.", "success")
    return redirect(url_for("users.show"), code=303)


@pages.get("/<int:user_id>")
@needs(Right.MANAGE_USERS)
def edit(user_id: int) -> str:
    """Show one person, with what can be changed."""
    with shell.reading() as session:
        found = people.user(session, shell.actor(), user_id)
    return render_template("user.html", user=found, roles=list(Role))


@pages.post("/<int:user_id>/role")
@needs(Right.MANAGE_USERS)
def role(user_id: int) -> Response:
    """Give a person another role; it holds from their next request on."""
    chosen = forms.choice(request.form, "role", Role, label="Role")
    with shell.transaction() as session:
        row = people.change_role(session, user_id, chosen, actor=shell.actor(), now=shell.now())
    flash(f"The role of {row.name} was changed. It holds at once.", "success")
    return redirect(url_for("users.edit", user_id=user_id), code=303)


@pages.post("/<int:user_id>/password")
@needs(Right.MANAGE_USERS)
def password(user_id: int) -> Response:
    """Give a person a new password, which signs them out everywhere."""
    typed = request.form.get("password", "")
    with shell.transaction() as session:
        row = people.set_password(session, user_id, typed, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} has a new password and was signed out everywhere.", "success")
    return redirect(url_for("users.edit", user_id=user_id), code=303)


@pages.post("/<int:user_id>/deactivate")
@needs(Right.MANAGE_USERS)
def deactivate(user_id: int) -> Response:
    """Shut a person out at once."""
    with shell.transaction() as session:
        row = people.deactivate(session, user_id, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} was signed out everywhere and cannot sign in.", "success")
    return redirect(url_for("users.edit", user_id=user_id), code=303)


@pages.post("/<int:user_id>/reactivate")
@needs(Right.MANAGE_USERS)
def reactivate(user_id: int) -> Response:
    """Let a person in again."""
    with shell.transaction() as session:
        row = people.reactivate(session, user_id, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} can sign in again.", "success")
    return redirect(url_for("users.edit", user_id=user_id), code=303)
