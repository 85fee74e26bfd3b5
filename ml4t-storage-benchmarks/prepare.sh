# Sourced by the scripts: builds the module and sets $target, $memory and $classes. Expects $here.
target="$here/target"
if [ -n "${JAVA_HOME:-}" ]; then
  PATH="$JAVA_HOME/bin:$PATH"
fi
(cd "$here/.." && mvn -q -B package -pl ml4t-storage-benchmarks -am -Dmaven.test.skip -Dspotless.check.skip)
classes="$target/classes:$(cat "$target/classpath")"

# Files that are never synced go to memory where it has room for them.
memory="$target/memory"
if [ -d /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 {print $4}')" -gt 2000000 ]; then
  memory="/dev/shm/ml4t-storage-benchmarks-$$"
fi
trap 'rm -rf "$memory" "$target/data"' EXIT

mkdir -p "$target/polars"
cp "$here/src/main/polars/polars.js" "$target/polars/"

# The native part is named too: npm leaves it out without a word on a Node older than it asks for.
prepare_polars() {
  command -v node >/dev/null || return 1
  version=0.26.1
  native="nodejs-polars-$(node -p 'process.platform + "-" + process.arch + (process.platform === "linux" ? "-gnu" : "")')"
  npm install --silent --no-save --prefix "$target/polars" "nodejs-polars@$version" "$native@$version"
}
