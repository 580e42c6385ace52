#!/bin/sh
# Writes the secrets that docker-compose.yml mounts, each once: a file that is there is left alone.
# The folder is closed to everybody else; the files are readable, for each container reads its own
# as a user of its own. Usage: deploy/secrets.sh [FOLDER]
set -eu

folder="${1:-secrets}"
mkdir -p "$folder"
chmod 0700 "$folder"

password() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40; }

write() {
	if [ ! -e "$folder/$1" ]; then
		printf '%s\n' "$2" >"$folder/$1"
		chmod 0444 "$folder/$1"
		echo "wrote $folder/$1"
	fi
}

if [ ! -e "$folder/postgres_password" ]; then
	postgres="$(password)"
	write postgres_password "$postgres"
	write database_url "postgresql://watchroom:$postgres@postgres/watchroom"
fi
if [ ! -e "$folder/redis_acl" ]; then
	redis="$(password)"
	# Scripts stay allowed: without them a worker cannot take back what another one dropped.
	write redis_acl "user default off
user watchroom on >$redis ~watchroom:* &* +@all -@admin -@dangerous +info"
	write redis_url "redis://watchroom:$redis@redis:6379/0"
fi
# Put the mail account's password in here; empty means that the mail server asks for none.
write smtp_password ""
