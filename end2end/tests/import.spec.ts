import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, hasScript, open, ready, test } from "../fixtures";
import { library } from "../support/lists";
import { repository, run, type Server } from "../support/server.mjs";

const PARTNER = "admin@lanhai.example";
const CHINESE_PDF = "debian-reference-zh-cn--debian-reference.zh-cn.pdf";
const INSIDE_IT = "软件包管理";
const BROKEN = "broken.pdf";

type Report = { imported: number; skipped: number; failed: { file: string; reason: string }[] };

test("a real Chinese PDF that was imported is found by a word inside it and downloaded whole", async ({ as, server }) => {
  const folder = realDocuments();
  await importInto(server, folder);
  const page = await as(PARTNER);
  const list = library(page);
  await list.show();
  await list.choose("format", "pdf");
  await list.search(INSIDE_IT);
  const row = list.rows.filter({ hasText: /debian/i }).first();
  await expect(row).toBeVisible();
  await row.getByRole("link").first().click();
  await page.waitForURL(/\/support\/library\/[^/?]+$/);
  await ready(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download").first().click()]);
  const bytes = readFileSync(await download.path());
  expect(sha256(bytes)).toBe(sha256(readFileSync(join(folder, CHINESE_PDF))));
  await expect(page.getByTestId("sha256")).toContainText(sha256(bytes));
  if (hasScript()) await open(page, "/"); // going on works after a download
});

test("a broken document is reported with its reason, the rest goes on, and a second import skips what is there @once", async ({ server }) => {
  const folder = mkdtempSync(join(tmpdir(), "partner-center-import-"));
  cpSync(realDocuments(), folder, { recursive: true });
  const good = readdirSync(folder).length;
  writeFileSync(join(folder, BROKEN), "%PDF-1.7\nthis is where it ends");
  const first = await importInto(server, folder);
  expect(first.imported + first.skipped).toBe(good);
  expect(first.failed.map(({ file }) => file.split("/").at(-1))).toEqual([BROKEN]);
  expect(first.failed[0]?.reason).toMatch(/\S/);
  expect(await importInto(server, folder)).toEqual({ imported: 0, skipped: good, failed: first.failed });
});

function realDocuments(): string {
  return execFileSync(join(repository, ".ci/documents"), { encoding: "utf8" }).trim();
}

/** Imports beside the serving portal, as an operator does. */
async function importInto(server: Server, folder: string): Promise<Report> {
  const output = await run(["library", "import", folder, "--json"], server.folder);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Report;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
