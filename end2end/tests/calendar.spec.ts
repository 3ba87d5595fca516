// The days of a filter: two months that script lays below its two fields (one on a phone), chosen by hand or with the keys of a date grid.

import type { Locator, Page } from "@playwright/test";
import { expect, hasScript, isPhone, test } from "../fixtures";
import { library, ListPage } from "../support/lists";
import { axe, NARROW, overhang } from "../support/looks";

const PARTNER = "admin@lanhai.example";
const CLERK = "finance@lanhai.example";
const EDITOR = "content@vendor.example";
const FINANCE = "finance@vendor.example";
const OPERATIONS = "operations@vendor.example";

test("two days that are pressed become the range, and only then the rows are asked for @script", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show("?from=2026-03-03&to=2026-04-09");
  const calendar = await openDays(list);
  await expect(calendar).toContainText(say("2026 年 4 月", "April 2026"));
  if (isPhone()) await expect(calendar.locator("table:visible"), "a phone shows one month").toHaveCount(1);
  else await expect(day(calendar, "2026-03-03")).toHaveAttribute("data-end", "");
  await expect(day(calendar, "2026-04-09")).toHaveAttribute("data-end", "");
  await expect(day(calendar, "2026-04-01")).toHaveAttribute("aria-selected", "true");
  await expect(day(calendar, "2026-04-10")).toHaveAttribute("aria-selected", "false");

  await day(calendar, "2026-04-02").click();
  await expect(field(page, "from")).toHaveValue("2026-04-02");
  await expect(field(page, "to")).toHaveValue("");
  await expect(calendar.getByRole("status").first()).toContainText("2026-04-02");
  expect(new URL(page.url()).search, "nothing is asked for yet").toBe("?from=2026-03-03&to=2026-04-09");
  await day(calendar, "2026-04-15").click();
  await list.asked((query) => query.get("from") === "2026-04-02" && query.get("to") === "2026-04-15");
  if (isPhone()) {
    await expect(day(calendar, "2026-04-15"), "the sheet stays, and so do its days").toHaveAttribute("data-end", "");
    await expect(day(calendar, "2026-04-08")).toHaveAttribute("data-in", "");
  } else {
    await expect(calendar).toBeHidden();
    await expect(page.getByTestId("filter-updated")).toBeFocused();
    await expect(page.getByTestId("filter-updated")).toContainText("2026-04-02");
  }
});

test("a range that was begun is left by cancelling, and is then as the page has it @script @desk", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show("?from=2026-03-03&to=2026-04-09");
  const calendar = await openDays(list);
  await day(calendar, "2026-04-02").click();
  await expect(field(page, "to")).toHaveValue("");
  await page.getByRole("link", { name: say("取消", "Cancel"), exact: true }).click();
  await expect(calendar).toBeHidden();
  expect(new URL(page.url()).search).toBe("?from=2026-03-03&to=2026-04-09");
  await openDays(list);
  await expect(field(page, "from")).toHaveValue("2026-03-03");
  await expect(field(page, "to")).toHaveValue("2026-04-09");
  await expect(day(calendar, "2026-04-09")).toHaveAttribute("data-end", "");
});

test("a period of accounts is one of the presets, with script and without", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show();
  if (hasScript()) await openDays(list);
  else await page.getByTestId("filter-updated").click();
  await page.getByText(say("账期…", "Period…"), { exact: true }).click();
  await page.getByRole("link", { name: "2026-02", exact: true }).click();
  await list.asked((query) => query.get("from") === "2026-02-01" && query.get("to") === "2026-02-28");
});

test("arrows, pages, Home and End lead through the days; Enter and Space choose, Escape leaves @script", async ({ as }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show("?from=2026-03-03&to=2026-04-09");
  const calendar = await openDays(list);
  await day(calendar, "2026-04-09").focus();
  for (const [key, at] of [
    ["ArrowLeft", "2026-04-08"],
    ["ArrowUp", "2026-04-01"],
    ["Home", "2026-03-30"],
    ["End", "2026-04-05"],
    ["ArrowDown", "2026-04-12"],
    ["ArrowRight", "2026-04-13"],
    ["PageUp", "2026-03-13"],
    ["PageUp", "2026-02-13"],
    ["Shift+PageUp", "2025-02-13"],
    ["PageDown", "2025-03-13"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(day(calendar, at), `${key} leads to ${at}`).toBeFocused();
    await expect(calendar.locator("[data-day][tabindex='0']"), "the Tab key finds one day").toHaveCount(1);
  }
  await page.keyboard.press("Enter");
  await expect(field(page, "from")).toHaveValue("2025-03-13");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(day(calendar, "2025-03-14"), "the range shows how far it would reach").toHaveAttribute("data-in", "");
  await page.keyboard.press("Space");
  await list.asked((query) => query.get("from") === "2025-03-13" && query.get("to") === "2025-03-15");

  if (isPhone()) return;
  await openDays(list);
  await day(calendar, "2025-03-15").focus();
  await page.keyboard.press("Escape");
  await expect(calendar).toBeHidden();
  await expect(page.getByTestId("filter-updated")).toBeFocused();
});

test("what has happened ends today, what is due goes on @script", async ({ as }) => {
  const page = await as(CLERK);
  const past = new ListPage(page, "/sales/funds", "ledger");
  await past.show();
  const calendar = await openDays(past);
  const today = await calendar.getAttribute("data-calendar");
  const now = day(calendar, today ?? "");
  await expect(now).toHaveAttribute("aria-current", "date");
  await now.focus();
  await page.keyboard.press("ArrowDown");
  await expect(now, "no day lies behind today").toBeFocused();
  await expect(calendar.getByTestId("later")).toHaveAttribute("aria-disabled", "true");
  for (const ahead of await calendar.locator("[data-day][aria-disabled]:visible").all()) {
    await ahead.click({ force: true });
    await expect(field(page, "from")).toHaveValue("");
  }
  await calendar.getByTestId("earlier").click();
  await expect(now).toBeHidden();
  await expect(calendar.getByTestId("earlier"), "the step keeps the focus").toBeFocused();
  await expect(calendar.getByRole("status").last(), "and is heard").toHaveText((await calendar.locator("caption").allTextContents()).join(", "));
  await calendar.getByTestId("later").click();
  await expect(now).toBeVisible();

  const due = new ListPage(page, "/deadlines", "deadlines");
  await due.show();
  const days = await openDays(due);
  await days.getByTestId("later").click();
  await expect(days.locator("[data-day][aria-disabled]")).toHaveCount(0);
});

test("a page of a list holds no days; they come once, when the menu is opened, and stay when rows come @script", async ({ as }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/fn/lists/months")) asked.push(request.url());
  });
  await list.show();
  await expect(page.locator("[data-calendar]")).toBeEmpty();
  expect(asked).toEqual([]);
  const calendar = await openDays(list);
  await expect(calendar.locator("table").first()).toBeAttached();
  expect(asked).toHaveLength(1);
  await field(page, "from").fill("2026-01-01");
  await list.asked((query) => query.get("from") === "2026-01-01");
  await expect(day(calendar, (await calendar.getAttribute("data-calendar")) ?? "")).toBeAttached();
  expect(asked).toHaveLength(1);
});

test("everybody can use the days, on a narrow phone, too @script", async ({ as }) => {
  const list = library(await as(PARTNER));
  const { page } = list;
  await list.show("?from=2026-03-03&to=2026-04-09");
  const calendar = await openDays(list);
  await axe(page);
  if (!isPhone()) {
    const right = await calendar.evaluate((element) => element.closest(".menu")?.getBoundingClientRect().right ?? Infinity);
    expect(right, "the menu stays in the window").toBeLessThanOrEqual(1440);
    return;
  }
  await page.setViewportSize(NARROW);
  expect(await overhang(page)).toEqual([]);
  for (const target of await calendar.locator("[data-day]:visible, button:visible").all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), await target.innerText()).toBeGreaterThanOrEqual(39.9);
  }
});

for (const [person, ...paths] of [
  [PARTNER, "/support/library", "/audit", "/messages", "/deadlines"],
  [CLERK, "/sales/exports", "/sales/funds", "/sales/funds/withdrawals", "/sales/funds/top-ups", "/sales/invoices", "/sales/bill/lines?period=2026-05"],
  [EDITOR, "/console/library", "/console/downloads", "/console/sites", "/console/exports"],
  [FINANCE, "/console/withdrawals", "/console/top-ups", "/console/invoices"],
  [OPERATIONS, "/console/audit"],
] as const) {
  test(`every range of days of ${person} is typed or chosen the same way @zh`, async ({ as }) => {
    const page = await as(person);
    for (const path of paths) {
      const list = new ListPage(page, path, "");
      await list.show();
      await expect(page.locator("[data-calendar]"), path).toHaveCount(1);
      await list.openFilters();
      if (!(await field(page, "from").isVisible())) await page.locator("details:has([data-calendar]) > summary").click();
      await expect(field(page, "from"), path).toHaveAttribute("type", "date");
      if (hasScript()) await expect(page.locator("[data-calendar] [aria-current]"), path).toHaveCount(1);
      else await expect(page.locator("[data-calendar]"), path).toBeEmpty();
    }
  });
}

/** Opens the filter of days; a phone shows it in the sheet of all filters. */
async function openDays(list: ListPage): Promise<Locator> {
  const { page } = list;
  await list.openFilters();
  const calendar = page.locator("[data-calendar]");
  if (!(await field(page, "from").isVisible())) await page.locator("details:has([data-calendar]) > summary").click();
  await expect(calendar.locator("[data-day]:visible").first()).toBeVisible();
  return calendar;
}

function day(calendar: Locator, date: string): Locator {
  return calendar.locator(`[data-day="${date}"]`);
}

function field(page: Page, end: "from" | "to"): Locator {
  return page.getByTestId(`filter-${end}`);
}
