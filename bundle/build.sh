#!/usr/bin/env bash
# Build the policy library as an OPA bundle: dist/tollbar-policies-VERSION.tar.gz. Usage: bundle/build.sh [DIST]
set -euo pipefail
cd "$(dirname "$0")/.."
dist=${1:-dist}
version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' rego/tollbar/version/data.json)
commit=$(git rev-parse --short=12 HEAD 2> /dev/null || echo unknown)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$dist"
cp -R rego/. "$stage"
find "$stage" -name '*_test.rego' -delete
find "$stage" -type d -empty -delete
sed "s/@REVISION@/$version+$commit/" bundle/.manifest > "$stage/.manifest"
# Unoptimised: from -O=1 on, opa renames rules and the library's METADATA no longer fit.
bundle="$(cd "$dist" && pwd)/tollbar-policies-$version.tar.gz"
(cd "$stage" && opa build --bundle . --output "$bundle")
echo "$bundle"
