#!/bin/sh
# Builds the benchmarks and puts the store under load, by itself and behind the sample web service, in about 7 minutes;
# a look with --quick takes about two.
# Uses JAVA_HOME where it is set. Output: rates and latencies, and a FIGURE line for each bar.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"

loops=loops
http=http
if [ "${1:-}" = --quick ]; then
  loops=quick-loops
  http=quick-http
fi
java -Xmx256m -cp "$classes" io.ml4t.storage.benchmarks.Load burst "$target/data"
java -Xmx1g -cp "$classes" io.ml4t.storage.benchmarks.Load "$loops" "$target/data"

sample=samples/market-data-service
if (cd "$here/.." && mvn -q -B package -pl "$sample" -am -Dmaven.test.skip -Dspotless.check.skip -Dspring-boot.aot.skip); then
  java -cp "$classes" io.ml4t.storage.benchmarks.Load "$http" "$target/data" "$(ls "$here/../$sample"/target/market-data-service-*.jar)"
else
  echo "FIGURE load-http-errors: not measured, the sample cannot be built SKIPPED"
fi
