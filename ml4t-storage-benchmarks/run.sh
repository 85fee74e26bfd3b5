#!/bin/sh
# Builds the benchmarks and runs the comparison, in about 20 minutes; a look with --quick takes about 3.
# Uses JAVA_HOME where it is set. Output: tables of ratios, and a FIGURE line for each bar.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"

if [ ! -d "$target/polars/node_modules/nodejs-polars" ]; then
  prepare_polars || echo "NOTICE nodejs-polars cannot be installed, so Polars is left out" >&2
fi

quick=${1:-}
java -Xmx6g -cp "$classes" io.ml4t.storage.benchmarks.Comparison \
  $quick "$memory" "$target/data" "$target/polars/polars.js"
if [ -z "$quick" ]; then
  java -cp "$classes" org.openjdk.jmh.Main CodecBenchmark -prof gc -foe true
fi
