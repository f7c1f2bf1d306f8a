#!/usr/bin/env bash
# Make what compose.yml needs and no repository may hold, once: keys, passwords, the signed bundle. Usage: prepare.sh
#
# Into docker/local (or TOLLBAR_LOCAL). What is there is kept, but the bundle is built and signed anew: that is how a
# change of the policy is rolled out. opa must be on PATH (`make tools`), and openssl.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
local=${TOLLBAR_LOCAL:-$root/docker/local}
# Only who may enter the folder can read what is in it; containers run as other users and are given single files.
mkdir -p "$local"
chmod 700 "$local"
umask 022
mkdir -p "$local/secrets" "$local/bundles"

if [ ! -e "$local/signing-key.pem" ]; then
	(umask 077 && openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$local/signing-key.pem")
fi
openssl pkey -in "$local/signing-key.pem" -pubout -out "$local/bundle-key.pem"

for name in postgres-password grafana-password opa-metrics-token; do
	[ -e "$local/secrets/$name" ] || printf '%s' "$(openssl rand -hex 32)" > "$local/secrets/$name"
done
cat > "$local/secrets/pg_service.conf" << EOF
[tollbar]
host=postgres
dbname=tollbar
user=tollbar
password=$(cat "$local/secrets/postgres-password")
connect_timeout=5
EOF
digest=$(openssl dgst -sha256 -r "$local/secrets/opa-metrics-token" | cut -d' ' -f1)
printf '{"tollbar_access": {"tokens": {"%s": {"name": "prometheus", "paths": [["metrics"]]}}}}\n' "$digest" > "$local/access.json"

built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
TOLLBAR_SIGNING_KEY_FILE="$local/signing-key.pem" "$root/bundle/build.sh" "$built" > /dev/null
# Put there whole: OPA may be asking for it.
cp "$built"/tollbar-policies-*.tar.gz "$local/bundles/.new"
mv "$local/bundles/.new" "$local/bundles/tollbar-policies.tar.gz"
echo "ready: $local"
