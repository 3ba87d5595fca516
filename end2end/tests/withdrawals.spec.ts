// Withdrawals: a partner asks, two people of the vendor's finance decide, the bank pays or not, and the partner sees each of it.

import { expect, open, PASSWORD, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

const CLERK = "finance@lanhai.example";
const FINANCE = "finance@vendor.example";
const SECOND = "finance2@vendor.example";
const PATH = "/sales/funds/withdrawals";

/** Before the demo date: what tests add comes later. */
const EARLIER = "?from=2025-01-01&to=2026-06-17";

function withdrawals(page: Page) {
  return new ListPage(page, PATH, "withdrawals");
}

function queue(page: Page) {
  return new ListPage(page, "/console/withdrawals", "console-withdrawals");
}

/** The code that was sent last. */
async function code(page: Page): Promise<string> {
  const { messages } = await (await page.request.get("/demo/outbox", { headers: { accept: "application/json" } })).json();
  return messages.filter((message: { code?: string }) => message.code).at(-1).code;
}

/** Fills in both steps as a person does; gives the id of the request. */
async function ask(page: Page, fund: string, amount: string, begins = "submitted"): Promise<string> {
  await open(page, PATH);
  await settled(page);
  await page.getByTestId(`withdraw-${fund}`).click();
  await page.waitForURL(/\/new\?fund=/);
  await ready(page);
  await page.locator("#amount").fill(amount);
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/step=review/);
  await ready(page);
  await page.locator("#code").fill(await code(page));
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/\/withdrawals\/[0-9a-z]{26}$/);
  await ready(page);
  await expect(state(page)).toHaveAttribute("data-state", begins);
  return page.url().split("/").at(-1) as string;
}

test("a clerk chooses the record that money goes back through", async ({ as }) => {
  const page = await as(CLERK);
  await open(page, `${PATH}/new?fund=original`);
  await page.getByTestId("choose-records").click();
  const last = page.getByTestId("record").last();
  const number = /^CZ[0-9-]{13}/.exec(await last.locator("span").first().innerText())?.[0] ?? "no number";
  await last.getByRole("checkbox").check();
  await page.locator("#amount").fill("10.00");
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/step=review.*record=/);
  await ready(page);
  await expect(page.locator("main")).toContainText(number);
  await page.getByRole("link", { name: /返回修改|Back/ }).click();
  await page.waitForURL(/new\?key=/);
  await ready(page);
  await expect(page.getByTestId("record").last().getByRole("checkbox")).toBeChecked();
});

test("a paid request has a receipt that can be printed", async ({ as, say }) => {
  const page = await as(CLERK);
  await open(page, `${PATH}?state=paid`);
  await settled(page);
  await page.getByTestId("open-receipt").first().click();
  await page.waitForURL(/\/receipt$/);
  await ready(page);
  const receipt = page.getByTestId("receipt");
  await expect(receipt).toContainText(say("金额（大写）", "Amount in words"));
  await expect(receipt).toContainText(/[壹贰叁肆伍陆柒捌玖].*元/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("receipt-pdf").click()]);
  expect(download.suggestedFilename()).toMatch(/^(提现回单|Withdrawal-receipt)_TX\d{8}-\d{4}\.pdf$/);
  expect(readFileSync(await download.path()).subarray(0, 5).toString()).toBe("%PDF-");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header").first()).toBeHidden();
  await expect(receipt).toBeVisible();
});

function state(page: Page) {
  return page.locator("main h1 ~ [data-testid=state], .title-row [data-testid=state]").first();
}

async function act(page: Page, path: string, step: string, fill: Record<string, string> = {}) {
  await open(page, path);
  await settled(page);
  for (const [field, value] of Object.entries(fill)) await page.locator(`#${field}`).fill(value);
  await page.getByTestId(`action-${step}`).click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await ready(page);
}

test("the requests of the demo date, each with its state and line", async ({ as, say }) => {
  const page = await as(CLERK);
  const list = withdrawals(page);
  await list.show(`${EARLIER}&size=100`);
  expect(await list.count()).toBe(36);
  const rejected = list.rows.filter({ hasText: "TX20260612-0031" });
  await expect(rejected.getByTestId("state")).toHaveAttribute("data-state", "rejected");
  await expect(rejected).toContainText(say("开户支行与账号不匹配", "开户支行与账号不匹配"));
  await expect(rejected.getByTestId("open-again")).toBeVisible();
  const processing = list.rows.filter({ hasText: "TX20260610-0027" });
  await expect(processing).toContainText("2026-06-22");
  await list.show(`${EARLIER}&state=paid&size=100`);
  expect(await list.count()).toBe(31);
});

test("a request goes from the form to the bank, and its partner sees each step", async ({ as, say }) => {
  const page = await as(CLERK);
  const id = await ask(page, "bank", "100.00");
  await expect(page.getByTestId("waits-for")).toContainText(say("财务审核", "Finance"));
  const finance = await as(FINANCE);
  const row = `/console/withdrawals/${id}`;
  await queue(finance).show();
  await expect(finance.locator(`[data-testid=console-withdrawals-row][data-id="${id}"]`)).toBeVisible();
  await act(finance, row, "approve");
  await act(finance, row, "process");
  await act(finance, row, "paid", { bank_reference: "2026062200418" });
  await open(page, `${PATH}/${id}`);
  await settled(page);
  await expect(state(page)).toHaveAttribute("data-state", "paid");
  await expect(page.getByRole("main")).toContainText("2026062200418");
  await open(page, "/messages?topic=withdrawal");
  await settled(page);
  await expect(page.getByRole("main")).toContainText(say("提现成功", "Paid"));
});

test("from fifty thousand on two people decide; a rejected request can be made again or deleted", async ({ as, say }) => {
  const page = await as(CLERK);
  const id = await ask(page, "original", "50000.00");
  await expect(page.getByTestId("top-ups-row").first()).toBeVisible();
  const [finance, second] = [await as(FINANCE), await as(SECOND)];
  const row = `/console/withdrawals/${id}`;
  await act(finance, row, "approve");
  await expect(finance.getByTestId("four-eyes")).toHaveAttribute("data-code", "FOUR_EYES");
  await expect(finance.getByTestId("action-approve")).toHaveCount(0);
  await queue(second).show("?tab=second");
  await expect(second.locator(`[data-testid=console-withdrawals-row][data-id="${id}"]`)).toBeVisible();
  await act(second, row, "reject", { reason: "请补充开户支行全称" });
  await open(page, `${PATH}/${id}`);
  await settled(page);
  await expect(state(page)).toHaveAttribute("data-state", "rejected");
  await expect(page.getByTestId("waits-for")).toContainText("请补充开户支行全称");
  await page.getByTestId("open-again").click();
  await page.waitForURL(/again=/);
  await ready(page);
  await expect(page.locator("#amount")).toHaveValue("50000.00");
  await act(page, `${PATH}/${id}`, "delete");
  await settled(page);
  await expect(page.locator(`[data-testid=withdrawals-row][data-id="${id}"]`)).toHaveCount(0);
  await expect(page.getByTestId("toast")).toContainText(say("已删除该申请", "Request deleted"));
});

test("too much is refused with what there is, a wrong code with a way on, and before the review one may cancel", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  const page = await as(CLERK);
  await open(page, `${PATH}/new?fund=rebate`);
  await page.locator("#amount").fill("99999.00");
  await page.getByTestId("action-submit").click();
  await expect(page.getByTestId("error-summary")).toHaveAttribute("data-code", "AMOUNT_EXCEEDS");
  await expect(page.locator("#amount")).toHaveValue("99999.00");
  await page.locator("#amount").fill("12.00");
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/step=review/);
  await ready(page);
  await page.locator("#code").fill("000000");
  await page.getByTestId("action-submit").click();
  await expect(page.getByTestId("error-summary")).toHaveAttribute("data-code", "CODE_WRONG");
  await page.getByTestId("action-resend").click();
  await expect(page.getByTestId("toast")).toContainText(say("验证码已发送", "Code sent"));
  await ready(page);
  await page.locator("#code").fill(await code(page));
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/\/withdrawals\/[0-9a-z]{26}$/);
  await ready(page);
  await page.getByTestId("action-cancel").click();
  await expect(page.getByTestId("toast")).toContainText(say("已撤销提现申请", "Request cancelled"));
  await expect(state(page)).toHaveAttribute("data-state", "cancelled");
});

test("home says what can be withdrawn and what waits; a movement of the ledger leads to its request", async ({ as }) => {
  const page = await as(CLERK);
  await open(page, "/");
  await expect(page.getByTestId("home-withdrawable")).toHaveAttribute("data-amount", /\d+\.\d\d/);
  await expect(page.getByTestId("to-do")).toContainText("TX20260612-0031");
  const ledger = new ListPage(page, "/sales/funds", "ledger");
  await ledger.show("?type=withdrawal_paid&to=2026-06-17");
  await page.getByTestId("ledger-row").first().getByTestId("cell-object").click();
  await page.waitForURL(/\/withdrawals\/[0-9a-z]{26}$/);
  await ready(page);
  await expect(state(page)).toHaveAttribute("data-state", "paid");
});

/** Turns the internal check of the company on or off. */
async function twoPeople(page: Page, on: boolean) {
  await open(page, PATH);
  await settled(page);
  const card = page.getByTestId("two-people");
  await card.locator("input[name=password]").fill(PASSWORD);
  await card.getByTestId("action-two-people").click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await expect(page.getByTestId("two-people")).toHaveAttribute("data-on", String(on));
}

// The last one of this file: it changes what handing in means for the whole company.
test("with the internal check a colleague confirms, never who started it, and then finance decides", async ({ as, tolerate }) => {
  tolerate(/status of 401|status of 404/);
  const admin = await as("admin@lanhai.example");
  await open(admin, PATH);
  await admin.getByTestId("two-people").locator("input[name=password]").fill("wrong");
  await admin.getByTestId("action-two-people").click();
  await expect(admin.getByTestId("error-summary")).toHaveAttribute("data-code", "REAUTH_FAILED");
  await twoPeople(admin, true);
  try {
    const clerk = await as(CLERK);
    const id = await ask(clerk, "bank", "20.00", "partner_review");
    await expect(clerk.getByTestId("action-confirm")).toHaveCount(0);
    await expect(clerk.getByTestId("action-cancel")).toBeVisible();
    const finance = await as(FINANCE);
    expect((await open(finance, `/console/withdrawals/${id}`))?.status()).toBe(404);
    await open(admin, "/deadlines?kind=confirm");
    await admin.getByTestId("deadlines-row").getByRole("link").first().click();
    await admin.waitForURL(new RegExp(`${id}$`));
    await ready(admin);
    await admin.locator("#code").fill("000000");
    await admin.getByTestId("action-confirm").click();
    await expect(admin.getByTestId("error-summary")).toHaveAttribute("data-code", "CODE_WRONG");
    await ready(admin);
    await admin.getByTestId("action-send-code").click();
    await expect(admin.getByTestId("toast")).toBeVisible();
    await ready(admin);
    await admin.locator("#code").fill(await code(admin));
    await admin.getByTestId("action-confirm").click();
    await expect(admin.getByTestId("toast")).toBeVisible();
    await expect(state(admin)).toHaveAttribute("data-state", "submitted");
    await act(finance, `/console/withdrawals/${id}`, "approve");
    await open(clerk, `${PATH}/${id}`);
    await expect(state(clerk)).toHaveAttribute("data-state", "approved");
  } finally {
    await twoPeople(admin, false);
  }
});
