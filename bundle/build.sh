#!/usr/bin/env bash
# Build the policy library's two artifacts and print their paths. Usage: bundle/build.sh [DIST]
#
#   tollbar-policies-VERSION.tar.gz  an OPA bundle for servers, signed where there is a key:
#     TOLLBAR_SIGNING_KEY_FILE       a file with the private key (PEM), or
#     TOLLBAR_SIGNING_KEY            the private key itself, as CI systems give secrets
#     TOLLBAR_SIGNING_KEY_ID         the key's name in the servers' configuration (default: tollbar)
#     TOLLBAR_SIGNING_ALG            default: RS256, with which the same tree and key give the same bytes
#   tollbar-conftest-VERSION.tar.gz  for conftest pull
set -euo pipefail
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "${1:-$root/dist}"
dist=$(cd "${1:-$root/dist}" && pwd)
key=${TOLLBAR_SIGNING_KEY_FILE:+$(realpath "$TOLLBAR_SIGNING_KEY_FILE")}
cd "$root"
version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' rego/tollbar/version/data.json)

# The commit, and whether the tree is still what was committed.
revision=$version+$(git rev-parse --short=12 HEAD 2> /dev/null || echo unknown)
[ -z "$(git status --porcelain -- rego bundle conftest/policy 2> /dev/null)" ] || revision=$revision.modified

mkdir "$stage/tree"
cp -R rego/. "$stage/tree"
find "$stage/tree" -name '*_test.rego' -delete
find "$stage/tree" -type d -empty -delete

policies=$dist/tollbar-policies-$version.tar.gz
if [ -z "$key" ] && [ -n "${TOLLBAR_SIGNING_KEY:-}" ]; then
	key=$stage/key.pem
	(umask 077 && printf '%s\n' "$TOLLBAR_SIGNING_KEY" > "$key")
fi
sign=()
if [ -n "$key" ]; then
	# opa takes a name of no file for the secret itself, and would sign with the name.
	grep -qs 'PRIVATE KEY' "$key" || { echo "the signing key cannot be read, or is no private key in PEM" >&2; exit 1; }
	printf '{"keyid": "%s"}\n' "${TOLLBAR_SIGNING_KEY_ID:-tollbar}" > "$stage/claims.json"
	sign=(--signing-key "$key" --signing-alg "${TOLLBAR_SIGNING_ALG:-RS256}" --claims-file "$stage/claims.json")
else
	echo "not signed: TOLLBAR_SIGNING_KEY_FILE and TOLLBAR_SIGNING_KEY are not set" >&2
fi
sed "s/@REVISION@/$revision/; s/@VERSION@/$version/" bundle/.manifest > "$stage/tree/.manifest"
# Unoptimised: from -O=1 on, opa renames rules and the library's METADATA no longer fit.
(cd "$stage/tree" && opa build --bundle . --output "$policies" ${sign[@]+"${sign[@]}"}) >&2
echo "$policies"

# What conftest would take for policies or data, and nothing else: it reads every JSON and YAML file as data.
rm "$stage/tree/.manifest"
cp conftest/policy/main.rego "$stage/tree"
sed 's|^policy = .*|policy = ["policy"]|; s|^data = .*|data = ["policy"]|; /^#/d; /^$/d' conftest/conftest.toml > "$stage/tree/conftest.toml"
"${PYTHON:-python3}" bundle/archive.py "$stage/tree" "$dist/tollbar-conftest-$version.tar.gz"
echo "$dist/tollbar-conftest-$version.tar.gz"
