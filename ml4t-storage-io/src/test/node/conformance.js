// Answers one line of its input, fields separated by tabs, with one line:
//   polars-read <file> <column:type,…>     the values, as below
//   hyparquet-read <file> <column:type,…>  the values, as below
//   polars-rewrite <file> <to> <codec> <rows of a group> <columns to make categorical>   ok
// Values come as {"rows": n, "columns": {name: [value, …]}}: null; true or false; text; whole numbers, days
// and ticks as text; floating point numbers as the 16 digits of their bits, floats widened to doubles.
"use strict";
const fs = require("node:fs");
const pl = require("nodejs-polars");

const bits = new DataView(new ArrayBuffer(8));

function value(type, v) {
  if (v === null || v === undefined) {
    return null;
  }
  switch (type) {
    case "double":
    case "float":
      bits.setFloat64(0, Number.isNaN(v) ? NaN : v);
      return bits.getBigUint64(0).toString(16).padStart(16, "0");
    case "boolean":
      return Boolean(v);
    default:
      return String(v);
  }
}

function answer(rows, wanted, column) {
  const columns = {};
  for (const spec of wanted.split(",")) {
    const [name, type] = spec.split(":");
    columns[name] = Array.from(column(name, type), (v) => value(type, v));
  }
  return JSON.stringify({ rows, columns });
}

function polarsRead(file, wanted) {
  const frame = pl.readParquet(file);
  return answer(frame.height, wanted, (name, type) => {
    let series = frame.getColumn(name);
    if (type === "timestamp") {
      series = series.cast(pl.Int64);
    } else if (type === "date") {
      series = series.cast(pl.Int32);
    } else if (type === "float") {
      series = series.cast(pl.Float64);
    }
    // As text where JavaScript has no number for it.
    return type === "timestamp" || type === "long" ? series.cast(pl.Utf8) : series;
  });
}

async function polarsRewrite(file, to, compression, rowGroupSize, categorical) {
  let frame = pl.readParquet(file);
  for (const name of categorical ? categorical.split(",") : []) {
    frame = frame.withColumn(pl.col(name).cast(pl.Categorical));
  }
  const options = { compression, rowGroupSize: Number(rowGroupSize), statistics: true };
  await frame.lazy().sinkParquet(to, options).collect();
  return "ok";
}

async function hyparquetRead(file, wanted) {
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const raw = (ticks) => ticks;
  const parsers = {
    timestampFromMilliseconds: raw,
    timestampFromMicroseconds: raw,
    timestampFromNanoseconds: raw,
    dateFromDays: raw,
  };
  const bytes = fs.readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file: buffer, compressors, parsers });
  const total = Number(parquetMetadata(buffer).num_rows);
  return answer(total, wanted, (name) => rows.map((row) => row[name]));
}

async function run([request, ...fields]) {
  switch (request) {
    case "polars-read":
      return polarsRead(...fields);
    case "polars-rewrite":
      return polarsRewrite(...fields);
    case "hyparquet-read":
      return hyparquetRead(...fields);
    default:
      throw new Error("unknown request " + request);
  }
}

async function main() {
  for await (const line of require("node:readline").createInterface({ input: process.stdin })) {
    try {
      console.log(await run(line.split("\t")));
    } catch (e) {
      console.log("error " + String((e && e.stack) || e).split("\n").slice(0, 3).join(" "));
    }
  }
}

main();
