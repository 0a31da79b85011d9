// The orders job: the file to read, the file to write.
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const kept = openSync(process.argv[3], "w");
let waiting = [];
let size = 0;

function flush() {
  writeSync(kept, waiting.join(""));
  waiting = [];
  size = 0;
}

const lines = createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity });
lines.on("line", (line) => {
  let order;
  try {
    order = JSON.parse(line);
  } catch {
    return;
  }
  const { id, customer, total } = order ?? {};
  const name = customer?.name;
  if (typeof id === "string" && typeof name === "string" && typeof total === "number") {
    const text = JSON.stringify({ id, customer: { name: name.toUpperCase() }, total }) + "\n";
    waiting.push(text);
    size += text.length;
    if (size > 1 << 20) {
      flush();
    }
  }
});
lines.on("close", () => {
  flush();
  closeSync(kept);
});
