/**
 * Runs a network of the book in the page: LiteRT, self-hosted, loaded on demand.
 *
 * Figures call `loadModel(url)` after a click or stroke of the reader, never
 * before: the runtime weighs 2.8 MB compressed. live.py copies its files from the
 * npm packages to `litert/` beside this module at build time.
 */

const RUNTIME = new URL("./litert/", import.meta.url);

/** How many of the runtime's own lines are kept to explain a failure. */
const KEPT_LINES = 5;

let runtime;
const models = new Map();
const logLines = [];

/** A failure with a German message that can be shown to the reader. */
export class RuntimeFailure extends Error {}

function keep(line) {
  logLines.push(line);
  if (logLines.length > KEPT_LINES) logLines.shift();
}

async function loadRuntime() {
  const module = await import(new URL("core/index.js", RUNTIME).href);
  // Without this LiteRT asks for a graphics card that the wasm path never uses, and
  // warns in the console where there is none.
  const { Environment } = module;
  const create = Environment.create.bind(Environment);
  Environment.create = () => create({ webGpuDevice: null });
  // LiteRT writes INFO lines as console errors. Emscripten takes these two
  // functions from a global Module; failures still arrive as exceptions.
  globalThis.Module = { print: keep, printErr: keep };
  await module.loadLiteRt(new URL("wasm/", RUNTIME).href, { threads: false });
  return module;
}

function explain(what, error) {
  const reason = error instanceof Error ? error.message : String(error);
  const log = logLines.length > 0 ? ` (${logLines.join(" | ")})` : "";
  return new RuntimeFailure(`${what}: ${reason}${log}`, { cause: error });
}

async function compile(url) {
  try {
    runtime ??= loadRuntime();
    await runtime;
  } catch (error) {
    runtime = undefined; // the next click tries again
    throw explain("Die Laufzeit für Netze ließ sich nicht laden", error);
  }
  const { loadAndCompile, Tensor } = await runtime;
  let compiled;
  try {
    compiled = await loadAndCompile(url, { accelerator: "wasm" });
  } catch (error) {
    throw explain("Das Netz dieser Seite ließ sich nicht laden", error);
  }
  return new Model(compiled, Tensor);
}

/** A compiled network; inputs and outputs are Float32Arrays. */
class Model {
  #compiled;
  #Tensor;

  constructor(compiled, Tensor) {
    this.#compiled = compiled;
    this.#Tensor = Tensor;
  }

  /**
   * Answer one input.
   *
   * @param {Float32Array} values all values of the input in C order
   * @param {number[]} shape its shape with the batch axis, e.g. [1, 28, 28]
   * @returns {Promise<Float32Array[]>} all outputs, each in C order
   */
  async run(values, shape) {
    const input = new this.#Tensor(values, shape);
    try {
      const outputs = await this.#compiled.run(input);
      const answers = [];
      for (const output of outputs) {
        answers.push(Float32Array.from(await output.data()));
        output.delete();
      }
      return answers;
    } catch (error) {
      throw explain("Das Netz konnte nicht rechnen", error);
    } finally {
      input.delete();
    }
  }
}

/**
 * Load a network once for the whole page.
 *
 * @param {string} url address of the .tflite file
 * @returns {Promise<Model>}
 * @throws {RuntimeFailure} with a German message
 */
export function loadModel(url) {
  if (!models.has(url)) {
    const loading = compile(url);
    loading.catch(() => models.delete(url));
    models.set(url, loading);
  }
  return models.get(url);
}
