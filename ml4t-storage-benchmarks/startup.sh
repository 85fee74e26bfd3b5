#!/bin/sh
# Builds the benchmarks and starts a web application with and without the starter, with the archive of its classes that Boot recommends and without one, in about 8 minutes; a look with --quick takes about 4.
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
  "$(ls "$target"/ml4t-storage-benchmarks-*.jar | head -n 1):$(cat "$target/classpath-of-the-application")" "$target/data" "$rounds"
