// The text job: the file to read, the file to write.
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync, writeSync } from "node:fs";

const search = /" 500 |\/wp-login\.php|\/\.env|\/\.\.\/|万年筆/;
const lines = openSync(process.argv[2]);
const kept = openSync(process.argv[3], "w");
const chunk = Buffer.alloc(1 << 20);
let rest = Buffer.alloc(0);
let waiting = [];

function line(bytes) {
  if (isUtf8(bytes)) {
    const text = bytes.toString().trim().replaceAll("session=", "s=");
    if (text && search.test(text)) {
      waiting.push(text + "\n");
    }
  }
}

for (let n = readSync(lines, chunk); n > 0; n = readSync(lines, chunk)) {
  const bytes = Buffer.concat([rest, chunk.subarray(0, n)]);
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    line(bytes.subarray(start, end));
    start = end + 1;
  }
  rest = bytes.subarray(start);
  writeSync(kept, waiting.join(""));
  waiting = [];
}
if (rest.length > 0) {
  line(rest);
}
writeSync(kept, waiting.join(""));
closeSync(kept);
