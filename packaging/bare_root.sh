#!/bin/sh
# Installs a kit into a bare Debian without a network and asks: from the kit to the first cited
# answer in one go, with the seconds that it took. As root; needs debootstrap once, for the system.
#
#   packaging/bare_root.sh KIT [FOLDER]     FOLDER: where the bare system is made and kept
set -eu
kit=$(readlink -f "$1")
root=${2:-$(dirname "$(readlink -f "$0")")/../build/bare-root}
if [ ! -e "$root/etc/debian_version" ]; then
    debootstrap --variant=minbase bookworm "$root"
fi
rm -rf "$root/media/kit" "$root/home/anna"
mkdir -p "$root/media/kit" "$root/home/anna"
mount --bind "$kit" "$root/media/kit"
mount -t proc proc "$root/proc" && mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || true
trap 'umount "$root/media/kit" "$root/proc" "$root/dev/shm" 2>/dev/null || true' EXIT
cat > "$root/home/anna/first.sh" <<'STEPS'
set -eu
cd "$HOME"
printf 'the strongbox of a bare root' > password
printf 'The rent of the warehouse in Tver is 240 thousand roubles a month.\n' > order.txt
/media/kit/install.sh
larets=$HOME/.local/bin/larets
$larets profile create anna --password-file password --json
$larets --profile anna --password-file password add order.txt --json > added.json
$larets --profile anna --password-file password ask "What is the rent of the warehouse in Tver?" \
    --max-tokens 60 --json > answer.json
grep -q '"abstained": false' answer.json
grep -q '"number": 1' answer.json
STEPS
began=$(date +%s)
unshare --net chroot "$root" /usr/bin/env -i HOME=/home/anna PATH=/usr/bin:/bin LANG=C.UTF-8 \
    sh /home/anna/first.sh
echo "first cited answer after $(($(date +%s) - began)) s"
cut -c 1-300 "$root/home/anna/answer.json"
