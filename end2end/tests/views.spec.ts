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
