#!/usr/bin/env bash
# Verify a bundle's signature with the real opa. Usage: bundle/verify.sh BUNDLE PUBLIC_KEY_FILE
#
# Exits 0 and prints the bundle's revision where it is signed with the key's private half (TOLLBAR_SIGNING_ALG, default
# RS256) and nothing was added, removed or changed; 1 otherwise. `opa eval` and `opa inspect` verify nothing.
set -euo pipefail
[ $# -eq 2 ] || { sed -n 's/^# Verify.*Usage: /usage: /p' "$0" >&2; exit 2; }
[ -r "$1" ] || { echo "$1 cannot be read" >&2; exit 1; }
grep -qs 'PUBLIC KEY' "$2" || { echo "$2 cannot be read, or is no public key in PEM" >&2; exit 1; }
opa build --bundle "$1" --verification-key "$2" --verification-key-id "${TOLLBAR_SIGNING_KEY_ID:-tollbar}" \
	--signing-alg "${TOLLBAR_SIGNING_ALG:-RS256}" --output /dev/null >&2
opa inspect --format json "$1" | sed -n 's/.*"revision": "\(.*\)",\{0,1\}$/verified: \1/p'
