#!/bin/sh
# Installs what the tests need and no wheel brings: Chromium, and Redis where its wheel has none.
# Does nothing when all of it is there. Never asks for a password.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

missing=""
if [ -z "${TEST_CHROMIUM:-}" ] && ! has chromium && ! has chromium-browser && ! has google-chrome; then
	missing="$missing chromium"
fi
if ! [ -x .venv/bin/redis-server ] && ! has redis-server; then
	missing="$missing redis-server"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
	as_root=""
elif has sudo && sudo -n true 2>/dev/null; then
	as_root="sudo -n"
else
	as_root="no"
fi
if ! has apt-get || [ "$as_root" = "no" ]; then
	echo "The tests need:$missing. Install them with your system's package manager, then run make test again." >&2
	exit 1
fi

echo "Installing for the tests:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # the names, and sudo with its option, are meant to be split
{
	$as_root apt-get -qq update
	$as_root apt-get -qq -y install --no-install-recommends $missing >/dev/null
}
