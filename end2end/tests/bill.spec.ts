// The partner bill: every level adds up to the one above, files say what the page says, and a payment happens once.

import { expect, open, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

const CLERK = "finance@lanhai.example";

/** Amounts in cents, so that sums are exact. */
const cents = (amounts: string[]) => amounts.map((amount) => Math.round(Number(amount) * 100));
const sum = (amounts: string[]) => cents(amounts).reduce((sum, amount) => sum + amount, 0);

async function bill(page: Page, query = "?period=2026-05") {
  await open(page, `/sales/bill${query}`);
  await settled(page);
}

function lines(page: Page) {
  return new ListPage(page, "/sales/bill/lines", "bill-lines");
}

async function amount(page: Page, name: string) {
  return (await page.getByTestId(name).getAttribute("data-amount")) ?? "";
}

test("the bill of May is the sum of its parts, on every level", async ({ as, say }) => {
  const page = await as(CLERK);
  await bill(page);
  for (const [name, value] of Object.entries({
    "amount-consumption": "712480.36",
    "amount-refunds": "-31206.15",
    "amount-adjustments": "-2932.11",
    "amount-due": "678342.10",
    "amount-tax": "38396.72",
  })) {
    expect(await amount(page, name)).toBe(value);
  }
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", "issued");
  await expect(page.getByTestId("due-date")).toContainText("2026-06-30");
  const parts = new ListPage(page, "/sales/bill", "bill-products");
  expect(sum(await parts.column("amount", "data-amount"))).toBe(67_834_210);
  const rows = await parts.ids();
  expect(rows.slice(-2)).toEqual(["refund", "adjustment"]);

  await parts.rows.filter({ hasText: "云数据库" }).getByRole("link").first().click();
  await page.waitForURL(/\/sales\/bill\/lines/);
  await ready(page);
  await settled(page);
  expect(await amount(page, "amount-lines")).toBe("142306.58");
  expect(new Set(await lines(page).column("type", "data-category"))).toEqual(new Set(["consumption"]));
  await lines(page).show("?period=2026-05");
  expect(await lines(page).count()).toBe(1284);
  expect(await amount(page, "amount-lines")).toBe("678342.10");
  await lines(page).choose("type", "refund");
  expect(await lines(page).count()).toBe(13);
  expect(sum(await lines(page).column("amount", "data-amount"))).toBe(-3_120_615);
  await expect(page.locator(".chips")).toContainText(say("账单类型：退款", "Bill type: Refund"));

  const customers = new ListPage(page, "/sales/bill/customers", "bill-customers");
  await customers.show("?period=2026-05&size=100");
  expect(sum(await customers.column("amount", "data-amount"))).toBe(67_834_210);
  const first = (await customers.column("amount", "data-amount"))[0];
  await customers.rows.first().getByRole("link").click();
  await page.waitForURL(/customer=KH/);
  await ready(page);
  await settled(page);
  expect(await amount(page, "amount-lines")).toBe(first);
});

test("periods are left and reached by links, and the running month is an estimate @zh", async ({ as, say }) => {
  const page = await as(CLERK);
  await bill(page, "");
  await page.getByTestId("next-period").click();
  await page.waitForURL(/period=2026-06/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", "estimated");
  expect(await amount(page, "amount-due")).toBe("412906.18");
  await expect(page.getByTestId("data-until")).toContainText("2026-06-17");
  await expect(page.getByTestId("open-pay")).toHaveCount(0);
  await page.getByTestId("period").click();
  await page.getByRole("link", { name: "2026-04", exact: true }).click();
  await page.waitForURL(/period=2026-04/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", "paid");
  expect(await amount(page, "amount-due")).toBe("655129.46");
  await expect(page.getByTestId("payment")).toHaveCount(2);
  await expect(page.getByTestId("trend")).toContainText(say("应付趋势", "Amounts due"));
});

test("the four entries of the export menu make files with the totals of the page", async ({ as, say }) => {
  const page = await as(CLERK);
  for (const kind of ["pdf", "xlsx", "csv"]) {
    await bill(page);
    await page.getByTestId("export").click();
    await page.getByTestId(`export-${kind}`).click();
    await expect(page.getByTestId("toast")).toContainText(say("导出任务创建成功", "Export task created"));
  }
  await page.getByTestId("export").click();
  await page.getByTestId("export-records").click();
  await page.waitForURL(/\/sales\/exports/);
  await expect(async () => {
    await open(page, "/sales/exports?from=2026-06-18");
    await settled(page);
    await expect(page.locator('[data-state="queued"], [data-state="running"]')).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const rows = page.getByTestId("exports-row");
  await expect(rows).toHaveCount(3);
  for (const row of await rows.all()) {
    const [proof] = await Promise.all([page.waitForEvent("download"), row.getByTestId("manifest").click()]);
    const manifest = JSON.parse(readFileSync(await proof.path(), "utf8"));
    const totals = manifest.format === "pdf" ? [manifest.totals.by_product, manifest.totals.by_customer] : [manifest.totals.amount];
    expect(new Set(totals)).toEqual(new Set(["678342.10"]));
    expect(manifest.file).toContain("2026-05");
  }
});

test("the first export waits until the notice on masked customers is confirmed", async ({ as, say }) => {
  const page = await as("admin@yunfan.example");
  await bill(page, "");
  await page.getByTestId("export").click();
  await expect(page.getByTestId("masking-notice")).toBeVisible();
  await expect(page.getByTestId("export-pdf")).toHaveCount(0);
  await page.getByTestId("action-confirm").click();
  await expect(page.getByTestId("toast")).toContainText(say("已确认", "Confirmed"));
  await ready(page);
  await page.getByTestId("export").click();
  await page.getByTestId("export-pdf").click();
  await expect(page.getByTestId("toast")).toContainText(say("导出任务创建成功", "Export task created"));
});

test("a part of the bill is paid from the balance, once", async ({ as, tolerate }) => {
  tolerate(/status of 422/);
  const page = await as(CLERK);
  await bill(page);
  await page.getByTestId("open-pay").click();
  await page.waitForURL(/\/sales\/bill\/pay/);
  await ready(page);
  await settled(page);
  const field = page.locator("#amount");
  await field.fill("678342.11");
  await page.getByTestId("action-pay").click();
  await expect(page.getByTestId("error-summary")).toHaveAttribute("data-code", "AMOUNT_EXCEEDS");
  await expect(page.locator("#amount")).toHaveValue("678342.11");
  await ready(page);
  await page.locator("#amount").fill("100,000.00");
  await page.getByTestId("action-pay").dblclick();
  await page.waitForURL(/\/sales\/bill\?period=2026-05/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", "partly_paid");
  expect(await amount(page, "paid")).toBe("100000.00");
  await expect(page.getByTestId("payment")).toHaveCount(1);
  await open(page, "/sales/funds");
  await settled(page);
  expect(await amount(page, "cash-balance")).toBe("194430.52");
});

test("an account manager is told why there is no bill to see", async ({ as, tolerate }) => {
  tolerate(/status of 403/);
  const page = await as("sales@lanhai.example");
  await open(page, "/sales/bill");
  await expect(page.getByTestId("why-not")).toHaveAttribute("data-code", "FORBIDDEN");
});

test("the vendor enters an adjustment, and the partner reads why", async ({ as, say }) => {
  const vendor = await as("finance@vendor.example");
  const list = new ListPage(vendor, "/console/bills", "console-bills");
  await list.show("?state=estimated");
  await list.rows.first().getByRole("link").first().click();
  await vendor.waitForURL(/\/console\/bills\/./);
  await ready(vendor);
  await settled(vendor);
  await vendor.locator("#amount").fill("-6.18");
  await vendor.locator("#reason").fill("价格更正");
  await vendor.getByTestId("action-adjust").click();
  await expect(vendor.getByTestId("toast")).toBeVisible();
  const page = await as(CLERK);
  await bill(page, "?period=2026-06");
  expect(await amount(page, "amount-due")).toBe("412900.00");
  await page.getByText(say("原因", "Reasons"), { exact: true }).first().click();
  await expect(page.getByTestId("bill")).toContainText("价格更正");
});
