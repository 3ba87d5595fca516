// Funds: what the account holds, and each movement with the balance after it. The demo world's numbers, and what must follow from them.

import { expect, open, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

const CLERK = "finance@lanhai.example";

function ledger(page: Page) {
  return new ListPage(page, "/sales/funds", "ledger");
}

/** Amounts in cents, so that sums are exact. */
const cents = (amounts: string[]) => amounts.map((amount) => Math.round(Number(amount) * 100));

test("the balance card adds up to what can be withdrawn", async ({ as }) => {
  const page = await as(CLERK);
  await ledger(page).show();
  for (const [name, amount] of Object.entries({
    "cash-balance": "294430.52",
    "owed-invoice": "52180.00",
    held: "88000.00",
    withdrawable: "154250.52",
    "fund-original_path": "96000.00",
    "fund-bank_card": "40250.52",
    "fund-incentive_rebate": "18000.00",
  })) {
    await expect(page.getByTestId(name)).toHaveAttribute("data-amount", amount);
  }
});

test("each row's balance is that of the row before and its amount @zh", async ({ as }) => {
  const list = ledger(await as(CLERK));
  await list.show("?size=100&sort=at");
  const [amounts, balances] = [cents(await list.column("amount", "data-amount")), cents(await list.column("balance", "data-amount"))];
  const directions = await list.column("direction", "data-category");
  expect(amounts.length).toBe(100);
  let before = 0;
  amounts.forEach((amount, at) => {
    before += directions[at] === "income" ? amount : -amount;
    expect(balances[at]).toBe(before);
  });
  await list.show();
  expect((await list.column("balance", "data-amount"))[0]).toBe("294430.52");
});

test("filters by type, direction and amount are in the address and can be taken off @zh", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  const list = ledger(await as(CLERK));
  await list.show();
  const all = await list.count();
  await list.choose("type", "withdrawal_paid");
  expect(await list.count()).toBe(31);
  expect(new Set(await list.column("direction", "data-category"))).toEqual(new Set(["outcome"]));
  await list.show("?least=100,000&most=130,000");
  const found = cents(await list.column("amount", "data-amount"));
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((amount) => amount >= 10_000_000 && amount <= 13_000_000)).toBe(true);
  await list.follow(list.page.getByTestId("clear-filters"));
  expect(await list.count()).toBe(all);
  await list.show("?least=x");
  await expect(list.page.getByRole("alert")).toContainText(say("最低金额不是有效金额", "The lowest amount is no amount"));
});

test("a filtered list becomes a file whose totals are those of the rows", async ({ as }) => {
  const page = await as(CLERK);
  const list = ledger(page);
  await list.show("?type=bill_payment&size=100");
  const sum = cents(await list.column("amount", "data-amount")).reduce((sum, amount) => sum + amount, 0);
  const count = await list.count();
  await page.getByTestId("export").click();
  await page.getByTestId("export-csv").click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await expect(async () => {
    await open(page, "/sales/exports");
    await settled(page);
    await expect(page.getByTestId("exports-row").first().locator('[data-state="completed"]')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  const [proof] = await Promise.all([page.waitForEvent("download"), page.getByTestId("manifest").first().click()]);
  const manifest = JSON.parse(readFileSync(await proof.path(), "utf8"));
  expect(manifest.rows).toBe(count);
  expect(cents([manifest.totals.outcome, manifest.totals.income])).toEqual([sum, 0]);
});

test("an account manager sees the balance, and why not the movements", async ({ as }) => {
  const page = await as("sales@lanhai.example");
  await ledger(page).show();
  await expect(page.getByTestId("withdrawable")).toHaveAttribute("data-amount", "154250.52");
  await expect(page.getByTestId("why-not")).toHaveAttribute("data-code", "FORBIDDEN");
  await expect(page.getByTestId("ledger-row")).toHaveCount(0);
});

test("the way there is in the menu's index", async ({ as, say }) => {
  const page = await as(CLERK);
  await open(page, "/sales");
  await page.getByRole("main").getByRole("link", { name: say("资金管理", "Funds") }).first().click();
  await page.waitForURL(/\/sales\/funds$/);
  await ready(page);
  await expect(page.getByTestId("ledger-row").first()).toBeVisible();
});
