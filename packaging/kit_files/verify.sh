#!/bin/sh
# Checks every file of this kit with sha256sum, and the signature of the list with openssl.
# Exit code 0: everything is as it was made. Needs nothing but the system.
#
#   ./verify.sh [KEY]     KEY: the sender's public key (PEM), had on another way than this stick
#
# Проверяет каждый файл комплекта; код 0 — всё в порядке.
set -u
cd "$(dirname "$(readlink -f "$0")")" || exit 2

bad=0
say() { printf '%s\n' "$1"; }

if [ ! -f SHA256SUMS ]; then
    say "SHA256SUMS is missing: the kit was not finished, or the file was removed."
    say "Нет файла SHA256SUMS: комплект не закончен, или файл удалён."
    exit 1
fi

key=${1:-signing-key.pub}
if [ ! -f SHA256SUMS.sig ]; then
    say "Signature: none. Only accidental damage can be found. / Подписи нет: видно лишь случайное повреждение."
    if [ $# -gt 0 ]; then bad=1; fi
elif ! command -v openssl >/dev/null 2>&1; then
    say "Signature: not checked, openssl is not installed. / Подпись не проверена: нет openssl."
    if [ $# -gt 0 ]; then bad=1; fi
elif openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in SHA256SUMS \
        -sigfile SHA256SUMS.sig >/dev/null 2>&1; then
    print=$(openssl pkey -pubin -in "$key" -outform DER 2>/dev/null | sha256sum | cut -c1-32)
    say "Signature: good, by the key $print. Compare it with what the sender told you."
    say "Подпись верна, ключ $print. Сверьте его с тем, что сообщил отправитель."
else
    say "Signature: WRONG. Do not use this kit. / Подпись НЕВЕРНА: не пользуйтесь этим комплектом."
    bad=1
fi

if wrong=$(LC_ALL=C sha256sum --quiet -c SHA256SUMS 2>&1); then
    say "Files: $(wc -l < SHA256SUMS), all as they were made. / Все файлы целы."
else
    say "Files that are changed or missing / изменены или отсутствуют:"
    say "$wrong"
    bad=1
fi

# what the list does not name; the data of a portable kit is its user's
extra=$(find . -type f ! -path './data/*' ! -path './larets-demo/*' ! -name 'SHA256SUMS*' | sort |
    awk 'NR == FNR { known[substr($0, 67)] = 1; next } !($0 in known)' SHA256SUMS -)
if [ -n "$extra" ]; then
    say "Files that do not belong to the kit / лишние файлы:"
    say "$extra"
    bad=1
fi
exit $bad
