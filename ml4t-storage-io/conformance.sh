#!/bin/sh
# Reads and writes the same files with this library, Polars, hyparquet, DuckDB and parquet-avro, and compares every value.
# Installs nodejs-polars and hyparquet beside this script at the first run, for which it needs Node 18 or newer, npm and a network.
# Output: FIGURE lines; a status other than zero where two readers differ. From then on `mvn verify` does the same.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
polars=0.26.1
native="nodejs-polars-$(node -p 'process.platform + "-" + process.arch + (process.platform === "linux" ? "-gnu" : "")')"
if [ ! -d "$here/node_modules/hyparquet" ]; then
  # The native part is named too: npm leaves it out without a word on a Node older than it asks for.
  npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$here" \
    "nodejs-polars@$polars" "$native@$polars" hyparquet@1.31.5 hyparquet-compressors@1.1.2
fi
cd "$here/.."
log="$here/target/conformance.log"
mkdir -p "$here/target"
status=0
mvn -q -B -ntp test -pl ml4t-storage-io -am -Dspotless.check.skip -Dtest='ConformanceTests,PolarsPropertyTests' -Dsurefire.failIfNoSpecifiedTests=false "$@" \
  >"$log" 2>&1 || status=$?
grep -oE '(FIGURE|NOTICE|SKIPPED) .*|.*ERROR.*' "$log" || status=1
exit $status
