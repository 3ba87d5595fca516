// Real small files, made here: nothing is downloaded and nothing is committed.

import { chromium } from "@playwright/test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserPath, browserWords } from "./browser.mjs";

/** A PDF that Chromium prints from a heading and a text: with a real text layer, Chinese included. */
export async function pdf(name: string, title: string, text: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserWords });
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><html lang="zh-CN"><title>${title}</title><body style="font-family: sans-serif"><h1>${title}</h1><p>${text}</p></body></html>`);
  const bytes = await page.pdf({ format: "A4" });
  await browser.close();
  return file(name, bytes);
}

/** A file with exactly these bytes. */
export function file(name: string, bytes: Uint8Array | string): string {
  const path = join(mkdtempSync(join(tmpdir(), "partner-center-file-")), name);
  writeFileSync(path, bytes);
  return path;
}
