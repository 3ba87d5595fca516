// Messages: the bell, the message centre, and how a person wants to be told.

import { expect, open, ready, signIn, test } from "../fixtures";
import type { BrowserContext, Page } from "@playwright/test";

const PARTNER = "admin@lanhai.example";
const CLERK = "finance@lanhai.example";
const EDITOR = "content@vendor.example";

const rows = (page: Page) => page.getByTestId("messages-row");
const bell = (page: Page) => page.getByTestId("messages-link");

test("the bell says how many are unread and leads to them; opening one leads to its object and reads it", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  await expect(page.getByTestId("unread-count")).toHaveText(say("3 条未读", "3 unread"));
  await bell(page).click();
  await expect(page).toHaveURL(/\/messages$/);
  await ready(page);
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByTestId("result-count")).toHaveAttribute("data-count", "4");

  const policy = rows(page).filter({ has: page.locator('[data-testid="cell-topic"][data-category="library"]') });
  await expect(policy.getByTestId("state")).toHaveAttribute("data-state", "unread");
  await policy.getByTestId("cell-title").getByRole("link").click();
  await expect(page).toHaveURL(/\/support\/library\/[0-9a-z]{26}$/);
  await ready(page);
  await expect(page.locator("#unread")).toHaveText("2");

  await open(page, "/messages?state=read");
  await expect(rows(page)).toHaveCount(2);
});

test("filters stand in the address, and all is marked as read", async ({ as, say }) => {
  const page = await as(CLERK);
  await open(page, "/messages?state=unread");
  await expect(rows(page)).toHaveCount(6);
  await open(page, "/messages?state=unread&topic=access");
  await expect(rows(page)).toHaveCount(1);
  await page.getByTestId("action-read-all").click();
  await ready(page);
  await expect(page.getByTestId("toast")).toContainText(say("6 条消息标为已读", "6 messages marked as read"));
  await expect(page.getByTestId("unread-count")).toBeHidden();
  await expect(rows(page)).toHaveCount(0);
  await expect(page.locator(".empty")).toBeVisible();
});

test("what is chosen is kept, and security cannot be switched off in the app", async ({ as }) => {
  const page = await as(PARTNER);
  await open(page, "/account/notifications");
  await expect(page.getByTestId("choose-access-app")).toBeDisabled();
  await expect(page.getByTestId("choose-access-app")).toBeChecked();
  await page.getByTestId("choose-export-mail").check();
  await page.getByTestId("choose-library-app").uncheck();
  await page.getByTestId("action-save").click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await open(page, "/account/notifications");
  await expect(page.getByTestId("choose-export-mail")).toBeChecked();
  await expect(page.getByTestId("choose-library-app")).not.toBeChecked();
  await expect(page.getByTestId("choose-export-app")).toBeChecked();
});

test("staff have a bell, too", async ({ as }) => {
  const page = await as(EDITOR);
  await open(page, "/console");
  await bell(page).click();
  await ready(page);
  await expect(rows(page).first()).toBeVisible();
});

test("the number follows by itself, without a reload @script @zh", async ({ as, browser, server }) => {
  const page = await as("sales@lanhai.example");
  await page.clock.install();
  await open(page, "/");
  await expect(page.getByTestId("unread-count")).toBeHidden();
  // The same person on a device that was not used before.
  const context = await browser.newContext({ baseURL: server.url, userAgent: "Another Browser" });
  await signIn(await opened(context, "/sign-in"), "sales@lanhai.example");
  await context.close();
  await page.clock.runFor(31_000);
  await expect(page.locator("#unread")).toHaveText("1");
  await expect(page.getByTestId("unread-count")).toBeVisible();
});

async function opened(context: BrowserContext, path: string) {
  const page = await context.newPage();
  await page.goto(path);
  return page;
}
