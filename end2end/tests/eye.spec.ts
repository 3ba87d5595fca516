// The eye: personal data are masked, one press shows them for this view, and the audit log says so.

import { expect, isPhone, open, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";

const ADMIN = "admin@lanhai.example";
const CLERK = "finance@lanhai.example";
const FINANCE = "finance@vendor.example";

/** In the head of the column; phones have no heads, so there it has words. */
function eye(page: Page) {
  return page.getByTestId(isPhone() ? "eye-words" : "eye");
}

async function press(page: Page) {
  await Promise.all([page.waitForEvent("load"), eye(page).click()]);
  await ready(page);
  await settled(page);
}

for (const name of ["customers", "lines"]) {
  test(`names of customers are shown for one view of the ${name} of a bill`, async ({ as, say }) => {
    const page = await as(ADMIN);
    const list = new ListPage(page, `/sales/bill/${name}`, `bill-${name}`);
    await list.show("?period=2026-05&q=KH");
    const masked = await list.texts("customer");
    expect(masked.every((text) => text.includes("**"))).toBe(true);
    await expect(eye(page)).toHaveAttribute("aria-pressed", "false");
    const address = page.url();

    await press(page);
    expect(page.url(), "nothing of it can be passed on").toBe(address);
    await expect(eye(page)).toHaveAttribute("aria-pressed", "true");
    await expect(eye(page)).toHaveAccessibleName(say("显示完整客户名称（计入审计日志）", "Show whole customer names (noted in the audit log)"));
    await expect(page.getByRole("status").filter({ hasText: say("已计入审计日志", "the audit log says so") })).toBeVisible();
    const whole = await list.texts("customer");
    expect(whole.some((text) => text.includes("**"))).toBe(false);
    expect(whole.map((text) => text.slice(0, 2))).toEqual(masked.map((text) => text.slice(0, 2)));
    if (!isPhone()) await expect(eye(page)).toBeFocused();

    await press(page);
    expect(page.url()).toBe(address);
    await expect(eye(page)).toHaveAttribute("aria-pressed", "false");
    expect(await list.texts("customer")).toEqual(masked);

    await press(page);
    expect(await list.texts("customer")).toEqual(whole);
    await page.reload();
    await ready(page);
    await settled(page);
    expect(await list.texts("customer"), "a reload is another view").toEqual(masked);
    const log = new ListPage(page, "/audit", "audit");
    await log.show("?action=customers_revealed");
    expect(await log.count()).toBeGreaterThanOrEqual(2);
    await expect(log.rows.first()).toContainText("陈思远");
  });

  test(`a clerk without reach to customers has no eye on the ${name} of a bill`, async ({ as }) => {
    const page = await as(CLERK);
    const list = new ListPage(page, `/sales/bill/${name}`, `bill-${name}`);
    await list.show("?period=2026-05&q=KH");
    expect((await list.texts("customer")).every((text) => text.includes("**"))).toBe(true);
    await expect(eye(page)).toHaveCount(0);
  });
}

test("whoever pays a withdrawal sees the whole number of its account once", async ({ as }) => {
  const page = await as(FINANCE);
  await open(page, "/console/withdrawals?q=TX20260618-0003");
  await settled(page);
  await page.getByTestId("console-withdrawals-row").getByRole("link").first().click();
  await page.waitForURL(/\/console\/withdrawals\/[0-9a-z]{26}$/);
  await ready(page);
  const number = page.getByTestId("account-number");
  const sign = page.getByTestId("eye");
  await expect(number).toContainText("6207");
  await expect(number).not.toContainText("3301");
  await Promise.all([page.waitForEvent("load"), sign.click()]);
  await ready(page);
  await expect(number).toHaveText("3301 0401 6000 0062 07");
  await expect(sign).toHaveAttribute("aria-pressed", "true");
  await Promise.all([page.waitForEvent("load"), sign.click()]);
  await ready(page);
  await expect(number).not.toContainText("3301");
  const admin = await as(ADMIN);
  const log = new ListPage(admin, "/audit", "audit");
  await log.show("?action=account_revealed");
  await expect(log.rows.first()).toContainText("顾清");
});
