// Bank accounts: changed with password and code; the list, the balance and the form say from when on money can go there.

import { expect, open, ready, settled, test } from "../fixtures";
import type { Page } from "@playwright/test";

const CLERK = "finance@lanhai.example";
const PATH = "/sales/funds/accounts";

/** The code that was sent last. */
async function code(page: Page): Promise<string> {
  const { messages } = await (await page.request.get("/demo/outbox", { headers: { accept: "application/json" } })).json();
  return messages.filter((message: { code?: string }) => message.code).at(-1).code;
}

async function confirm(page: Page) {
  await page.waitForURL(/step=code/);
  await ready(page);
  await page.locator("#code").fill(await code(page));
  await page.getByTestId("action-confirm").click();
  await page.waitForURL(/\/accounts$/);
  await settled(page);
}

test("an account is added, changed and removed under password and code, and its administrators are told", async ({ as, say, tolerate }) => {
  tolerate(/status of 4\d\d/);
  const page = await as(CLERK);
  await open(page, PATH);
  await settled(page);
  await page.getByTestId("open-add").click();
  await page.waitForURL(/\/change/);
  await ready(page);
  await page.locator("#holder").fill("陈思远");
  await page.locator("#bank").fill("宁波银行");
  await page.locator("#branch").fill("杭州分行营业部");
  const number = `8100 4412 ${Date.now().toString().slice(-8)}`;
  const tail = number.slice(-4);
  await page.locator("#number").fill(number);
  await page.locator("#password").fill("partner-demo");
  await page.getByTestId("action-submit").click();
  await expect(page.getByTestId("error-summary")).toHaveAttribute("data-code", "HOLDER_MISMATCH");
  await expect(page.locator("#bank")).toHaveValue("宁波银行");
  await ready(page);
  await page.locator("#holder").fill("杭州澜海数科技术有限公司");
  await page.locator("#password").fill("partner-demo");
  await page.getByTestId("action-submit").click();
  await confirm(page);
  const row = page.getByTestId("accounts-row").filter({ hasText: tail });
  await expect(row.getByTestId("state")).toHaveAttribute("data-state", "resting");
  await expect(page.getByRole("main")).not.toContainText("81004412");
  await open(page, "/sales/funds/withdrawals");
  await settled(page);
  await expect(page.locator(`[data-testid=account-rests][data-tail="${tail}"]`)).toBeVisible();
  await open(page, "/sales/funds/withdrawals/new?fund=bank");
  await expect(page.locator("#bank_account option").filter({ hasText: tail })).toHaveAttribute("disabled", "");
  const administrator = await as("admin@lanhai.example");
  await open(administrator, "/messages?topic=funds");
  await settled(administrator);
  await expect(administrator.getByRole("main")).toContainText(say(`宁波银行 尾号 ${tail}`, `宁波银行 ending ${tail}`));
  await open(page, PATH);
  await settled(page);
  await row.getByTestId("open-remove").click();
  await page.waitForURL(/what=remove/);
  await ready(page);
  await page.locator("#password").fill("partner-demo");
  await page.getByTestId("action-submit").click();
  await confirm(page);
  await expect(row).toHaveCount(0);
});
