// Starts and stops the product's own release build, with its own data and ports. Used by the tests and by the benchmarks.
// Never in here: anything that knows a page.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, openSync, closeSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const results = join(repository, "end2end/results");
const program = process.env.PC_PROGRAM ?? join(repository, "target/release/partner-center");
const site = process.env.PC_SITE_ROOT ?? join(repository, "target/site");

const START_MS_MAX = 30_000; // the bar is one second; a machine that compiles meanwhile is slower
const STOP_MS_MAX = 10_000;
const LOG_LINES_SHOWN = 20;

/**
 * Makes demo data in `folder`, as `partner-center demo reset` does for everybody.
 * @param {string} folder
 * @param {{ documents: number, ledgerEntries?: number }} size
 * @param {Record<string, string>} [variables] added to its environment
 */
export async function makeDemoData(folder, { documents, ledgerEntries = 0 }, variables) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run(["demo", "reset", "--documents", String(documents), "--ledger-entries", String(ledgerEntries)], folder, variables);
}

/**
 * Runs one command of the program to its end; its output is the answer.
 * @param {string[]} words
 * @param {string} folder where its data is
 * @param {Record<string, string>} [variables] added to its environment
 * @returns {Promise<string>}
 */
export function run(words, folder, variables) {
  return new Promise((done, fail) => {
    const child = spawn(program, words, { env: { ...environment(folder), ...variables }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (errors += part));
    child.on("error", (cause) => fail(new Error(`${program} cannot be run (build it with 'make server'): ${cause.message}`)));
    child.on("close", (code) => (code === 0 ? done(output) : fail(new Error(`partner-center ${words.join(" ")} ended with ${code}:\n${errors}`))));
  });
}

/**
 * A serving portal. `folder` holds its data and log; `copyOf` is copied there first.
 * `cpu` pins it to one core; `variables` are added to its environment.
 */
export class Server {
  /** @param {{ folder: string, copyOf?: string, cpu?: number, variables?: Record<string, string> }} wishes */
  static async start({ folder, copyOf, cpu, variables }) {
    if (copyOf) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(copyOf, folder, { recursive: true });
    }
    mkdirSync(folder, { recursive: true });
    const [port, operationsPort] = await freePorts(2);
    const server = new Server(folder, `http://127.0.0.1:${port}`, `http://127.0.0.1:${operationsPort}`);
    const log = openSync(server.logFile, "w");
    const command = cpu === undefined ? [program, "serve"] : ["taskset", "--cpu-list", String(cpu), program, "serve"];
    const [executable, ...words] = /** @type {[string, ...string[]]} */ (command);
    const started = performance.now();
    server.child = spawn(executable, words, {
      env: { ...environment(folder), PC_LISTEN: `127.0.0.1:${port}`, PC_OPS_LISTEN: `127.0.0.1:${operationsPort}`, ...variables },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    await server.untilReady();
    server.startMs = performance.now() - started;
    return server;
  }

  /**
   * @param {string} folder
   * @param {string} url
   * @param {string} operationsUrl
   */
  constructor(folder, url, operationsUrl) {
    this.folder = folder;
    this.url = url;
    this.operationsUrl = operationsUrl;
    this.logFile = join(folder, "server.log");
    this.startMs = 0;
    /** @type {import("node:child_process").ChildProcess | undefined} */
    this.child = undefined;
  }

  get pid() {
    return this.child?.pid;
  }

  log() {
    return readFileSync(this.logFile, "utf8");
  }

  /**
   * What the server itself calls its fault, after the first `skipped` characters of its log. Nothing that a visitor does may cause such a line.
   * @param {number} skipped
   */
  faults(skipped = 0) {
    return this.log()
      .slice(skipped)
      .split("\n")
      .filter((line) => /"level":"ERROR"|^\S*\s+ERROR\s|panicked at/.test(line));
  }

  async untilReady() {
    const deadline = performance.now() + START_MS_MAX;
    const child = this.child;
    let failure = "";
    child?.once("error", (cause) => (failure = `${program} cannot be run (build it with 'make server'): ${cause.message}`));
    while (performance.now() < deadline) {
      if (failure || child?.exitCode != null) break;
      const answer = await fetch(`${this.operationsUrl}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((next) => setTimeout(next, 10)); // there is nothing to wait on but the port itself
    }
    const lines = failure ? [] : this.log().trimEnd().split("\n").slice(-LOG_LINES_SHOWN);
    await this.stop();
    throw new Error([failure || "The server did not become ready. Its last lines:", ...lines].join("\n"));
  }

  /** Asks it to drain, by its process id; insists after ten seconds. Gives the exit code (null after insisting). */
  async stop() {
    const child = this.child;
    if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise((done) => child.once("exit", (code) => done(code)));
    child.kill("SIGTERM");
    const insist = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
    const code = await ended;
    clearTimeout(insist);
    return /** @type {number | null} */ (code);
  }
}

/** @param {string} folder */
function environment(folder) {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? folder,
    RUST_BACKTRACE: "1",
    PC_MODE: "demo",
    PC_DATABASE_URL: `sqlite://${join(folder, "partner-center.db")}`,
    PC_STORAGE_URL: `file://${join(folder, "files")}`,
    PC_SITE_ROOT: site,
  };
}

/**
 * Ports that were free a moment ago, all different.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const held = await Promise.all(
    Array.from({ length: count }, () => {
      const holder = createServer();
      return /** @type {Promise<import("node:net").Server>} */ (
        new Promise((done, fail) => {
          holder.once("error", fail);
          holder.listen(0, "127.0.0.1", () => done(holder));
        })
      );
    }),
  );
  const ports = held.map((holder) => /** @type {import("node:net").AddressInfo} */ (holder.address()).port);
  await Promise.all(held.map((holder) => new Promise((done) => holder.close(done))));
  return ports;
}
