import type { Page } from "@playwright/test";
import { expect, isPhone, open, ready, test } from "../fixtures";

const PARTNER = "admin@lanhai.example";

test("the menu opens and closes with the keyboard, and gives the focus back @desk @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  const entry = page.getByRole("navigation").locator("summary", { hasText: say("支持", "Support") });
  await entry.focus();
  await page.keyboard.press("Enter");
  const link = page.getByRole("navigation").getByRole("link", { name: say("资料库", "Resource library") }).first();
  await expect(link).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toBeVisible();
  await link.press("Enter");
  await page.waitForURL(/\/support\/library$/);
});

test("Escape closes the menu and returns to its entry @script @desk @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  const entry = page.getByRole("navigation").locator("summary", { hasText: say("支持", "Support") });
  await entry.press("Enter");
  const link = page.getByRole("navigation").getByRole("link", { name: say("资料库", "Resource library") }).first();
  await link.focus();
  await page.keyboard.press("Escape");
  await expect(link).toBeHidden();
  await expect(entry).toBeFocused();
});

test("the menu closes after a page was chosen from it @script @desk @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  await page.getByRole("navigation").locator("summary", { hasText: say("支持", "Support") }).click();
  await page.getByRole("navigation").getByRole("link", { name: say("资料库", "Resource library") }).first().click();
  await page.waitForURL(/\/support\/library$/);
  await expect(page.locator("header details[open]")).toHaveCount(0);
});

test("a page change keeps the document: no reload between two pages of the portal @script @desk @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await page.getByRole("navigation").locator("summary", { hasText: say("支持", "Support") }).click();
  await page.getByRole("navigation").getByRole("link", { name: say("资料库", "Resource library") }).first().click();
  await expect(page.getByTestId("library-table")).toBeVisible();
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  await expect(page).toHaveTitle(new RegExp(say("资料库", "Resource library")));
});

test("the first Tab leads past the header @zh", async ({ as }) => {
  const page = await as(PARTNER);
  await open(page, "/support/library");
  await page.keyboard.press("Tab");
  const skip = page.locator("a:focus");
  await expect(skip).toHaveAttribute("href", /#/);
  await skip.press("Enter");
  await expect(page.locator("main:focus, main :focus, main:target")).toHaveCount(1);
});

test("the phone's menu leads to the library", async ({ as, say }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  await openMenu(page, say("支持", "Support"));
  await page.getByRole("link", { name: say("资料库", "Resource library") }).and(page.locator(":visible")).first().click();
  await page.waitForURL(/\/support\/library$/);
  await ready(page);
  await expect(page.getByTestId("library-row").first()).toBeVisible();
});

test("the language switch stays on the page, with its filters", async ({ visitor, say }) => {
  const page = await visitor();
  await open(page, "/sign-in?next=%2Fsupport%2Flibrary");
  await expect(page.locator("html")).toHaveAttribute("lang", say("zh-CN", "en"));
  const before = page.url();
  await page.getByRole("button", { name: say("English", "中文") }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", say("en", "zh-CN"));
  expect(page.url()).toBe(before);
  await expect(page.locator("h1")).toContainText(say("Sign in", "登录"));
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", say("en", "zh-CN"));
});

test("a chosen theme is in the first bytes of the next page: it cannot flash @zh", async ({ visitor }) => {
  const page = await visitor();
  await open(page, "/sign-in");
  await choose(page, "dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await page.request.get("/sign-in")).text();
  expect(html).toMatch(/<html[^>]* data-theme="dark"/);
  await open(page, "/sign-in");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("without a choice the page follows the system @once", async ({ page }) => {
  await open(page, "/sign-in");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(ground).toBe("rgb(246, 245, 241)"); // the canvas of design.md
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).toBe("rgb(15, 20, 19)");
});

test("a locked entry of the menu is there and says why", async ({ as, say }) => {
  const page = await as("admin@newbie.example");
  await open(page, "/");
  await openMenu(page, say("支持", "Support"));
  const why = page.locator("nav").getByTestId("menu-why-not");
  await expect(why).toBeVisible();
  await expect(why).toHaveAttribute("data-code", "PROGRAM_NEEDED");
});

test("an entry of the vendor's side is not in a partner's menu @once", async ({ as }) => {
  const page = await as(PARTNER);
  await open(page, "/");
  await expect(page.locator('a[href^="/console"]')).toHaveCount(0);
});

test("an unknown address answers 404 and leads home", async ({ as, tolerate }) => {
  tolerate(/status of 404/);
  const page = await as(PARTNER);
  const answer = await open(page, "/no/such/page?x=%3Cscript%3E");
  expect(answer?.status()).toBe(404);
  await page.locator("main").getByRole("link").and(page.locator('[href="/"]')).first().click();
  await page.waitForURL((url) => url.pathname === "/");
});

test("an unknown address of the API or a function is JSON, not a page @once", async ({ page }) => {
  for (const path of ["/fn/no/such", "/v2/no/such"]) {
    const answer = await page.request.post(path, { headers: { "content-type": "application/x-www-form-urlencoded" }, data: "" });
    expect([403, 404], path).toContain(answer.status());
    expect(answer.headers()["content-type"], path).toMatch(/json/);
  }
});

async function openMenu(page: Page, group: string) {
  if (isPhone()) await page.locator("header .burger").click();
  const entry = page.locator("nav summary:visible", { hasText: group }).first();
  const open = await entry.evaluate((summary) => (summary.parentElement as HTMLDetailsElement).open);
  if (!open) await entry.click();
}

/** The switch goes from the system's theme to light, then dark, then back. */
async function choose(page: Page, theme: "light" | "dark") {
  for (const step of ["light", "dark"] as const) {
    await Promise.all([page.waitForEvent("load"), page.getByTestId("switch-theme").click()]);
    await ready(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", step);
    if (step === theme) return;
  }
}

test("the demo's outbox can be read on a phone, each value with its label @zh", async ({ as, say }) => {
  const page = await as(PARTNER);
  await page.goto("/demo/outbox");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await expect(page.getByTestId("outbox-row").first().getByTestId("cell-to")).toHaveAttribute("data-l", say("收件人", "To"));
});
