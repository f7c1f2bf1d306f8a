#!/usr/bin/env bash
# Installs Tollbar from this very checkout into a folder of the job, with what is named beside it:
#
#   install.sh [opa] [conftest] [comment]
#
# What is pinned is what runs: the commit of this repository that the workflow names fixes the code, its dependencies
# (by hash) and the versions of the engines (tools/go.mod). Nothing is taken from a cache: a pull request can fill the
# caches of its own runs, and so could bring an engine of its own.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target="$RUNNER_TEMP/tollbar-tools"
releases=https://github.com/open-policy-agent

version_of() { sed -n "s|^\tgithub.com/open-policy-agent/$1 v\([^ ]*\).*|\1|p" "$source/tools/go.mod"; }

# The checksum that the project publishes beside the file guards against a damaged download.
fetch() { # URL FILE SUMS
  curl --fail --silent --show-error --location --retry 3 --proto '=https' --output "$2" "$1"
  sum=$(curl --fail --silent --show-error --location --retry 3 --proto '=https' "$3" | awk -v name="${1##*/}" 'NF == 1 || $2 == name { print $1; exit }')
  printf '%s  %s\n' "${sum:?no checksum in $3}" "$2" | sha256sum --check --quiet
}

case $(uname -sm) in
  "Linux x86_64") opa_platform=linux_amd64_static conftest_platform=Linux_x86_64 ;;
  "Linux aarch64") opa_platform=linux_arm64_static conftest_platform=Linux_arm64 ;;
  *)
    echo "install.sh: there are no binaries for $(uname -sm)" >&2
    exit 3
    ;;
esac

mkdir -p "$target/bin"
python3 -m venv "$target/venv"
pip=("$target/venv/bin/python" -m pip --disable-pip-version-check --quiet)
"${pip[@]}" install --require-hashes --requirement "$source/requirements/runtime.lock"
"${pip[@]}" install --no-deps --no-build-isolation "$source"
ln -sf "$target/venv/bin/tollbar" "$target/bin/tollbar"

for part in "$@"; do
  case $part in
    opa)
      url="$releases/opa/releases/download/v$(version_of opa)/opa_$opa_platform"
      fetch "$url" "$target/bin/opa" "$url.sha256"
      chmod +x "$target/bin/opa"
      ;;
    conftest)
      version=$(version_of conftest)
      url="$releases/conftest/releases/download/v$version"
      fetch "$url/conftest_${version}_$conftest_platform.tar.gz" "$target/conftest.tar.gz" "$url/checksums.txt"
      tar -xzf "$target/conftest.tar.gz" -C "$target/bin" conftest
      ;;
    comment) "${pip[@]}" install --require-hashes --requirement "$source/requirements/comment.lock" ;;
    *)
      echo "install.sh: $part is not known: opa, conftest, comment" >&2
      exit 3
      ;;
  esac
done
echo "$target/bin" >> "$GITHUB_PATH"
