#!/bin/sh
# Builds the benchmarks and starts a web application with and without the starter, in about 5 minutes; a look with --quick takes about 2.
# Uses JAVA_HOME where it is set. Output: the medians, and a FIGURE line for each bar.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"

rounds=9
if [ "${1:-}" = --quick ]; then
  rounds=3
fi
mkdir -p "$target/data"
java -cp "$classes" io.ml4t.storage.benchmarks.StartUp \
  "$target/classes:$(cat "$target/classpath-of-the-application")" "$target/data" "$rounds"
