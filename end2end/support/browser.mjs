// Which browser, and how it is started: the same for tests and benchmarks.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./server.mjs";

/** The path of Chromium; `.ci/browser` finds or installs it. The answer is kept for child processes. */
export function browserPath() {
  process.env.PC_CHROMIUM ??= execFileSync(join(repository, ".ci/browser"), { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  return process.env.PC_CHROMIUM;
}

export const browserWords = [
  "--no-sandbox", // Chromium refuses its sandbox to root, which CI is
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking", // it would look up its maker's hosts
  "--disable-component-update",
  "--disable-sync",
];
