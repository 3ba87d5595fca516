// What a person keeps of a list, and the ways through it: views, columns, batches, and the search over everything.

import { expect, open, ready, settled, test } from "../fixtures";
import { library } from "../support/lists";

// Somebody whose lists no other test looks at.
const PERSON = "director@lanhai.example";

test("a question is kept under a name, opened again, and removed", async ({ as, say }) => {
  const page = await as(PERSON);
  const name = `PDF ${test.info().project.name}`;
  await library(page).show("?format=pdf&sort=title");
  await page.getByTestId("views").click();
  await page.getByRole("textbox", { name: say("视图名称", "Name of the view") }).fill(name);
  await page.getByTestId("action-save-as-view").click();
  await expect(page.getByTestId("toast")).toContainText(say("视图已保存", "View saved"));
  await library(page).show();
  await page.getByTestId("views").click();
  await page.getByTestId("view").filter({ hasText: name }).click();
  await page.waitForURL(/format=pdf.*view=/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("views")).toContainText(name);
  await page.getByTestId("views").click();
  await page.getByTestId("action-remove-view").click();
  await expect(page.getByTestId("toast")).toContainText(say("视图已删除", "View removed"));
});

test("columns are put in order by keys, by dragging and by their arrows, and the table follows @script @desk", async ({ as, say }) => {
  const page = await as(PERSON);
  await library(page).show();
  await page.getByTestId("columns").click();
  const menu = page.locator("form[action='/fn/lists/arrange']");
  const order = () => menu.locator("input[name='column[]']").evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  const first = await order();
  const [audience, size, version] = first.slice(1, 4) as [string, string, string];
  const row = (key: string) => menu.locator(".column", { has: page.locator(`input[value="${key}"]`) });
  await expect(row(audience)).toHaveAttribute("draggable", "true");
  await expect(row(first[0] ?? ""), "what is locked stays").not.toHaveAttribute("draggable", "true");

  await row(audience).getByRole("checkbox").focus();
  await page.keyboard.press("Alt+ArrowDown");
  expect((await order()).slice(1, 4)).toEqual([size, audience, version]);
  await expect(row(audience).getByRole("checkbox"), "whoever moved it stays on it").toBeFocused();
  await expect(menu.getByRole("status")).toContainText(say("第 3 列", "column 3"));
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  expect(await order(), "not past what is locked").toEqual(first);
  await row(version).dragTo(row(audience));
  expect((await order()).slice(1, 4)).toEqual([version, audience, size]);
  await row(size).getByRole("button", { name: say("上移", "Move up") }).click();
  expect((await order()).slice(1, 4)).toEqual([version, size, audience]);
  await row(size).getByRole("checkbox").uncheck();
  await page.getByTestId("action-arrange").click();
  await settled(page);
  const heads = page.getByTestId("library-table").getByRole("columnheader");
  await expect(heads.nth(1)).toContainText(say("版本", "Version"));
  await expect(heads.nth(2)).toContainText(say("适用", "Audience"));
  await expect(heads.filter({ hasText: say("大小", "Size") })).toHaveCount(0);

  await page.getByTestId("columns").click();
  await menu.getByRole("button", { name: say("恢复默认", "As it was") }).click();
  await expect(heads.nth(1)).toContainText(say("适用", "Audience"));
  await expect(heads.filter({ hasText: say("大小", "Size") })).toHaveCount(1);
});

test("one search finds pages and documents", async ({ as, say }) => {
  const page = await as(PERSON);
  await open(page, `/search?q=${encodeURIComponent(say("资料", "library"))}`);
  await settled(page);
  await page.getByTestId("found-page").first().click();
  await page.waitForURL(/\/support\/library$/);
});

test("Ctrl K leads to the search from anywhere @script @desk @zh", async ({ as }) => {
  const page = await as(PERSON);
  await open(page, "/support/library");
  await page.keyboard.press("Control+k");
  await expect(page.locator("header .search input")).toBeFocused();
  await page.keyboard.type("pdf");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=pdf/);
});
