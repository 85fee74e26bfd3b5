// Answers each line of its input, the path of a Parquet file, with a line: ok and the columns with their types in
// Polars, or error and why. What Polars reads goes to <file>.values, column by column: a byte for each row,
// 1 where it is null; then the other values. Numbers as they are in memory; booleans as a byte; text as its length
// in bytes, a little-endian 32-bit number, and its bytes in UTF-8.
"use strict";
const fs = require("node:fs");
const pl = require("nodejs-polars");

function text(value) {
  const bytes = Buffer.from(value, "utf8");
  const length = Buffer.alloc(4);
  length.writeInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function numbers(series) {
  const { buffer, byteOffset, byteLength } = series.toTypedArray();
  return Buffer.from(buffer, byteOffset, byteLength);
}

function values(type, present) {
  if (type.startsWith("Datetime")) {
    return numbers(present.cast(pl.Int64));
  } else if (type === "Date") {
    return numbers(present.cast(pl.Int32));
  } else if (type === "String") {
    return Buffer.concat(present.toArray().map(text));
  } else if (type === "Bool") {
    return Buffer.from(present.toArray().map(Number));
  }
  return numbers(present);
}

function answer(file) {
  const frame = pl.readParquet(file);
  const parts = [];
  const types = frame.columns.map((name) => {
    const series = frame.getColumn(name);
    const type = series.dtype.toString().replace(/^DataType\((.*)\)$/, "$1");
    parts.push(Buffer.from(series.isNull().toArray().map(Number)), values(type, series.dropNulls()));
    return name + ": " + type;
  });
  fs.writeFileSync(file + ".values", Buffer.concat(parts));
  return "ok " + types.join("; ");
}

require("node:readline")
  .createInterface({ input: process.stdin })
  .on("line", (file) => {
    try {
      console.log(answer(file));
    } catch (e) {
      console.log("error " + String((e && e.stack) || e).split("\n").slice(0, 3).join(" "));
    }
  });
