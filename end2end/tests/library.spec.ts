import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, isPhone, open, ready, settled, test } from "../fixtures";
import { consoleLibrary, library } from "../support/lists";

const PARTNER = "admin@lanhai.example";
const OFFICE = ["pdf", "xlsx"];

test("a category shows its own documents and those of its children @dark", async ({ as }) => {
  const list = library(await as(PARTNER));
  let children = 0;
  for (const child of ["policy/program", "policy/incentive", "policy/benefit"]) {
    await list.show(`?category=${child}`);
    expect(new Set(await list.column("category", "data-category"))).toEqual(new Set([child]));
    children += await list.count();
  }
  await list.show("?category=policy");
  for (const category of await list.column("category", "data-category")) expect(category).toMatch(/^policy(\/|$)/);
  expect(await list.count()).toBeGreaterThanOrEqual(children);
});

test("choosing a category in the tree asks for it @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  const all = await list.count();
  if (isPhone()) {
    await list.openFilters();
    await list.page.getByTestId("filter-category-select").selectOption("policy");
  } else {
    await list.page.getByTestId("filter-category-policy").click();
  }
  await list.asked((query) => query.get("category") === "policy");
  expect(await list.count()).toBeLessThan(all);
});

test("several formats show the documents of each of them @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  let sum = 0;
  for (const format of OFFICE) {
    await list.show(`?format=${format}`);
    sum += await list.count();
  }
  await list.show();
  await list.choose("format", ...OFFICE);
  expect(await list.count()).toBe(sum);
  for (const format of await list.column("format", "data-format")) expect(OFFICE).toContain(format);
});

test("both ends of the date range belong to it @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?page=2");
  const day = shanghaiDay((await updated(list.page))[0]);
  await list.show(`?from=${day}&to=${day}`);
  expect(await list.count()).toBeGreaterThan(0);
  for (const moment of await updated(list.page)) expect(shanghaiDay(moment)).toBe(day);
});

test("while the network is away the old rows stay, and the answer comes when it is back @script @desk @zh", async ({ as, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED/);
  const list = library(await as(PARTNER));
  await list.show();
  const all = await list.count();
  await list.page.context().setOffline(true);
  await list.page.getByTestId("filter-category-policy").click();
  await expect(list.page.getByTestId("toast")).toBeVisible();
  expect(await list.count()).toBe(all);
  await list.page.context().setOffline(false);
  await list.asked((query) => query.get("category") === "policy");
  await expect(async () => expect(await list.count()).toBeLessThan(all)).toPass();
  await expect(list.page.getByTestId("toast")).toHaveCount(0);
});

test("days typed into the range are asked for @script @desk @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  await list.page.getByTestId("filter-updated").click();
  await list.page.getByTestId("filter-from").fill("2026-01-01");
  await list.asked((query) => query.get("from") === "2026-01-01");
  const to = list.page.getByTestId("filter-to");
  if (!(await to.isVisible())) await list.page.getByTestId("filter-updated").click();
  await to.fill("2026-06-18");
  await list.asked((query) => query.get("from") === "2026-01-01" && query.get("to") === "2026-06-18");
  for (const moment of await updated(list.page)) expect(shanghaiDay(moment) >= "2026-01-01").toBe(true);
});

test("a piece of a Chinese word is found and marked", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  await list.search("励政");
  expect(await list.count()).toBeGreaterThan(0);
  const marks = await list.page.locator("[data-testid=library-row] mark").allInnerTexts();
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) expect(mark).toBe("励政");
});

test("a full-width and a half-width keyword find the same @once", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?q=2026");
  const found = await list.count();
  expect(found).toBeGreaterThan(0);
  await list.show(`?q=${encodeURIComponent("２０２６")}`);
  expect(await list.count()).toBe(found);
});

test("a keyword of more than 200 characters is refused with the limit, and stays in the field", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  const list = library(await as(PARTNER));
  await list.show(`?q=${encodeURIComponent("云".repeat(201))}`);
  await expect(list.page.getByRole("alert")).toContainText(say("最多 200 个字", "at most 200 characters"));
  await expect(list.page.getByTestId("search-input")).toHaveValue(/^云{200}/);
});

test("the largest document comes first when sorted by size downwards @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  for (const [sort, order] of [["-size", -1], ["size", 1]] as const) {
    await list.show(`?sort=${sort}`);
    const bytes = (await list.column("size", "data-bytes")).map(Number);
    expect(bytes).toEqual([...bytes].sort((a, b) => (a - b) * order));
  }
});

test("the newest document comes first unless asked otherwise, and the head says so", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  const moments = await updated(list.page);
  expect(moments).toEqual([...moments].sort().reverse());
  await expect(list.page.locator("th", { has: list.page.getByTestId("sort-updated") })).toHaveAttribute("aria-sort", "descending");
});

test("the head of a column sorts by it, and turns the order when asked again @desk @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  await list.follow(list.page.getByTestId("sort-size"));
  await list.asked((query) => query.get("sort") === "-size");
  await list.follow(list.page.getByTestId("sort-size"));
  await list.asked((query) => query.get("sort") === "size");
});

test("what has no column of its own is sorted by from the menu, on a phone too @zh", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  await list.show();
  await list.page.getByTestId("sort").click();
  const menu = list.page.locator("details.sorting");
  await expect(menu.getByRole("link", { name: say("相关度", "Relevance") })).toHaveCount(0);
  await list.follow(menu.getByRole("link", { name: say("下载次数", "Downloads") }));
  await list.asked((query) => query.get("sort") === "-downloads");
  await expect(list.page.getByTestId("sort")).toContainText(say("按下载次数降序", "sorted by downloads, descending"));
  await expect(menu.getByRole("link", { name: say("下载次数", "Downloads") })).toBeHidden();
});

test("what is for some partners only can be asked for @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  const all = await list.count();
  await list.show("?audience=open");
  const open = await list.count();
  await list.show("?audience=limited");
  expect(open + (await list.count())).toBe(all);
});

test("an open menu, the focus and what is being typed outlast an answer @script @desk @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await list.page.route("**/fn/library/list*", async (route) => {
    await held;
    await route.continue();
  });
  await list.page.getByTestId("filter-format").click();
  await list.page.getByTestId("filter-format-pdf").click();
  await list.page.getByTestId("search-input").fill("云");
  release();
  await settled(list.page);
  await expect(list.page.getByTestId("filter-format")).toContainText("PDF");
  await expect(list.page.getByTestId("filter-format-xlsx")).toBeVisible();
  await expect(list.page.getByTestId("search-input")).toBeFocused();
  await expect(list.page.getByTestId("search-input")).toHaveValue("云");
  await list.page.getByTestId("search-input").press("Enter");
  await list.asked((query) => query.get("q") === "云" && query.get("format") === "pdf");
  await expect(list.page.getByTestId("filter-format-xlsx")).toBeHidden();
});

test("pages follow each other without gap or double @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?size=50");
  const seen = [...(await list.ids())];
  for (let page = 2; page <= 4; page += 1) {
    await list.follow(list.page.getByTestId("next-page"));
    seen.push(...(await list.ids()));
  }
  expect(new Set(seen).size).toBe(200);
  await list.follow(list.page.getByTestId("previous-page"));
  expect(await list.ids()).toEqual(seen.slice(100, 150));
});

test("the page size is one of four, and 20 unless asked otherwise @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  for (const [query, rows] of [["", 20], ["?size=10", 10], ["?size=50", 50], ["?size=100", 100], ["?size=7", 20], ["?size=100000", 20]] as const) {
    await list.show(query);
    const found = await list.ids();
    if (query === "?size=100000" || query === "?size=7") expect(found.length, query).toBeLessThanOrEqual(100);
    else expect(found.length, query).toBe(rows);
  }
});

test("a chip takes its filter away and leaves the others @zh", async ({ as, say }) => {
  const list = library(await as(PARTNER));
  await list.show("?category=policy&format=pdf&format=xlsx&q=2026");
  await list.follow(list.page.getByRole("link", { name: say("移除筛选：格式：PDF", "Remove filter: Format: PDF") }));
  await list.asked((query) => query.getAll("format").join() === "xlsx" && query.get("category") === "policy" && query.get("q") === "2026");
  expect(new Set(await list.column("format", "data-format"))).toEqual(new Set(["xlsx"]));
});

test("clearing the filters shows everything again @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  const all = await list.count();
  await list.show("?format=pdf&q=2026");
  await list.follow(list.page.getByTestId("clear-filters").first());
  expect(new URL(list.page.url()).search).toBe("");
  expect(await list.count()).toBe(all);
});

test("back and forward show again exactly what was there @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?format=pdf");
  await list.follow(list.page.getByTestId("next-page"));
  const second = await list.now();
  await list.rows.first().getByRole("link").first().click();
  await list.page.waitForURL(/\/support\/library\/[^/?]+$/);
  await ready(list.page);
  const detail = list.page.url();
  await list.page.goBack();
  await list.expectSame(second);
  await list.page.goForward();
  await expect(list.page).toHaveURL(detail);
  await ready(list.page);
  await expect(list.page.getByTestId("sha256")).toBeVisible();
});

test("unknown and hostile parameters are ignored @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  const plain = await list.now();
  const all = await list.count();
  for (const query of [
    "?category=nope&format=exe&sort=password_hash&page=-1",
    "?size=100000&page=0&from=2026-02-30&to=not-a-day",
    "?page=1e9&sort=-%00&format=%F0%9F%98%80&category=policy%27--",
    "?q=&q=&format[]=pdf&format[0]=pdf&__proto__=1&tenant_id=7",
    "?%FF%FE=%C0%80&&&=&from=9999-99-99",
  ]) {
    const answer = await list.show(query);
    expect(answer?.status(), query).toBe(200);
    expect(await list.count(), query).toBe(all);
    expect((await list.ids()).slice(0, 20), query).toEqual(plain.ids);
  }
});

test("a page beyond the last one is no error @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  const answer = await list.show("?page=1000000000");
  expect(answer?.status()).toBe(200);
  expect(await list.count()).toBeGreaterThan(0);
});

test("when nothing matches, the page names the way back to all documents", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show(`?q=${encodeURIComponent("没有这样的资料")}`);
  expect(await list.count()).toBe(0);
  await expect(list.rows).toHaveCount(0);
  await list.follow(list.page.getByTestId("clear-filters").last());
  expect(await list.count()).toBeGreaterThan(0);
});

test("the file that is downloaded is the one whose checksum is shown", async ({ as }) => {
  const page = await as(PARTNER);
  const list = library(page);
  await list.show("?format=pdf");
  await list.rows.first().getByRole("link").first().click();
  await page.waitForURL(/\/support\/library\/[^/?]+$/);
  await ready(page);
  const shown = (await page.getByTestId("sha256").innerText()).replace(/[^0-9a-f]/g, "");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download").first().click()]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  const bytes = await readFile(await download.path());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(shown);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
});

test("a download can be resumed, and is private @once", async ({ as }) => {
  const page = await as(PARTNER);
  const list = library(page);
  await list.show("?format=pdf&size=10");
  const address = `/support/library/${(await list.ids())[0]}/download`;
  const whole = await page.request.get(address);
  const body = await whole.body();
  expect(whole.headers()).toMatchObject({ "accept-ranges": "bytes", "x-content-type-options": "nosniff" });
  expect(whole.headers()["content-disposition"]).toMatch(/^attachment;/);
  expect(whole.headers()["cache-control"]).toMatch(/private|no-store/);
  const etag = whole.headers().etag ?? "";
  expect(etag).toMatch(/^"[^"]+"$/);

  const part = await page.request.get(address, { headers: { range: "bytes=3-12", "if-range": etag } });
  expect(part.status()).toBe(206);
  expect(await part.body()).toEqual(body.subarray(3, 13));
  expect(part.headers()["content-range"]).toBe(`bytes 3-12/${body.length}`);
  expect((await page.request.get(address, { headers: { "if-none-match": etag } })).status()).toBe(304);
  expect((await page.request.get(address, { headers: { range: `bytes=${body.length}-` } })).status()).toBe(416);
});

test("a document with several versions says what changed", async ({ as }) => {
  const page = await as(PARTNER);
  const list = library(page);
  const id = await documentWithVersions(list);
  await open(page, `/support/library/${id}`);
  await expect(page.getByTestId("what-changed").first()).not.toBeEmpty();
});

test("an unknown document and one for somebody else look the same", async ({ as, tolerate }) => {
  tolerate(/status of 404/);
  const distributor = library(await as("admin@qinghe.example"));
  const partner = library(await as(PARTNER));
  const theirs = await distributor.allIds();
  const ours = new Set(await partner.allIds());
  const foreign = theirs.filter((id) => !ours.has(id));
  expect(foreign.length, "the demo data has documents for distributors only").toBeGreaterThan(0);

  const page = partner.page;
  const seen = [];
  for (const id of [foreign[0] ?? "", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "..%2f..%2fetc%2fpasswd"]) {
    const answer = await open(page, `/support/library/${id}`);
    expect(answer?.status(), id).toBe(404);
    seen.push((await page.locator("main").innerText()).replace(/\/support\/library\/\S*/, "")); // the address differs
    expect((await page.request.get(`/support/library/${id}/download`)).status(), id).toBe(404);
  }
  expect(new Set(seen).size).toBe(1);
});

test("a withdrawn document says that it is no longer available", async ({ as, say, tolerate }) => {
  tolerate(/status of 410/);
  const editor = consoleLibrary(await as("content@vendor.example"));
  await editor.show("?state=withdrawn");
  const [id] = await editor.ids();
  const page = await as(PARTNER);
  const answer = await open(page, `/support/library/${id}`);
  expect(answer?.status()).toBe(410);
  await expect(page.locator("main")).toContainText(say("该资料已下线", "no longer available"));
  expect((await page.request.get(`/support/library/${id}/download`)).status()).toBe(410);
});

test("a company without a program is told why not, by whom and how @dark", async ({ as, tolerate }) => {
  tolerate(/status of 403/);
  const page = await as("admin@newbie.example");
  const answer = await open(page, "/support/library");
  expect(answer?.status()).toBe(403);
  const panel = page.locator("main").getByTestId("why-not");
  await expect(panel).toHaveAttribute("data-code", "PROGRAM_NEEDED");
  await expect(page.getByTestId("library-row")).toHaveCount(0);
  const fix = panel.getByTestId("why-not-fix");
  await expect(fix).toBeVisible();
  await fix.click();
  await page.waitForURL(/\/account\/programs/);
  await ready(page);
  await expect(page.locator("h1")).toBeVisible();
});

test("somebody who is not signed in signs in first and then sees what was asked for", async ({ visitor }) => {
  const page = await visitor();
  await open(page, "/support/library?format=pdf");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(new URL(page.url()).searchParams.get("next")).toBe("/support/library?format=pdf");
});

test("the slash key goes to the search field @script @once", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  await list.page.keyboard.press("/");
  await expect(list.page.getByTestId("search-input")).toBeFocused();
});

test("changing a filter keeps the rows until the new ones come @script @desk @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show();
  // Answers wait until this test lets them go: what is shown meanwhile can be looked at without hurry.
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await list.page.route("**/fn/**", async (route) => {
    await held;
    await route.continue();
  });
  const before = await list.ids();
  await list.page.getByTestId("filter-format").click();
  await list.page.getByTestId("filter-format-pdf").click();
  await expect(list.page.locator('[aria-busy="true"]')).not.toHaveCount(0);
  expect(await list.ids()).toEqual(before);
  release();
  await settled(list.page);
  await expect.poll(() => list.column("format", "data-format").then((formats) => new Set(formats).size)).toBe(1);
});

async function updated(page: Page): Promise<string[]> {
  return page.locator("[data-testid=library-row] [data-testid=cell-updated] time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
}

/** The day of a moment in the time zone of the product. */
function shanghaiDay(moment = ""): string {
  return new Date(moment).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

async function documentWithVersions(list: ReturnType<typeof library>): Promise<string> {
  await list.show("?size=100");
  for (;;) {
    const versions = (await list.texts("version")).map((text) => Number(/\d+/.exec(text)?.[0] ?? 1));
    const row = versions.findIndex((version) => version > 1);
    if (row >= 0) return (await list.ids())[row] ?? "";
    await list.follow(list.page.getByTestId("next-page"));
  }
}

// Every project marks a document of its own: they run beside each other, as the same person.
const OWN_ROW = ["zh", "en", "phone", "no-script", "dark"];

test("a favourite is found among the favourites until it is taken back @zh", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?format=pdf&sort=title");
  const id = (await list.ids())[OWN_ROW.indexOf(test.info().project.name)];
  await open(list.page, `/support/library/${id}`);
  await list.page.getByTestId("action-favourite").click();
  await expect(list.page.getByTestId("action-unfavourite")).toBeVisible();
  await list.show("?mine=favourite&size=100");
  expect(await list.ids()).toContain(id);
  await open(list.page, `/support/library/${id}`);
  await list.page.getByTestId("action-unfavourite").click();
  await expect(list.page.getByTestId("action-favourite")).toBeVisible();
  await list.show("?mine=favourite&size=100");
  expect(await list.ids()).not.toContain(id);
});

test("a document is looked at page by page, without saving it", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?format=pdf");
  const id = (await list.ids())[0];
  await open(list.page, `/support/library/${id}`);
  await list.page.getByTestId("preview").click();
  await list.page.waitForURL(/\/preview$/);
  const picture = list.page.getByTestId("preview-picture");
  await expect(picture).toBeVisible();
  if (await picture.evaluate((image: HTMLImageElement) => image.complete || image.decode().then(() => true))) {
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200);
  }
  const next = list.page.getByTestId("next-page");
  if (await next.count()) {
    await next.click();
    await list.page.waitForURL(/\/preview\?page=2$/);
    await expect(list.page.getByTestId("preview-page")).toContainText("2");
  }
});

test("the documents of a page come as one zip file", async ({ as }) => {
  const list = library(await as(PARTNER));
  await list.show("?format=xlsx&size=10");
  await list.page.getByTestId("pick-page").click();
  await settled(list.page);
  await expect(list.page.getByTestId("pick").first()).toBeChecked();
  const [download] = await Promise.all([list.page.waitForEvent("download"), list.page.getByTestId("action-pack-all").click()]);
  expect(download.suggestedFilename()).toMatch(/^library-\d{4}-\d{2}-\d{2}\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
});

test("chosen documents become favourites, and too many for one zip file are refused in words", async ({ as, say }) => {
  const list = library(await as("sa@lanhai.example"));
  await list.show("?size=10");
  const ids = (await list.ids()).slice(1, 3);
  await expect(list.page.getByTestId("batch")).toBeHidden();
  for (const id of ids) await list.page.locator(`[data-testid="library-row"][data-id="${id}"]`).getByTestId("pick").check();
  await list.page.getByTestId("action-favourite-all").click();
  await expect(list.page.getByTestId("toast")).toContainText(say("已收藏 2 份资料", "2 documents added"));
  await list.show("?mine=favourite");
  expect((await list.ids()).sort()).toEqual(expect.arrayContaining([...ids].sort()));
  await list.show("?size=100");
  await list.page.getByTestId("pick-page").click();
  await settled(list.page);
  await list.page.getByTestId("action-pack-all").click();
  await expect(list.page.getByTestId("error-summary")).toContainText(say("一次最多打包 50 份资料", "At most 50 documents"));
});
