// What an export costs: rows per second from the wish to the finished file, and the server's memory while it is made.

import { readFileSync, writeFileSync } from "node:fs";

const LOOK_EVERY_MS = 100;
const FORM = "application/x-www-form-urlencoded";

/**
 * Has a whole list exported once and waits for the file.
 * @param {{ url: string, pid: number | undefined }} server
 * @param {string} cookie
 * @param {string} kind `csv` or `xlsx`
 * @param {{ source: string, query: string }} [of] the library, if nothing else is said
 * @returns {Promise<{ rows: number, seconds: number, megabytes: number, beforeMebibytes: number, peakMebibytes: number }>}
 */
export async function exported(server, cookie, kind, of = { source: "library", query: "" }) {
  // The peak of now on, not of what went before.
  writeFileSync(`/proc/${server.pid}/clear_refs`, "5");
  const beforeMebibytes = peakMebibytes(server.pid);
  const begun = performance.now();
  const asked = await fetch(`${server.url}/fn/exports/request`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie, origin: server.url, "content-type": FORM, accept: "text/html" },
    body: new URLSearchParams({ kind, ...of }),
  });
  if (asked.status !== 303) throw new Error(`the export was answered with ${asked.status}`);
  const row = await finished(server.url, cookie);
  const seconds = (performance.now() - begun) / 1000;
  return { ...row, seconds, beforeMebibytes, peakMebibytes: peakMebibytes(server.pid) };
}

/** Waits until the newest export has ended well; gives what its file holds. @param {string} url @param {string} cookie */
async function finished(url, cookie) {
  for (;;) {
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    const page = await (await fetch(`${url}/sales/exports`, { headers: { cookie, accept: "text/html" } })).text();
    const newest = /data-testid="exports-row" data-id="([^"]+)".*?data-state="([^"]+)"/s.exec(page);
    if (newest?.[2] === "completed") return await content(url, cookie, /** @type {string} */ (newest[1]));
    if (newest && !["queued", "running"].includes(/** @type {string} */ (newest[2]))) throw new Error(`the export is ${newest[2]}`);
  }
}

/** @param {string} url @param {string} cookie @param {string} id */
async function content(url, cookie, id) {
  const answer = await fetch(`${url}/exports/${id}/manifest`, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`the manifest was answered with ${answer.status}`);
  const manifest = await answer.json();
  return { rows: Number(manifest.rows), megabytes: Number(manifest.size_bytes) / 1e6 };
}

/** @param {number | undefined} pid */
function peakMebibytes(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
}
