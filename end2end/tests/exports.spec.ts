// Exports: from the list to the file, without losing it when the page is closed.

import { expect, open, settled, test } from "../fixtures";
import { library } from "../support/lists";
import type { Page } from "@playwright/test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const PARTNER = "finance@lanhai.example";
const QUERY = "?format=xlsx&sort=title";

async function ask(page: Page, kind: "xlsx" | "csv") {
  await page.getByTestId("export").click();
  await page.getByTestId(`export-${kind}`).click();
}

/** The records of this world's own days: those of its story are older. Asked for until nothing is under way. */
async function records(page: Page) {
  const rows = page.getByTestId("exports-row");
  await expect(async () => {
    await open(page, "/sales/exports?from=2026-06-18");
    await settled(page);
    await expect(rows.first()).toBeVisible({ timeout: 1_000 });
    await expect(page.locator('[data-state="queued"], [data-state="running"]')).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  return rows;
}

test("a filtered list becomes two files that say the same as the page", async ({ as, say }) => {
  const page = await as(PARTNER);
  await library(page).show(QUERY);
  const count = await page.getByTestId("result-count").getAttribute("data-count");
  for (const kind of ["xlsx", "csv"] as const) {
    await ask(page, kind);
    await expect(page.getByTestId("toast")).toContainText(say("导出任务创建成功", "Export task created"));
    await library(page).show(QUERY);
  }
  const rows = await records(page);
  await expect(rows).toHaveCount(2);
  for (const row of await rows.all()) {
    await expect(row.locator('[data-state="completed"]')).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent("download"), row.getByTestId("download").click()]);
    const [proof] = await Promise.all([page.waitForEvent("download"), row.getByTestId("manifest").click()]);
    const manifest = JSON.parse(readFileSync(await proof.path(), "utf8"));
    const file = readFileSync(await download.path());
    expect(download.suggestedFilename()).toBe(manifest.file);
    expect(createHash("sha256").update(file).digest("hex")).toBe(manifest.sha256);
    expect(String(manifest.rows)).toBe(count);
  }
});

test("a record opens beside the list by its address, and closes to the list as it was @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await library(page).show("?format=pptx");
  await ask(page, "csv");
  await records(page);
  await open(page, "/sales/exports?state=completed");
  await settled(page);
  await page.getByTestId("exports-row").first().getByTestId("open-panel").click();
  const panel = page.getByTestId("dialog").filter({ has: page.getByTestId("export-panel") });
  await expect(panel).toBeVisible();
  await expect(page).toHaveURL(/state=completed&task=/);
  await expect(panel.getByTestId("sha256")).toHaveText(/^[0-9a-f]{64}$/);
  await expect(panel).toContainText(say("数据截至", "As of"));
  const [download] = await Promise.all([page.waitForEvent("download"), panel.getByTestId("download").click()]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  await page.reload();
  await expect(panel).toBeVisible();
  await panel.getByTestId("close").click();
  await expect(panel).toHaveCount(0);
  await expect(page).toHaveURL(/\/sales\/exports\?state=completed$/);
});

test("the records can be filtered by state, and say what is kept how long", async ({ as, say }) => {
  const page = await as(PARTNER);
  await library(page).show("?format=txt");
  await ask(page, "csv");
  await records(page);
  await page.locator(".pills").getByRole("link", { name: say("已完成", "Completed") }).click();
  await settled(page);
  await expect(page).toHaveURL(/state=completed/);
  await expect(page.getByTestId("exports-row").first()).toBeVisible();
  await page.locator(".pills").getByRole("link", { name: say("导出失败", "Failed") }).click();
  await settled(page);
  await expect(page.getByTestId("exports-row")).toHaveCount(0);
});

test("what was asked for before stands there as it ended: fetched, failed with its reason, cancelled, expired", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/sales/exports?to=2026-06-17");
  await settled(page);
  const rows = page.getByTestId("exports-row");
  const states = await rows.getByTestId("state").evaluateAll((chips) => chips.map((chip) => (chip as HTMLElement).dataset.state));
  expect(states.sort()).toEqual(["cancelled", "completed", "completed", "expired", "failed"]);
  const failed = rows.filter({ has: page.locator('[data-state="failed"]') });
  await expect(failed).toContainText(say("服务器存储空间不足", "out of space"));
  await expect(failed.getByTestId("action-repeat")).toBeVisible();
  await expect(rows.filter({ has: page.locator('[data-state="expired"]') }).getByTestId("download")).toHaveCount(0);
  const made = rows.filter({ has: page.locator('[data-state="completed"]') }).first();
  const [download] = await Promise.all([page.waitForEvent("download"), made.getByTestId("download").click()]);
  const [proof] = await Promise.all([page.waitForEvent("download"), made.getByTestId("manifest").click()]);
  const manifest = JSON.parse(readFileSync(await proof.path(), "utf8"));
  expect(createHash("sha256").update(readFileSync(await download.path())).digest("hex")).toBe(manifest.sha256);
  expect(manifest.totals.amount).toBe("678342.10");
});

test("staff export who downloaded what @once", async ({ as }) => {
  const page = await as("content@vendor.example");
  await open(page, "/console/downloads");
  await ask(page, "csv");
  await expect(page.getByTestId("toast")).toBeVisible();
  await open(page, "/console/exports");
  await expect(page.getByTestId("console-exports-row").first()).toBeVisible();
});

test("an administrator reads in the audit log who exported what", async ({ as, say }) => {
  const clerk = await as(PARTNER);
  await library(clerk).show("?format=epub");
  await ask(clerk, "csv");
  await expect(clerk.getByTestId("toast")).toBeVisible();
  const page = await as("admin@lanhai.example");
  await open(page, "/audit?action=export_requested");
  const row = page.getByTestId("audit-row").first();
  await expect(row.getByTestId("cell-action")).toHaveText(say("发起导出", "Export requested"));
  await expect(row.getByTestId("cell-person")).toHaveText("林晓雯");
  const all = await page.getByTestId("result-count").getAttribute("data-count");
  await open(page, "/audit");
  await settled(page);
  await page.getByTestId("cell-person").filter({ hasText: "林晓雯" }).first().click();
  await expect(page).toHaveURL(/actor=/);
  await settled(page);
  expect(new Set((await page.getByTestId("cell-person").allInnerTexts()).map((name) => name.trim()))).toEqual(new Set(["林晓雯"]));
  expect(Number(await page.getByTestId("result-count").getAttribute("data-count"))).toBeGreaterThanOrEqual(Number(all));
});
