#!/bin/bash
# Checks this evidence pack without any of our software.
# Needs bash, openssl 1.1.1 or later, diff, find, sed, sort and the usual small tools (sha256sum,
# tr, date). Run it inside the unpacked folder:
#   bash verify.sh [FINGERPRINT [AUTHORITY...]]
# FINGERPRINT is what the organisation published for its signing key, AUTHORITY what it published
# for each time-stamp authority. It exits 0 when every check passed, and 1 with the name of the
# file at fault when one did not.

export LC_ALL=C
unset CDPATH
cd -- "$(dirname -- "$0")" || exit 1

key=verify/signing-key.pub.pem
signature=verify/tagmanifest-sha256.txt.sig
records=0
stamps=0

# What a forger wrote may stand in a message: every line of it after the first is marked as such.
refuse() {
    printf 'REFUSED: %s\n' "$1" | tr -d '\000-\011\013-\037\177' | sed -n '2,$s/^/  | /;1,25p'
    echo "THIS PACK IS NOT AS IT WAS MADE."
    exit 1
}

plain() {
    printf '%s' "$1" | tr -d ': ' | tr '[:upper:]' '[:lower:]'
}

names_in() {
    sed 's/^[0-9a-f]*  //' "$1" | sort
}

hash_of() {
    sha256sum <"$1" | sed 's/ .*//'
}

fingerprint_of() {
    openssl pkey -pubin -in "$1" -outform DER 2>/dev/null | sha256sum | sed 's/ .*//'
}

signed_by() {
    openssl pkeyutl -verify -rawin -pubin -inkey "$1" -sigfile "$2" -in "$3" >/dev/null 2>&1
}

# A token outlives the certificate that made it only where the checker asks as of its own time.
stamped_by() {
    openssl ts -verify -data "$3" -in "$2" -CAfile "$1" >/dev/null 2>&1 && return 0
    at=$(date -u -d "$(time_of "$2")" +%s 2>/dev/null) || return 1
    openssl ts -verify -attime "$at" -data "$3" -in "$2" -CAfile "$1" >/dev/null 2>&1 || return 1
    echo "Note: the certificate behind $2 has ended since; it was good at the time of the stamp."
}

time_of() {
    openssl ts -reply -in "$1" -text 2>/dev/null |
        sed -n 's/^Time stamp: \([A-Z][a-z]* *[0-9]* [0-9:]*\)[.0-9]* /\1 /p'
}

# FOLDER FILE: the stamps that stand in FOLDER are stamps over FILE.
check_stamps() {
    for token in "$1"/*.tsr; do
        [ -e "$token" ] || continue
        authority=${token##*/}
        authority=${authority%.tsr}
        [ -s "data/authorities/$authority-ca.pem" ] ||
            refuse "$token has no data/authorities/$authority-ca.pem to check it against"
        stamped_by "data/authorities/$authority-ca.pem" "$token" "$2" ||
            refuse "$token is no stamp by $authority over $2"
        stamps=$((stamps + 1))
        echo "$2 existed on $(time_of "$token"), says $authority"
    done
}

# FOLDER: its files are those that its seal names, save those that were kept back by name.
check_seal() {
    manifest=$1/seal/manifest-sha256.txt
    for needed in "$manifest" "$manifest.sig" "$1/seal/signing-key.pub.pem"; do
        [ -s "$needed" ] || refuse "missing or empty: $needed"
    done
    given=$(cat "$manifest")
    if [ -e "$1/withheld.txt" ]; then
        unknown=$(diff <(sort "$manifest") <(sort "$1/withheld.txt") | sed -n 's/^> //p')
        [ -z "$unknown" ] || refuse "$1/withheld.txt names what $manifest does not: $unknown"
        given=$(diff <(sort "$manifest") <(sort "$1/withheld.txt") | sed -n 's/^< //p')
    fi
    difference=$(diff <(cd "$1" && find . ! -type d ! -path './seal/*' ! -path './additions/*' \
        ! -path './extracts/*' ! -path ./withheld.txt | sed 's|^\./||' | sort) \
        <([ -z "$given" ] || printf '%s\n' "$given" | sed 's/^[0-9a-f]*  //' | sort)) ||
        refuse "files differ from $manifest:
$difference"
    [ -z "$given" ] || (cd "$1" && printf '%s\n' "$given" | sha256sum --strict --quiet -c - 2>&1) ||
        refuse "a file of $1 is not what $manifest says"
    signed_by "$1/seal/signing-key.pub.pem" "$manifest.sig" "$manifest" ||
        refuse "$manifest.sig does not sign its manifest"
    cmp -s "$1/seal/signing-key.pub.pem" "$key" ||
        echo "Note: $1 was sealed with an earlier key, $(fingerprint_of "$1/seal/signing-key.pub.pem")"
    check_stamps "$1/seal" "$manifest"
}

# Links, pipes and devices have no place here, and reading one may do harm.
odd=$(find . ! -type f ! -type d)
[ -z "$odd" ] || refuse "not a plain file: $odd"

for needed in bagit.txt manifest-sha256.txt tagmanifest-sha256.txt "$key" "$signature"; do
    [ -s "$needed" ] || refuse "missing or empty: $needed"
done

# Nothing but the manifests' signature speaks for the key, so it has the one form it is written in.
openssl pkey -pubin -in "$key" 2>/dev/null | cmp -s - "$key" ||
    refuse "$key is not a public key as it was written"

# Every file is named, and every name has its file ("<" stands before a file that nobody named,
# ">" before a name without its file).
difference=$(diff <(find data ! -type d | sort) <(names_in manifest-sha256.txt)) ||
    refuse "files differ from manifest-sha256.txt:
$difference"
difference=$(diff <(find . ! -type d ! -path './data/*' ! -path './verify/*' \
    ! -path ./tagmanifest-sha256.txt | sed 's|^\./||' | sort) <(names_in tagmanifest-sha256.txt)) ||
    refuse "files differ from tagmanifest-sha256.txt:
$difference"
difference=$(diff <(find verify ! -type d | sort) <(printf '%s\n' "$key" "$signature" | sort)) ||
    refuse "files differ in verify:
$difference"

# Every file holds what it held when the pack was made.
sha256sum --strict --quiet -c manifest-sha256.txt 2>&1 ||
    refuse "a file above is not what manifest-sha256.txt says"
sha256sum --strict --quiet -c tagmanifest-sha256.txt 2>&1 ||
    refuse "a file above is not what tagmanifest-sha256.txt says"

# The organisation's key vouches for the list of all of it.
signed_by "$key" "$signature" tagmanifest-sha256.txt ||
    refuse "$signature does not sign tagmanifest-sha256.txt with $key"

# The time-stamp authorities are those that the organisation published.
for authority in data/authorities/*-ca.pem; do
    [ -e "$authority" ] || continue
    is_known=$((1 - ($# > 1)))
    for told in "${@:2}"; do
        [ "$(plain "$told")" = "$(hash_of "$authority")" ] && is_known=1
    done
    [ "$is_known" = 1 ] || refuse "$authority has the fingerprint $(hash_of "$authority"), which is none of those you gave"
done

# Each record, and each file that a person added, carries the seal of its own day.
for seal in data/items/*/seal data/items/*/additions/*/seal; do
    [ -d "$seal" ] || continue
    check_seal "${seal%/seal}"
    case $seal in */additions/*) ;; *) records=$((records + 1)) ;; esac
done

for checkpoint in data/audit/opening.txt data/audit/checkpoint.txt; do
    [ -e "$checkpoint" ] || continue
    signed_by "$key" "$checkpoint.sig" "$checkpoint" ||
        refuse "$checkpoint.sig does not sign $checkpoint with $key"
done
[ ! -d data/audit ] || check_stamps data/audit data/audit/checkpoint.txt

fingerprint=$(fingerprint_of "$key")
if [ -n "$1" ]; then
    [ "$(plain "$1")" = "$fingerprint" ] ||
        refuse "$key has the fingerprint $fingerprint, not $(plain "$1")"
fi

echo "ALL CHECKS PASSED (records: $records, time stamps: $stamps)"
echo "Signed with the key $fingerprint"
for authority in data/authorities/*-ca.pem; do
    [ ! -e "$authority" ] || echo "Authority $authority has the fingerprint $(hash_of "$authority")"
done
[ ! -d data/audit ] ||
    echo "The audit chain has a check of its own, which takes longer: bash data/audit/check-audit.sh"
[ -n "$1" ] || echo "Compare it with the fingerprint that the organisation published: a forger can put another key here."
[ $# -gt 1 ] || [ "$stamps" = 0 ] ||
    echo "Compare the authorities too: whoever holds the key could name one of their own."
exit 0
