#!/bin/bash
# Follows the audit chain of this pack line by line: bash check-audit.sh
# Needs bash, sha256sum and sed. A long chain takes some minutes.
# Each line of chain.txt is: its number, the hash of the line before, the hash of its body.
# start.txt holds the number and the hash of the line before the first, 0 at the chain's beginning.

export LC_ALL=C
unset CDPATH
cd -- "$(dirname -- "$0")" || exit 1

refuse() {
    printf 'REFUSED: %s\n' "$1"
    exit 1
}

# What a file says is only counted with once it is seen to be a number.
is_number() {
    [[ $1 =~ ^[0-9]{1,15}$ ]] || refuse "$2 holds \"$1\" where a number should stand"
}

# FILE: the checkpoint says of its line what the chain says.
agrees() {
    [ -e "$1" ] || return 0
    number=$(sed -n 2p "$1")
    is_number "$number" "$1"
    number=$((10#$number))
    [ -z "${heads[$number]}" ] || [ "${heads[$number]}" = "$(sed -n 3p "$1")" ] ||
        refuse "$1 gives another hash for line $number than chain.txt"
}

declare -a heads bodies
read -r lines before <start.txt || refuse "start.txt cannot be read"
is_number "$lines" start.txt
lines=$((10#$lines))
heads[$lines]=$before
first=$lines
while read -r number previous body rest; do
    lines=$((lines + 1))
    [ "$number" = "$lines" ] && [ "$previous" = "$before" ] && [ -z "$rest" ] ||
        refuse "chain.txt breaks at line $lines"
    before=$(printf '%s %s %s\n' "$number" "$previous" "$body" | sha256sum)
    before=${before%% *}
    heads[$lines]=$before
    bodies[$lines]=$body
done <chain.txt
[ "$before" = "$(cat head.txt)" ] || refuse "chain.txt does not end at the hash in head.txt"
[ "$first" = 0 ] || [ "$(sed -n 2p opening.txt)" = "$first" ] ||
    refuse "chain.txt does not begin at the checkpoint in opening.txt"
agrees opening.txt
agrees checkpoint.txt

shown=0
if [ -s bodies.sums ]; then
    sha256sum --strict --quiet -c bodies.sums 2>&1 || refuse "a body above was changed"
    while read -r hash file; do
        number=${file##*/}
        number=${number%.json}
        is_number "$number" bodies.sums
        number=$((10#$number))
        [ "${bodies[$number]}" = "$hash" ] || refuse "$file is not the body of line $number"
        shown=$((shown + 1))
    done <bodies.sums
fi
echo "AUDIT CHAIN WHOLE: lines $((first + 1)) to $lines, $shown bodies shown"
