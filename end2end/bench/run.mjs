// `make bench`: what the resource library, bills and the ledger cost, as Markdown tables with the facts of the machine.
//
//   node end2end/bench/run.mjs [--documents 1000,10000,100000] [--export-rows 10000,1000000] [--seconds 10]
//                              [--bill-lines 10000,1000000] [--ledger-entries 10000,1000000]
//                              [--only rates,start,exports,bills,ledger,bytes,filter,hydration]
//
// The server is pinned to one core (the first), the generator to the others. Figures are never judged here: README.md and
// the issue say what they should be, and a person looks.

import { chromium } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browserPath, browserWords } from "../support/browser.mjs";
import { makeDemoData, repository, Server } from "../support/server.mjs";
import * as bill from "./bills.mjs";
import { exported } from "./exports.mjs";
import { firstLoad, filterMs, hydratedMs, signedInCookies } from "./browser.mjs";
import * as books from "./ledger.mjs";
import { generator, load } from "./load.mjs";
import { pageTimes } from "./pages.mjs";

const SERVER_CORE = 0;
const CONNECTIONS = 32;
const STARTS = 5;
const PERSON = "admin@lanhai.example";
const PARTNER = "P0000001"; // their company
const LISTS = {
  plain: "/support/library",
  filtered: "/support/library?category=policy&format=pdf&format=xlsx&from=2026-01-01&to=2026-06-30",
  searched: "/support/library?q=%E4%BA%91", // 云
};
const FIRST_WORDS = ["政策", "激励", "方案", "指南", "培训", "客户", "服务", "产品", "2026", "云服务"];
const PAGES = ["/sign-in", "/", "/support/library"];
const DATABASES = ["SQLite", "PostgreSQL"];
const PAGE_HEAD = ["Page", "Median ms", "p95 ms", "Slowest ms"];
const FILE_HEAD = ["File", "Rows", "MB", "Seconds", "Rows/s", "MiB before", "MiB at most"];
const MIDDLE = 10_000; // the size that the browser's figures are taken at

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "1000,10000,100000" },
    "export-rows": { type: "string", default: "10000,1000000" },
    "bill-lines": { type: "string", default: "10000,1000000" },
    "ledger-entries": { type: "string", default: "10000,1000000" },
    seconds: { type: "string", default: "10" },
    only: { type: "string", default: "rates,start,exports,bills,ledger,bytes,filter,hydration" },
  },
});
const sizes = values.documents.split(",").map(Number);
const billLines = values["bill-lines"].split(",").map(Number);
const ledgerEntries = values["ledger-entries"].split(",").map(Number);
const exportRows = values["export-rows"].split(",").map(Number);
const seconds = Number(values.seconds);
const wanted = new Set(values.only.split(","));
const folder = mkdtempSync(join(tmpdir(), "partner-center-bench-"));
/** @type {Server[]} */
const running = [];
/** A throw-away PostgreSQL, once it is needed. @type {{ url: string, folder: string } | undefined} */
let cluster;
/** @type {Map<number, Promise<string>>} */
const made = new Map(); // folders with demo data, by documents

process.on("SIGINT", () => void finish(130));
process.on("SIGTERM", () => void finish(143));
try {
  facts();
  if (wanted.has("rates")) await rates();
  const middle = sizes.includes(MIDDLE) ? MIDDLE : /** @type {number} */ (sizes[0]);
  if (wanted.has("start")) await start(middle);
  if (wanted.has("exports")) await exports();
  if (wanted.has("bills")) await bills();
  if (wanted.has("ledger")) await ledger();
  const inBrowser = ["bytes", "filter", "hydration"].some((figure) => wanted.has(figure));
  if (inBrowser) await browserFigures(middle);
  await finish(0);
} catch (cause) {
  console.error(cause);
  await finish(1);
}

/** @param {number} code */
async function finish(code) {
  await Promise.all(running.map((server) => server.stop()));
  if (cluster) spawnSync(".ci/postgres", ["stop", cluster.folder], { cwd: repository });
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

/** The machine and the versions: a figure without them says nothing. */
function facts() {
  const cores = cpus();
  const word = (/** @type {string} */ command, /** @type {string[]} */ ...words) => {
    const { stdout } = spawnSync(command, words, { encoding: "utf8", cwd: repository });
    return (stdout ?? "").trim().split("\n")[0] || "-";
  };
  heading("Benchmarks of Partner Center");
  table(
    ["Machine", ""],
    [
      ["Processor", `${cores[0]?.model ?? "unknown"}, ${cores.length} cores`],
      ["Memory", `${Math.round(totalmem() / 2 ** 30)} GiB`],
      ["Kernel", release()],
      ["Load before", readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ")],
      ["Commit", word("git", "describe", "--always", "--dirty")],
      ["Rust", word("rustc", "--version")],
      ["Node.js", process.version],
      ["Browser", word(browserPath(), "--version")],
      ["Database", "SQLite (embedded), WAL, synchronous=FULL"],
      ["Generator", generator],
    ],
  );
}

/** Requests per second and latency of the signed-in list, with the server on one core. */
async function rates() {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[][]} */
  const memory = [];
  /** @type {string[][]} */
  const searches = [];
  for (const documents of sizes) {
    const server = await serve(documents);
    const cookie = await signedIn(server);
    const times = await firstSearches(server, cookie);
    searches.push([count(documents), ms(median(times)), ms(Math.max(...times)), String(times.length)]);
    for (const [name, path] of Object.entries(LISTS)) {
      rows.push(await rate(server, documents, name, path, { cookie }));
    }
    rows.push(await rate(server, documents, "plain, brotli", LISTS.plain, { cookie, "accept-encoding": "br" }));
    memory.push([count(documents), String(peakMebibytes(server))]);
    await stop(server);
  }
  heading(`List of the resource library, signed in, server on one core, ${CONNECTIONS} connections, ${seconds} s each`);
  table(["Documents", "List", "Requests/s", "p50 ms", "p99 ms", "Bytes"], rows);
  heading("Search for a word that nobody has asked for before");
  table(["Documents", "Median ms", "Slowest ms", "Words"], searches);
  heading("Memory of the server after that, at most");
  table(["Documents", "MiB"], memory);
}

/**
 * Milliseconds of searches for common words, each the first of its kind: what a search found is kept for whoever asks the same.
 * @param {Server} server
 * @param {string} cookie
 */
async function firstSearches(server, cookie) {
  const times = [];
  for (const word of FIRST_WORDS) {
    const begun = performance.now();
    const answer = await fetch(`${server.url}${LISTS.plain}?q=${encodeURIComponent(word)}&sort=-relevance`, { headers: { cookie, accept: "text/html" } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`a search was answered with ${answer.status}`);
    times.push(performance.now() - begun);
  }
  return times;
}

/**
 * @param {Server} server
 * @param {number} documents
 * @param {string} name
 * @param {string} path
 * @param {Record<string, string>} headers
 */
async function rate(server, documents, name, path, headers) {
  note(`${count(documents)} documents, ${name}`);
  const url = server.url + path;
  await load({ url, headers, connections: CONNECTIONS, seconds: Math.min(2, seconds), avoidCore: SERVER_CORE }); // warms up
  const result = await load({ url, headers, connections: CONNECTIONS, seconds, avoidCore: SERVER_CORE });
  if (result.failed > 0) throw new Error(`${result.failed} answers of ${url} were not 200`);
  return [count(documents), name, count(Math.round(result.perSecond)), ms(result.p50), ms(result.p99), count(result.bytes)];
}

/** From the start of the process to the first page. @param {number} documents */
async function start(documents) {
  const times = [];
  const data = await dataOf(documents);
  for (let turn = 0; turn < STARTS; turn += 1) {
    const server = await Server.start({ folder: join(folder, `start-${turn}`), copyOf: data });
    running.push(server);
    const asked = performance.now();
    const answer = await fetch(`${server.url}/sign-in`);
    await answer.text();
    times.push(server.startMs + performance.now() - asked);
    await stop(server);
  }
  heading(`Start of the server to its first page, ${count(documents)} documents`);
  table(["Median ms", "Slowest ms", "Starts"], [[ms(median(times)), ms(Math.max(...times)), String(STARTS)]]);
}

/** Exports of the whole library: rows per second, and whether memory stays where it is. */
async function exports() {
  /** @type {string[][]} */
  const rows = [];
  for (const documents of exportRows) {
    const server = await serve(documents);
    const cookie = await signedIn(server);
    for (const kind of ["csv", "xlsx"]) {
      note(`${count(documents)} documents as ${kind}`);
      rows.push(await fileRow(server, cookie, kind));
    }
    await stop(server);
  }
  heading("Export of the library, from the wish to the finished file, server on one core");
  table(FILE_HEAD, rows);
}

/** Bills on both databases: import, pages and files, each at every size. */
async function bills() {
  /** @type {string[][]} */
  const imports = [];
  /** @type {string[][]} */
  const pages = [];
  /** @type {string[][]} */
  const files = [];
  for (const lines of billLines) {
    const file = join(folder, `focus-${lines}.csv`);
    await bill.focusFile(file, lines);
    for (const database of DATABASES) {
      note(`${count(lines)} bill lines on ${database}`);
      const variables = await variablesOf(database, `bills_${lines}`);
      const data = join(folder, `bills-${database}-${lines}`);
      await makeDemoData(data, { documents: 100 }, variables);
      const speed = await bill.imported(data, file, lines, PARTNER, variables);
      imports.push([database, count(lines), count(Math.round(speed.parsed)), count(Math.round(speed.stored))]);
      const server = await serveAt(data, variables);
      const cookie = await signedIn(server);
      pages.push(...(await pageRows(server, cookie, bill.PAGES, bill.MARK)).map((row) => [database, count(lines), ...row]));
      const confirmed = { cookie, origin: server.url, "content-type": "application/x-www-form-urlencoded" };
      await fetch(`${server.url}/fn/bills/confirm-masking`, { method: "POST", redirect: "manual", headers: confirmed, body: "from=/sales/bill" });
      for (const kind of ["csv", "xlsx"]) {
        note(`${count(lines)} bill lines as ${kind}`);
        files.push([database, ...(await fileRow(server, cookie, kind, bill.LINES))]);
      }
      await stop(server);
    }
    rmSync(file);
  }
  heading("Import of a FOCUS file, rows per second");
  table(["Database", "Rows", "Parsed", "Stored"], imports);
  heading("Pages of a bill, one request after the other, server on one core");
  table(["Database", "Lines", ...PAGE_HEAD], pages);
  heading("Export of bill lines, server on one core");
  table(["Database", ...FILE_HEAD], files);
}

/** The ledger on both databases: pages and files, each at every size. */
async function ledger() {
  /** @type {string[][]} */
  const pages = [];
  /** @type {string[][]} */
  const files = [];
  for (const entries of ledgerEntries) {
    for (const database of DATABASES) {
      note(`${count(entries)} entries of the ledger on ${database}`);
      const variables = await variablesOf(database, `ledger_${entries}`);
      const data = join(folder, `ledger-${database}-${entries}`);
      await makeDemoData(data, { documents: 100, ledgerEntries: entries }, variables);
      const server = await serveAt(data, variables);
      const cookie = await signedIn(server);
      const rows = await pageRows(server, cookie, books.pagesOf(Math.min(...ledgerEntries)), books.MARK);
      pages.push(...rows.map((row) => [database, count(entries), ...row]));
      for (const kind of ["csv", "xlsx"]) {
        note(`${count(entries)} entries of the ledger as ${kind}`);
        files.push([database, ...(await fileRow(server, cookie, kind, books.MOVEMENTS))]);
      }
      await stop(server);
    }
  }
  heading("Pages of the ledger, one request after the other, server on one core");
  table(["Database", "Entries", ...PAGE_HEAD], pages);
  heading("Export of the ledger, server on one core");
  table(["Database", ...FILE_HEAD], files);
}

/**
 * Rows of a table with `PAGE_HEAD`.
 * @param {Server} server
 * @param {string} cookie
 * @param {Record<string, string>} pages
 * @param {string} mark
 */
async function pageRows(server, cookie, pages, mark) {
  const all = Object.entries(await pageTimes(server.url, cookie, pages, mark));
  return all.map(([name, times]) => [name, ...[median(times), quantile(times, 0.95), Math.max(...times)].map(ms)]);
}

/**
 * A row of a table with `FILE_HEAD`.
 * @param {Server} server
 * @param {string} cookie
 * @param {string} kind
 * @param {{ source: string, query: string }} [of] the library, if nothing else is said
 */
async function fileRow(server, cookie, kind, of) {
  const file = await exported(server, cookie, kind, of);
  const perSecond = count(Math.round(file.rows / file.seconds));
  const memory = [String(file.beforeMebibytes), String(file.peakMebibytes)];
  return [kind.toUpperCase(), count(file.rows), file.megabytes.toFixed(1), file.seconds.toFixed(1), perSecond, ...memory];
}

/**
 * What names an empty database of a kind.
 * @param {string} database
 * @param {string} name
 * @returns {Promise<Record<string, string>>}
 */
async function variablesOf(database, name) {
  return database === "SQLite" ? {} : { PC_DATABASE_URL: await emptyDatabase(name) };
}

/** A new database of the throw-away PostgreSQL; its address. @param {string} name */
async function emptyDatabase(name) {
  if (!cluster) {
    const told = spawnSync(".ci/postgres", ["start"], { cwd: repository, encoding: "utf8" });
    const value = (/** @type {string} */ key) => new RegExp(`^${key}=(.*)$`, "m").exec(told.stdout)?.[1] ?? "";
    cluster = { url: value("PC_TEST_POSTGRES_URL"), folder: value("PC_TEST_POSTGRES_DIR") };
    if (!cluster.url) throw new Error(`PostgreSQL did not start: ${told.stderr}`);
  }
  const psql = join(readFileSync(join(cluster.folder, "binaries"), "utf8").trim(), "psql");
  const made = spawnSync(psql, [cluster.url, "--quiet", "--command", `CREATE DATABASE ${name}`], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  return cluster.url.replace(/\/postgres$/, `/${name}`);
}

/** Bytes, filtering and hydration in Chromium. @param {number} documents */
async function browserFigures(documents) {
  const server = await serve(documents);
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserWords });
  const cookies = await signedInCookies(browser, server.url, PERSON);
  if (wanted.has("bytes")) {
    /** @type {string[][]} */
    const rows = [];
    for (const page of PAGES) {
      note(`first load of ${page}`);
      const bytes = await firstLoad(browser, server.url, page, page === "/sign-in" ? [] : cookies);
      rows.push([page, ...[bytes.document, bytes.wasm, bytes.script, bytes.style, bytes.other, bytes.total].map((part) => kB(part))]);
    }
    heading("First load over the wire, brotli, kB (1,000 bytes), answer heads included");
    table(["Page", "Document", "WebAssembly", "Script", "Style", "Other", "Total"], rows);
  }
  if (wanted.has("filter")) {
    note("filtering");
    const times = await filterMs(browser, server.url, cookies);
    heading(`Click on a filter to painted rows, loopback, ${count(documents)} documents`);
    table(["Median ms", "p95 ms", "Clicks"], [[ms(median(times)), ms(quantile(times, 0.95)), String(times.length)]]);
  }
  if (wanted.has("hydration")) {
    /** @type {string[][]} */
    const rows = [];
    for (const page of PAGES) {
      note(`hydration of ${page}`);
      const times = await hydratedMs(browser, server.url, page, page === "/sign-in" ? [] : cookies);
      rows.push([page, ms(median(times.painted)), ms(median(times.hydrated)), String(times.hydrated.length)]);
    }
    heading("Cold visit at 4x slower processor, 1.6 Mbit/s, 150 ms");
    table(["Page", "First paint, median ms", "Hydrated, median ms", "Visits"], rows);
  }
  await browser.close();
  await stop(server);
}

// --- servers ---

/** @param {number} documents */
function dataOf(documents) {
  let data = made.get(documents);
  if (!data) {
    note(`making ${count(documents)} documents`);
    const path = join(folder, `data-${documents}`);
    data = makeDemoData(path, { documents }).then(() => path);
    made.set(documents, data);
  }
  return data;
}

/** @param {number} documents */
async function serve(documents) {
  const server = await Server.start({ folder: join(folder, `serve-${documents}`), copyOf: await dataOf(documents), cpu: SERVER_CORE });
  running.push(server);
  return server;
}

/** Serves data where it lies. @param {string} data @param {Record<string, string>} variables */
async function serveAt(data, variables) {
  const server = await Server.start({ folder: data, cpu: SERVER_CORE, variables });
  running.push(server);
  return server;
}

/** @param {Server} server */
async function stop(server) {
  await server.stop();
  rmSync(server.folder, { recursive: true, force: true });
}

/** @param {Server} server */
async function signedIn(server) {
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserWords });
  const cookies = await signedInCookies(browser, server.url, PERSON);
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** @param {Server} server */
function peakMebibytes(server) {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

// --- numbers and tables ---

/** @param {number[]} times */
function median(times) {
  return quantile(times, 0.5);
}

/** The smallest time that at least this part of all times does not exceed. @param {number[]} times @param {number} part */
function quantile(times, part) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString("en-US");
}

/** @param {number} time */
function ms(time) {
  return time.toFixed(time < 10 ? 2 : time < 100 ? 1 : 0);
}

/** @param {number} bytes */
function kB(bytes) {
  return (bytes / 1000).toFixed(1);
}

/** @param {string} text */
function heading(text) {
  console.log(`\n## ${text}\n`);
}

/** Progress goes to the other stream, so that the tables alone can be kept. @param {string} text */
function note(text) {
  console.error(`    ${new Date().toTimeString().slice(0, 8)} ${text}`);
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  console.log(`| ${head.join(" | ")} |`);
  console.log(`|${head.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
}
