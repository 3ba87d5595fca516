// What is found while somebody types: pages and documents in the header, people and companies in the audit logs; and questions over a page.

import { expect, open, ready, settled, test } from "../fixtures";
import { library } from "../support/lists";
import { axe } from "../support/looks";

const PERSON = "admin@lanhai.example";

test("the search of the header suggests while typing; arrows choose, Enter follows, Escape closes @script @desk", async ({ as, say }) => {
  const page = await as(PERSON);
  await open(page, "/sales/funds");
  await page.keyboard.press("Control+k");
  const field = page.locator("header").getByRole("combobox");
  await expect(field).toBeFocused();
  await page.keyboard.type(say("资料", "library"), { delay: 30 });
  const suggestions = page.locator("header").getByTestId("suggestion");
  await expect(suggestions.first()).toBeVisible();
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await axe(page);
  await page.keyboard.press("ArrowUp");
  await expect(suggestions.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  const first = suggestions.first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  expect(await field.getAttribute("aria-activedescendant")).toBe(await first.getAttribute("id"));
  await page.keyboard.press("Escape");
  await expect(first).toBeHidden();
  await expect(field).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Backspace");
  await expect(first).toBeVisible();
  const href = (await first.getAttribute("href")) ?? "";
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === href);
  await expect(page.locator("header").getByTestId("suggestion").first()).toBeHidden();
});

test("the palette finds pages and documents over any page, where the header has no field @script", async ({ as }, testInfo) => {
  const isPhone = testInfo.project.use.isMobile === true;
  const page = await as(isPhone ? PERSON : "operations@vendor.example");
  const path = isPhone ? "/support/library" : "/console/operations";
  await open(page, path);
  await settled(page);
  if (isPhone) await page.locator(".search-link").click();
  else await page.keyboard.press("Control+k");
  const palette = page.getByTestId("palette");
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await expect(palette.getByTestId("suggestion").first(), "pages stand there before anything is typed").toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  if (isPhone) await page.locator(".search-link").click();
  else await page.getByTestId("open-palette").click();
  await expect(field).toBeFocused();
  await page.keyboard.type(isPhone ? "funds" : "audit", { delay: 30 });
  const only = palette.getByTestId("suggestion").first();
  await expect(only).toHaveAttribute("href", isPhone ? "/sales/funds" : "/console/audit");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === (isPhone ? "/sales/funds" : "/console/audit"));
  await expect(palette).toHaveCount(0);
});

test("Enter without a choice searches for what was typed @desk", async ({ as }) => {
  const page = await as(PERSON);
  await open(page, "/sales/funds");
  const field = page.locator("header .search input");
  await field.fill("pdf");
  await field.press("Enter");
  await page.waitForURL(/\/search\?q=pdf/);
});

test("the audit log finds a person while typing, and by a part of the name without script", async ({ as, say }, testInfo) => {
  const page = await as(PERSON);
  await open(page, "/audit");
  await settled(page);
  if (await page.locator(".filters-open").isVisible()) await page.locator(".filters-open").click();
  await page.getByTestId("filter-actor").click();
  const field = page.getByTestId("find-actor");
  if (testInfo.project.use.javaScriptEnabled === false) {
    await field.fill("林晓");
    await field.press("Enter");
  } else {
    await field.pressSequentially("林晓", { delay: 30 });
    await page.getByTestId("suggestion").filter({ hasText: "林晓雯" }).click();
  }
  await expect(page).toHaveURL(/actor=/);
  await ready(page);
  await settled(page);
  expect(new Set((await page.getByTestId("cell-person").allInnerTexts()).map((name) => name.trim()))).toEqual(new Set(["林晓雯"]));
  await expect(page.getByText(say("人员：林晓", "Person: 林晓")).first()).toBeAttached();
});

test("operations find a company in the log of all @script @desk @zh", async ({ as }) => {
  const page = await as("operations@vendor.example");
  await open(page, "/console/audit");
  await settled(page);
  await page.getByTestId("filter-company").click();
  await page.getByTestId("find-company").pressSequentially("青禾");
  await page.keyboard.press("ArrowDown");
  await page.getByTestId("suggestion").first().click();
  await expect(page).toHaveURL(/company=/);
  await settled(page);
  for (const company of await page.getByTestId("cell-company").allInnerTexts()) expect(company).toContain("青禾");
  // New markup came, and the field still moves by one.
  await page.getByTestId("filter-company").click();
  const again = page.getByTestId("find-company");
  await again.fill("");
  await again.pressSequentially("公司");
  const suggestions = page.getByTestId("suggestion");
  await expect(suggestions.nth(1)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(suggestions.first()).toHaveAttribute("aria-selected", "true");
});

test("a question stands over its page; Escape and the safe way leave everything as it was @script @zh", async ({ as }) => {
  const page = await as("content@vendor.example");
  await open(page, "/console/library?state=published");
  await settled(page);
  await page.getByTestId("cell-title").first().click();
  await page.waitForURL(/\/console\/library\/[0-9a-z]+$/);
  await ready(page);
  const address = page.url();
  const link = page.getByTestId("open-withdraw");
  const dialog = page.locator("dialog[open]");
  for (const leave of [() => page.keyboard.press("Escape"), () => dialog.locator(".dialog-foot a").click()]) {
    await link.click();
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole("heading")).toContainText("下线《");
    await axe(page);
    await leave();
    await expect(dialog).toHaveCount(0);
    expect(page.url()).toBe(address);
  }
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", "published");
  await expect(link).toBeFocused();
});

test("many options are found by typing; with the next answer all of them are there @script @desk", async ({ as, say }) => {
  const list = library(await as(PERSON));
  const { page } = list;
  await list.show();
  await page.getByTestId("filter-format").click();
  const menu = page.locator("details:has([data-testid=filter-format]) fieldset");
  const field = menu.getByRole("searchbox");
  const options = menu.locator(".check:visible");
  const all = await options.count();
  await field.fill("X");
  await expect(options).not.toHaveCount(all);
  for (const words of await options.allTextContents()) expect(words.toLowerCase()).toContain("x");
  await axe(page);
  await page.getByTestId("filter-format-xlsx").click();
  await list.asked((query) => query.get("format") === "xlsx");
  await expect(options).toHaveCount(all);
  await expect(field).toHaveValue("");
  await field.fill("nothing");
  await expect(options).toHaveCount(0);
  await expect(menu.getByRole("status")).toHaveText(say("没有匹配的选项", "No option matches"));
  await field.fill("");
  await expect(options).toHaveCount(all);
});
