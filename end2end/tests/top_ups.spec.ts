// Top-ups: a partner claims a remittance, finance compares it with the bank, and the partner sees the money.

import { expect, open, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";

const CLERK = "finance@lanhai.example";
const FINANCE = "finance@vendor.example";
const PATH = "/sales/funds/top-ups";
const SLIP = { name: "回单.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n") };

/** Claims as a person does; gives the id of the claim. */
async function claim(page: Page, amount: string): Promise<string> {
  await open(page, PATH);
  await settled(page);
  await page.getByTestId("open-claim").click();
  await page.waitForURL(/\/new$/);
  await ready(page);
  await page.locator("#amount").fill(amount);
  await page.locator("#date").fill("2026-06-17");
  await page.locator("#bank").fill("招商银行 杭州滨江支行");
  await page.locator("#account_number").fill("5719 0823 4610 915");
  await page.locator("#slip").setInputFiles(SLIP);
  await page.getByTestId("action-claim").click();
  await page.waitForURL(/\/top-ups$/);
  await settled(page);
  const row = page.getByTestId("top-ups-row").first();
  await expect(row.getByTestId("state")).toHaveAttribute("data-state", "claimed");
  await expect(row.getByTestId("cell-amount")).toHaveAttribute("data-amount", amount);
  return (await row.getAttribute("data-id")) as string;
}

async function decide(page: Page, id: string, step: string, fill: Record<string, string>) {
  await open(page, `/console/top-ups/${id}`);
  await settled(page);
  for (const [name, value] of Object.entries(fill)) await page.locator(`#${name}`).fill(value);
  await page.getByTestId(`action-${step}`).click();
}

test("a remittance is claimed, credited by finance, and seen by its partner", async ({ as, say, tolerate }) => {
  tolerate(/status of 4\d\d/);
  const page = await as(CLERK);
  const id = await claim(page, "321.09");
  const finance = await as(FINANCE);
  await new ListPage(finance, "/console/top-ups", "console-top-ups").show("?size=100");
  await expect(finance.locator(`[data-testid=console-top-ups-row][data-id="${id}"]`)).toBeVisible();
  const own = await page.request.get((await page.locator(`[data-id="${id}"]`).getByTestId("slip").getAttribute("href")) as string);
  expect((await own.body()).equals(SLIP.buffer), "the partner has the slip").toBe(true);
  await open(finance, `/console/top-ups/${id}`);
  const slip = await finance.request.get((await finance.getByTestId("slip").getAttribute("href")) as string);
  expect((await slip.body()).equals(SLIP.buffer), "finance compares it with the bank").toBe(true);
  const reference = `BR${Date.now()}`;
  await decide(finance, id, "credit", { bank_reference: reference, amount: "321.00" });
  await expect(finance.getByTestId("error-summary")).toHaveAttribute("data-code", "AMOUNT_MISMATCH");
  await decide(finance, id, "credit", { bank_reference: reference, amount: "321.09" });
  await expect(finance.getByTestId("toast")).toContainText(say("已入账", "Credited"));
  await open(page, `${PATH}?state=credited`);
  await settled(page);
  const row = page.locator(`[data-testid=top-ups-row][data-id="${id}"]`);
  await expect(row).toContainText("2026-12-1");
  await open(page, "/messages?topic=funds");
  await settled(page);
  await expect(page.getByRole("main")).toContainText(reference);
  await new ListPage(page, "/sales/funds", "ledger").show("?type=top_up");
  await expect(page.getByTestId("ledger-row").filter({ hasText: "321.09" }).first()).toBeVisible();
});

test("a refused claim says why, and the alert stands on the page of funds", async ({ as }) => {
  const page = await as(CLERK);
  const id = await claim(page, "55.00");
  const finance = await as(FINANCE);
  await decide(finance, id, "refuse", { reason: "银行无该笔到账，请核对付款账户" });
  await expect(finance.getByTestId("toast")).toBeVisible();
  await open(page, `${PATH}?state=refused`);
  await settled(page);
  await expect(page.locator(`[data-testid=top-ups-row][data-id="${id}"]`)).toContainText("银行无该笔到账");
  await open(page, "/sales/funds");
  await settled(page);
  await expect(page.getByTestId("balance-alert")).toHaveAttribute("data-amount", "50000.00");
});
