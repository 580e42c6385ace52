#!/bin/bash
# Checks this evidence pack without any of our software.
# Needs bash, sha256sum, openssl 1.1.1 or later, find, sort, sed and diff.
#   bash verify.sh [FINGERPRINT]
# FINGERPRINT is what the organisation published for its signing key. It exits 0 when every check
# passed, and 1 with the name of the file at fault when one did not.

export LC_ALL=C
unset CDPATH
cd -- "$(dirname -- "$0")" || exit 1

key=verify/signing-key.pub.pem
signature=verify/tagmanifest-sha256.txt.sig

refuse() {
    printf 'REFUSED: %s\n' "$1"
    exit 1
}

names_in() {
    sed 's/^[0-9a-f]*  //' "$1" | sort
}

fingerprint_of() {
    openssl pkey -pubin -in "$1" -outform DER 2>/dev/null | sha256sum | sed 's/ .*//'
}

signed_by() {
    openssl pkeyutl -verify -rawin -pubin -inkey "$1" -sigfile "$2" -in "$3" >/dev/null 2>&1
}

# Links, pipes and devices have no place here, and reading one may do harm.
odd=$(find . ! -type f ! -type d)
[ -z "$odd" ] || refuse "not a plain file: $odd"

for needed in bagit.txt manifest-sha256.txt tagmanifest-sha256.txt "$key" "$signature"; do
    [ -s "$needed" ] || refuse "missing or empty: $needed"
done

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

# Each record carries the seal that it was given when it was captured.
count=0
for seal in data/items/*/seal; do
    [ -d "$seal" ] || continue
    record=${seal%/seal}
    difference=$(diff <(cd "$record" && find . ! -type d ! -path './seal/*' | sed 's|^\./||' | sort) \
        <(names_in "$seal/manifest-sha256.txt")) ||
        refuse "files differ from $seal/manifest-sha256.txt:
$difference"
    (cd "$record" && sha256sum --strict --quiet -c seal/manifest-sha256.txt 2>&1) ||
        refuse "a file of $record is not what $seal/manifest-sha256.txt says"
    signed_by "$seal/signing-key.pub.pem" "$seal/manifest-sha256.txt.sig" \
        "$seal/manifest-sha256.txt" || refuse "$seal/manifest-sha256.txt.sig does not sign its manifest"
    cmp -s "$seal/signing-key.pub.pem" "$key" ||
        echo "Note: $record was sealed with an earlier key, $(fingerprint_of "$seal/signing-key.pub.pem")"
    count=$((count + 1))
done

fingerprint=$(fingerprint_of "$key")
if [ -n "$1" ]; then
    wanted=$(printf '%s' "$1" | tr -d ': ' | tr '[:upper:]' '[:lower:]')
    [ "$wanted" = "$fingerprint" ] || refuse "$key has the fingerprint $fingerprint, not $wanted"
fi

echo "ALL CHECKS PASSED (records: $count)"
echo "Signed with the key $fingerprint"
echo "The audit chain has a check of its own, which takes longer: bash data/audit/check-audit.sh"
[ -n "$1" ] || echo "Compare it with the fingerprint that the organisation published: a forger can put another key here."
exit 0
