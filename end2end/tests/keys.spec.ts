// Keys that act by themselves: they work a list, tell of themselves, are typed where somebody types, and can be switched off.

import type { Page } from "@playwright/test";
import { expect, open, settled, test } from "../fixtures";
import { library, ListPage } from "../support/lists";
import { axe } from "../support/looks";

const PARTNER = "admin@lanhai.example";
const FINANCE = "finance@vendor.example";

test("j and k move through the rows, Enter opens the one they are at @script @desk", async ({ as }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show();
  const [first, second] = await list.ids();
  await page.keyboard.press("j");
  await expect(row(page, first).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("j");
  await expect(row(page, second).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(row(page, first).locator(":focus"), "the first row ends the way").toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.endsWith(`/${first}`));
});

test("x chooses the row it is at, e opens the files, / searches @script @desk", async ({ as }) => {
  const page = await as(FINANCE);
  const queue = new ListPage(page, "/console/withdrawals", "console-withdrawals");
  await queue.show();
  const [, second] = await queue.ids();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row(page, second).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(row(page, second).getByTestId("pick")).toBeChecked();
  await expect(page.getByTestId("pick").and(page.locator(":checked"))).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(row(page, second).getByTestId("pick")).not.toBeChecked();
  const list = library(await as(PARTNER));
  await new ListPage(list.page, "/sales/funds", "ledger").show();
  await list.page.keyboard.press("e");
  await expect(list.page.getByTestId("export-xlsx")).toBeVisible();
  await expect(list.page.locator("details[open] button:focus, details[open] a:focus")).toHaveCount(1);
  await list.page.keyboard.press("Escape");
  await expect(list.page.getByTestId("export-xlsx")).toBeHidden();
  await list.page.keyboard.press("/");
  await expect(list.page.getByTestId("search-input")).toBeFocused();
});

test("what is typed into a field, or with another key held, does nothing else @script @desk", async ({ as }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show();
  await page.keyboard.press("j");
  await expect(page.locator("tr :focus"), "the code of the keys is there").toHaveCount(1);
  const field = page.getByTestId("search-input");
  await field.focus();
  await page.keyboard.type("jkxe?/");
  await expect(field).toHaveValue("jkxe?/");
  await expect(field).toBeFocused();
  await field.blur();
  await page.keyboard.press("Alt+j");
  await page.keyboard.press("Control+e");
  await page.keyboard.press("Control+Shift+?");
  await nothingHappens(page);
});

test("? tells of the keys, and they can be switched off and on again @script @desk", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show("?format=pdf");
  await page.keyboard.press("?");
  const panel = page.getByTestId("keys");
  await expect(panel.getByRole("heading")).toHaveText(say("键盘快捷键", "Keyboard shortcuts"));
  await axe(page);
  await page.keyboard.press("j");
  await expect(page.locator("tr :focus"), "the panel has the keys for itself").toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);

  await page.keyboard.press("?");
  await panel.getByTestId("switch-keys").click();
  await expect(page.locator("html")).toHaveAttribute("data-no-keys");
  await expect(page.locator("html")).toHaveAttribute("data-ready");
  await expect(page, "the page is the one it was").toHaveURL(/\/support\/library\?format=pdf$/);
  await settled(page);
  // The code of the keys is in the same file as that of the days.
  await page.getByTestId("filter-updated").click();
  await expect(page.locator("[data-day]:visible").first()).toBeVisible();
  await page.keyboard.press("Escape");
  for (const key of ["j", "k", "x", "e", "?", "/"]) await page.keyboard.press(key);
  await nothingHappens(page);
  await open(page, "/help#keys");
  await page.getByTestId("switch-keys").click();
  await expect(page.locator("html")).not.toHaveAttribute("data-no-keys");
  await expect(page.locator("html")).toHaveAttribute("data-ready");
  await page.keyboard.press("?");
  await expect(panel).toBeVisible();
});

test("the keys stand in the help, and are switched there without script, too", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/help");
  const part = page.locator("#keys");
  await expect(part).toContainText(say("下一行", "Next row"));
  await part.getByTestId("switch-keys").click();
  await expect(page.locator("html")).toHaveAttribute("data-no-keys");
  await expect(part).toContainText(say("单键快捷键已关闭", "Single keys are off"));
  await part.getByTestId("switch-keys").click();
  await expect(page.locator("html")).not.toHaveAttribute("data-no-keys");
});

function row(page: Page, id = "") {
  return page.locator(`tr[data-id="${id}"]`);
}

/** No key has done anything, in as much time as it would take. */
async function nothingHappens(page: Page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.getByTestId("keys")).toHaveCount(0);
  await expect(page.locator("tr :focus")).toHaveCount(0);
  await expect(page.locator("main details[open]")).toHaveCount(0);
  await expect(page.getByTestId("search-input")).not.toBeFocused();
}
