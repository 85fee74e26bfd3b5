#!/bin/sh
# Reads every Parquet file of a folder, such as a checkout of https://github.com/apache/parquet-testing, with the
# store's codec and with parquet-java, and prints what each makes of it. Output: a table, and a FIGURE line.
set -eu
folder=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"
java -cp "$classes" io.ml4t.storage.benchmarks.ParquetTesting "$folder"
