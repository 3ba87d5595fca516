// A closed-loop HTTP generator: wrk when it is installed, else a small one of our own (slower itself, so its figures are
// lower bounds). Both keep their connections open.

import { spawn, spawnSync } from "node:child_process";
import { Agent, get } from "node:http";
import { cpus } from "node:os";

const wrk = spawnSync("wrk", ["--version"], { encoding: "utf8" }).error ? undefined : "wrk";

/**
 * @typedef {{ url: string, headers: Record<string, string>, connections: number, seconds: number, avoidCore: number }} Wish
 * @typedef {{ perSecond: number, p50: number, p99: number, bytes: number, failed: number }} Result `bytes` is one body as sent
 */

/** @param {Wish} wish @returns {Promise<Result>} */
export async function load(wish) {
  const bytes = await bodyBytes(wish.url, wish.headers);
  return { bytes, ...(await (wrk ? byWrk(wish) : byOurselves(wish))) };
}

export const generator = wrk ? "wrk, pinned to the other cores" : "Node.js (wrk is not installed), on any core";

/** One answer first: measuring an error page would be fast and wrong. @param {string} url @param {Record<string, string>} headers */
function bodyBytes(url, headers) {
  return /** @type {Promise<number>} */ (
    new Promise((done, fail) => {
      get(url, { headers }, (answer) => {
        let bytes = 0;
        answer.on("data", (part) => (bytes += part.length));
        answer.on("end", () => (answer.statusCode === 200 ? done(bytes) : fail(new Error(`${url} answered ${answer.statusCode}`))));
      }).on("error", fail);
    })
  );
}

/** @param {Wish} wish @returns {Promise<Omit<Result, "bytes">>} */
async function byWrk({ url, headers, connections, seconds, avoidCore }) {
  const words = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]), url];
  const others = cpus()
    .map((_, core) => core)
    .filter((core) => core !== avoidCore);
  const output = await outputOf("taskset", ["--cpu-list", (others.length ? others : [avoidCore]).join(","), "wrk", ...words]);
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? 0);
  const broken = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output)?.slice(1).map(Number) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1] ?? NaN),
    p50: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(output)),
    p99: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(output)),
    failed: failed + broken.reduce((sum, part) => sum + part, 0),
  };
}

/** @param {RegExpExecArray | null} match */
function milliseconds(match) {
  const factor = { us: 0.001, ms: 1, s: 1000 }[/** @type {"us" | "ms" | "s"} */ (match?.[2] ?? "ms")];
  return Number(match?.[1] ?? NaN) * factor;
}

/** @param {string} command @param {string[]} words */
function outputOf(command, words) {
  return /** @type {Promise<string>} */ (
    new Promise((done, fail) => {
      const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
      let output = "";
      child.stdout.on("data", (part) => (output += part));
      child.on("error", fail);
      child.on("close", (code) => (code === 0 ? done(output) : fail(new Error(`${command} ended with ${code}`))));
    })
  );
}

/** @param {Wish} wish @returns {Promise<Omit<Result, "bytes">>} */
async function byOurselves({ url, headers, connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + seconds * 1000;
  /** @type {number[]} */
  const times = [];
  let failed = 0;
  const one = () =>
    new Promise((done) => {
      const began = performance.now();
      get(url, { headers, agent }, (answer) => {
        if (answer.statusCode !== 200) failed += 1;
        answer.resume().on("end", () => done(times.push(performance.now() - began)));
      }).on("error", () => done((failed += 1)));
    });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) await one();
    }),
  );
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => times[Math.ceil(times.length * part) - 1] ?? NaN;
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99), failed };
}
