#!/bin/sh
# Builds the benchmarks and puts the store under load, in about 5 minutes; a look with --quick takes about one.
# Uses JAVA_HOME where it is set. Output: rates and latencies, and a FIGURE line for each bar.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"

loops=loops
if [ "${1:-}" = --quick ]; then
  loops=quick-loops
fi
java -Xmx256m -cp "$classes" io.ml4t.storage.benchmarks.Load burst "$target/data"
java -Xmx1g -cp "$classes" io.ml4t.storage.benchmarks.Load "$loops" "$target/data"
