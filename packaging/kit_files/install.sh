#!/bin/sh
# Installs Larets from this kit for the user who runs it, without root; run from a newer kit it
# updates. Устанавливает Larets из этого комплекта без прав администратора; из нового — обновляет.
#
#   ./install.sh              install or update
#   ./install.sh --back       the version before the last update
#   ./install.sh --uninstall  remove the program; asks what becomes of the data
#
# Program: $XDG_DATA_HOME/larets-program (~/.local/share/larets-program), one folder a version.
set -eu
kit=$(dirname "$(readlink -f "$0")")
share=${XDG_DATA_HOME:-$HOME/.local/share}
home=$share/larets-program
data=$share/larets

say() { printf '%s\n' "$@"; }
stop() { say "$@" >&2; exit 1; }
fact() { sed -n "s/^ *\"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1" | head -n 1; }

switch() {  # to the version folder $1; a power cut leaves the old link or the new one
    ln -s "versions/$1" "$home/current.new"
    mv -T "$home/current.new" "$home/current"
}

starts() {  # whether the program in folder $1 works on this computer
    scratch=$(mktemp -d)
    told=$("$1/program/larets" doctor --json --data-dir "$scratch/data" 2>/dev/null) || true
    rm -rf "$scratch"
    case $told in *'"name": "libraries", "passed": true'*) return 0 ;; *) return 1 ;; esac
}

integrate() {
    mkdir -p "$HOME/.local/bin" "$share/applications" "$share/mime/packages" \
        "$share/icons/hicolor/scalable/apps"
    ln -sfn "$home/current/larets" "$HOME/.local/bin/larets"
    sed "s|^Exec=.*|Exec=\"$home/current/larets\" %f|" "$home/current/larets.desktop" \
        > "$share/applications/larets.desktop"
    cp "$home/current/larets-mime.xml" "$share/mime/packages/larets.xml"
    cp "$home/current/program/_internal/resources/icons/larets.svg" \
        "$share/icons/hicolor/scalable/apps/larets.svg"
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$share/mime" || true; fi
}

uninstall() {
    [ -d "$home" ] || stop "Larets is not installed in $home. / Larets не установлен в $home."
    rm -f "$HOME/.local/bin/larets" "$share/applications/larets.desktop" \
        "$share/mime/packages/larets.xml" "$share/icons/hicolor/scalable/apps/larets.svg"
    rm -rf "$home"
    say "The program is removed. / Программа удалена."
    [ -d "$data" ] || return 0
    say "Your documents, conversations and keys are still in $data." \
        "Delete them too, for ever? Type DELETE, or press Enter to keep them." \
        "Ваши документы и переписка остались там. Чтобы удалить и их, введите DELETE; Enter — оставить."
    answer=
    read -r answer || true
    if [ "$answer" = DELETE ]; then
        rm -rf "$data" "${XDG_STATE_HOME:-$HOME/.local/state}/larets" "${XDG_CONFIG_HOME:-$HOME/.config}/larets"
        say "The data is deleted. / Данные удалены."
    else
        say "The data is kept. / Данные оставлены."
    fi
}

back() {
    before=$(cat "$home/before" 2>/dev/null) || stop "There is no earlier version. / Прежней версии нет."
    now=$(basename "$(readlink "$home/current")")
    [ -d "$home/versions/$before" ] || stop "There is no earlier version. / Прежней версии нет."
    switch "$before"
    printf '%s\n' "$now" > "$home/before"
    say "Version $before is in use again. / Снова используется версия $before."
}

allowed() {  # whether this kit may follow what is installed
    system=$(fact "$kit/kit.json" system)
    here=$(uname -s | tr 'A-Z' 'a-z')-$(uname -m)
    [ "$system" = "$here" ] || stop "This kit is for $system, this computer is $here." \
        "Комплект для $system, а это $here."
    [ -e "$home/current/kit.json" ] || return 0
    old=$(fact "$home/current/kit.json" time)
    new=$(fact "$kit/kit.json" time)
    [ "$new" -ge "$old" ] || stop \
        "This kit is older than what is installed; data that the newer version has changed would not open." \
        "To go back to the version before the last update: install.sh --back" \
        "Этот комплект старше установленной версии. Вернуться к предыдущей: install.sh --back"
}

install() {
    allowed
    set --
    # an update must come from whoever signed what is installed
    if [ -f "$home/current/signing-key.pub" ]; then set -- "$home/current/signing-key.pub"; fi
    "$kit/verify.sh" "$@" || stop "Nothing was installed. / Ничего не установлено."
    name=$(fact "$kit/kit.json" version)-$(fact "$kit/kit.json" commit | cut -c1-12)
    target=$home/versions/$name
    rm -rf "$target.part"
    mkdir -p "$target.part" "$data/models"
    for part in "$kit"/*; do
        case $(basename "$part") in data | larets-demo | models | portable) ;; *) cp -a "$part" "$target.part/" ;; esac
    done
    for model in "$kit"/models/*; do  # one copy for all versions, beside the models of the user
        if [ ! -e "$data/models/$(basename "$model")" ]; then
            cp -a "$model" "$data/models/.part" && mv "$data/models/.part" "$data/models/$(basename "$model")"
        fi
    done
    ln -s "$data/models" "$target.part/models"
    if ! starts "$target.part"; then
        rm -rf "$target.part"
        stop "The new version does not start on this computer; nothing was changed." \
            "Новая версия на этом компьютере не запускается; ничего не изменено."
    fi
    old=$(basename "$(readlink "$home/current" 2>/dev/null || true)")
    if [ "$old" = "$name" ]; then rm -rf "$target.part"; say "$name is installed already. / Уже установлено."; return 0; fi
    rm -rf "$target"
    mv "$target.part" "$target"
    switch "$name"
    if [ -n "$old" ]; then printf '%s\n' "$old" > "$home/before"; fi
    integrate
    say "Larets $name is installed: ~/.local/bin/larets, or “Larets” in the menu." \
        "Larets $name установлен: ~/.local/bin/larets или «Larets» в меню."
    case ":$PATH:" in
        *":$HOME/.local/bin:"*) ;;
        *) say "~/.local/bin is not in PATH: log in again, or run  export PATH=\"\$HOME/.local/bin:\$PATH\"" \
            "~/.local/bin нет в PATH: войдите в систему заново или выполните  export PATH=\"\$HOME/.local/bin:\$PATH\"" ;;
    esac
}

case ${1:-} in
    '') install ;;
    --back) back ;;
    --uninstall) uninstall ;;
    *) sed -n '2,9p' "$0"; exit 2 ;;
esac
