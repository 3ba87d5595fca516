#!/usr/bin/env bash
# Puts the Chinese and English books of Debian into a folder outside the repository and prints its path: real documents, too large
# to commit. The folder is $PC_DEBIAN_DOCS, else target/debian-docs of the workspace. Does nothing when they are there.
set -euo pipefail

packages=(debian-reference-zh-cn maint-guide-zh-cn developers-reference)
tries_max=3
workspace="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
folder="${PC_DEBIAN_DOCS:-$workspace/target/debian-docs}"

complete() {
  [[ -s "$folder/usr/share/debian-reference/debian-reference.zh-cn.pdf" ]] &&
    [[ -s "$folder/usr/share/doc/maint-guide-zh-cn/maint-guide.zh-cn.pdf" ]] &&
    [[ -s "$folder/usr/share/developers-reference/developers-reference.pdf" ]] &&
    [[ -s "$folder/usr/share/developers-reference/developers-reference.epub" ]]
}

download() {
  local into="$1" try
  for try in $(seq "$tries_max"); do
    if (cd "$into" && apt-get download "${packages[@]}" >&2); then
      return 0
    fi
    echo "debian-docs: try $try of $tries_max failed, refreshing the package lists" >&2
    apt-get update >&2 || true
  done
  return 1
}

mkdir -p "$folder"
exec 9>"$folder/.lock"
flock 9
if ! complete; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  chmod 755 "$work"
  if ! download "$work"; then
    echo "debian-docs: the Debian packages ${packages[*]} cannot be downloaded; these tests need the package archive." >&2
    exit 1
  fi
  for package in "$work"/*.deb; do
    dpkg-deb -x "$package" "$folder"
  done
  find "$folder" \( -name '*.pdf.gz' -o -name '*.epub.gz' \) -exec gunzip -kf {} +
fi
if ! complete; then
  echo "debian-docs: the packages ${packages[*]} no longer hold the books that the tests read." >&2
  exit 1
fi
echo "$folder"
