#!/bin/bash
# Follows the audit chain of this pack line by line: bash check-audit.sh
# Needs bash, sha256sum and sed. A long chain takes some minutes.
# Each line of chain.txt is: its number, the hash of the line before, the hash of its body.

export LC_ALL=C
unset CDPATH
cd -- "$(dirname -- "$0")" || exit 1

refuse() {
    printf 'REFUSED: %s\n' "$1"
    exit 1
}

before=$(printf '%064d' 0)
lines=0
while read -r number previous body rest; do
    lines=$((lines + 1))
    [ "$number" = "$lines" ] && [ "$previous" = "$before" ] && [ -z "$rest" ] ||
        refuse "chain.txt breaks at line $lines"
    before=$(printf '%s %s %s\n' "$number" "$previous" "$body" | sha256sum)
    before=${before%% *}
done <chain.txt
[ "$before" = "$(cat head.txt)" ] || refuse "chain.txt does not end at the hash in head.txt"

shown=0
if [ -s bodies.sums ]; then
    sha256sum --strict --quiet -c bodies.sums 2>&1 || refuse "a body above was changed"
    while read -r hash file; do
        number=$(basename "$file" .json)
        number=$((10#$number))
        [ "$(sed -n "${number}p" chain.txt | sed 's/.* //')" = "$hash" ] ||
            refuse "$file is not the body of line $number"
        shown=$((shown + 1))
    done <bodies.sums
fi
echo "AUDIT CHAIN WHOLE: $lines lines, $shown bodies shown"
