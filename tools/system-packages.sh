#!/usr/bin/env bash
# Installs the Debian packages of the programs that the tests start: an IMAP server, a database server, a browser.
# Does nothing where they are present; without root and sudo it says in one message what to install.
set -euo pipefail

packages=(dovecot-imapd postgresql chromium fonts-dejavu-core)

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

missing=()
for package in "${packages[@]}"; do
  is_installed "$package" || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "system packages: present (${packages[*]})"
  exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  as_root=(false)
fi
if [ "${as_root[0]:-}" = false ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages (or their like on another system): ${missing[*]}" >&2
  echo "Install them as root, for example: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

# The tests run private servers of their own: Debian is asked not to start its services while it installs them.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
echo "system packages: installed ${missing[*]}"
