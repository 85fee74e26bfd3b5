// Answers one line of its input, fields separated by tabs, with one line:
//   hello                       ok
//   load <file>                 ok; the file is what "write" writes
//   read <file> <rows> <runs>   nanoseconds of one run
//   write <file> <codec> <runs> nanoseconds of one run
"use strict";
const pl = require("nodejs-polars");

let loaded;

function nanosPerRun(runs, task) {
  global.gc();
  const start = process.hrtime.bigint();
  for (let run = 0; run < runs; run++) {
    task();
  }
  return Number(process.hrtime.bigint() - start) / runs;
}

function answer([request, file, option, runs]) {
  switch (request) {
    case "hello":
      return "ok";
    case "load":
      loaded = pl.readParquet(file).rechunk();
      return "ok";
    case "read":
      return nanosPerRun(Number(runs), () => {
        if (pl.readParquet(file).height !== Number(option)) {
          throw new Error(file + " does not have " + option + " rows");
        }
      });
    case "write":
      return nanosPerRun(Number(runs), () => loaded.writeParquet(file, { compression: option }));
    default:
      throw new Error("unknown request " + request);
  }
}

require("node:readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    try {
      console.log(String(answer(line.split("\t"))));
    } catch (e) {
      console.log("error " + String(e.message).split("\n")[0]);
    }
  });
