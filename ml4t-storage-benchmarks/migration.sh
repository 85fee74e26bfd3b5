#!/bin/sh
# Builds the benchmarks and migrates a directory of small frames in several ways, beside a plain copy of its files, in a few minutes.
# Uses JAVA_HOME where it is set. Output: a table of times, and the rates.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"
java -Xmx256m -cp "$classes" io.ml4t.storage.benchmarks.MigrationContest "$target/data"
