import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, hasScript, languageNow, open, ready, test } from "../fixtures";
import { file, pdf } from "../support/files";
import { consoleDownloads, consoleLibrary, library } from "../support/lists";

const EDITOR = "content@vendor.example";
const PARTNER = "admin@lanhai.example";

test("what an editor publishes is found, read and downloaded by a partner @dark", async ({ as }) => {
  const title = titled("云上灾备方案");
  const path = await pdf("灾备.pdf", title, "同城双活与异地灾备的分工，以及演练的步骤。");
  const editor = await as(EDITOR);
  await upload(editor, { file: path, title, summary: "怎样分工，怎样演练。", category: "product_solution/solution" });
  await publish(editor);

  const partner = await as(PARTNER);
  const list = library(partner);
  await list.show(`?q=${encodeURIComponent(title)}`);
  expect(await list.count()).toBe(1);
  expect(await list.column("category", "data-category")).toEqual(["product_solution/solution"]);
  await list.rows.first().getByRole("link", { name: title }).first().click();
  await partner.waitForURL(/\/support\/library\/[^/?]+$/);
  await ready(partner);
  const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
  await expect(partner.getByTestId("sha256")).toContainText(sha256);
  const [download] = await Promise.all([partner.waitForEvent("download"), partner.getByTestId("download").first().click()]);
  expect(createHash("sha256").update(readFileSync(await download.path())).digest("hex")).toBe(sha256);
});

test("what is typed into a long form comes back, and can be thrown away", async ({ as, say }) => {
  const title = titled("草稿");
  const page = await as(EDITOR);
  await upload(page, { file: await pdf("draft.pdf", title, "一页。"), title, summary: "", category: "business_support/guide" });
  const edit = `${new URL(page.url()).pathname}/edit`;
  await open(page, edit);
  await page.locator("[name=title]").fill(`${title} 改`);
  if (hasScript()) {
    await expect(page.getByTestId("draft-state")).toHaveText(say("已自动暂存", "Kept by itself"));
  } else {
    await page.getByTestId("draft-keep").click();
  }
  await open(page, "/console/library");
  await open(page, edit);
  await expect(page.locator("[name=title]")).toHaveValue(`${title} 改`);
  await page.getByTestId("draft-discard").click();
  await ready(page);
  await expect(page.locator("[name=title]")).toHaveValue(title);
  await page.locator("[name=title]").fill(`${title} 再改`);
  await page.getByTestId("action-save").click();
  await page.waitForURL((address) => address.pathname !== edit);
  await open(page, edit);
  await expect(page.getByTestId("draft-discard")).toHaveCount(0);
  await expect(page.locator("[name=title]")).toHaveValue(`${title} 再改`);
});

test("words inside a published file are found once they have been read", async ({ as }) => {
  const word = `灯塔${languageNow()}${test.info().project.name.length}号`;
  const title = titled("海图");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("chart.pdf", title, `这一页提到${word}。`), title, summary: "", category: "business_support/guide" });
  await publish(editor);
  const list = library(await as(PARTNER));
  await expect(async () => {
    await list.show(`?q=${encodeURIComponent(word)}`);
    expect(await list.count()).toBe(1);
  }).toPass(); // the text is read in the background
  await expect(list.rows.first()).toContainText(title);
});

test("a large upload shows how far it is @script @once", async ({ as }) => {
  const page = await as(EDITOR);
  await open(page, "/console/library/new");
  await page.locator("input[type=file]").setInputFiles(file("大表.txt", "一行文字\n".repeat(2_000_000)));
  await page.locator("[name=title]").fill(titled("大表"));
  await page.locator("[name=category]").selectOption("business_support/template");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 8_000_000 });
  await page.getByTestId("action-save").click();
  const progress = page.getByTestId("upload-progress");
  await expect(progress).toBeVisible();
  await expect.poll(async () => Number((await progress.getAttribute("value", { timeout: 1000 }).catch(() => "0")) ?? 0)).toBeGreaterThan(0);
  await page.waitForURL(/\/console\/library\/[^/?]+$/);
});

test("a new version says what changed, and the partner reads it", async ({ as }) => {
  const title = titled("价目表");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("prices.pdf", title, "第一版"), title, summary: "", category: "policy/program" });
  await publish(editor);
  const second = await pdf("prices.pdf", title, "第二版，含下半年价格");
  await replace(editor, second, "增加下半年价格");
  await expect(editor.getByTestId("console-library-versions-row").first().getByTestId("what-changed")).toHaveText("增加下半年价格");

  const partner = await as(PARTNER);
  const list = library(partner);
  await list.show(`?q=${encodeURIComponent(title)}`);
  const [id] = await list.ids();
  await open(partner, `/support/library/${id}`);
  await expect(partner.getByTestId("what-changed").first()).toContainText("增加下半年价格");
  await expect(partner.getByTestId("sha256")).toContainText(createHash("sha256").update(readFileSync(second)).digest("hex"));
});

test("an editor sees a draft as partners will, and says when its content holds", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  const title = titled("下半年政策");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("second-half.pdf", title, "下半年"), title, summary: "", category: "policy" });
  const address = new URL(editor.url()).pathname;
  await open(editor, `${address}/edit`);
  await editor.locator("[name=effective_from]").fill("2027-07-01");
  await editor.locator("[name=effective_until]").fill("2027-06-30");
  await editor.getByTestId("action-save").click();
  await expect(editor.getByTestId("error-summary")).toBeVisible();
  await expect(editor.locator("#effective_until-error")).toContainText(say("早于", "before the first"));
  await editor.locator("[name=effective_until]").fill("2027-12-31");
  await editor.getByTestId("action-save").click();
  await editor.waitForURL((url) => url.pathname === address);
  await ready(editor);
  await expect(editor.getByTestId("holds")).toHaveText(say("未生效", "Not yet"));

  await editor.getByTestId("open-as-partner").click();
  await ready(editor);
  await expect(editor.getByTestId("as-partner")).toBeVisible();
  await expect(editor.getByTestId("effective")).toContainText("2027-07-01");
  await expect(editor.getByTestId("action-favourite")).toHaveCount(0);
  const [download] = await Promise.all([editor.waitForEvent("download"), editor.getByTestId("download").click()]);
  expect(download.suggestedFilename()).toContain("second-half");
});

test("a withdrawn document leaves the partner's list and comes back when published again", async ({ as, tolerate }) => {
  tolerate(/status of 410/);
  const title = titled("临时通知");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("notice.pdf", title, "通知"), title, summary: "", category: "policy" });
  await publish(editor);
  const address = editor.url();
  const id = address.split("/").at(-1);
  await move(editor, "withdraw", "withdrawn");

  const partner = await as(PARTNER);
  const list = library(partner);
  await list.show(`?q=${encodeURIComponent(title)}`);
  expect(await list.count()).toBe(0);
  expect((await partner.goto(`/support/library/${id}`))?.status()).toBe(410);

  await open(editor, address);
  await publish(editor);
  expect((await partner.goto(`/support/library/${id}`))?.status()).toBe(200);
});

test("who downloaded which version is written down", async ({ as }) => {
  const title = titled("下载记录");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("log.pdf", title, "谁下载了"), title, summary: "", category: "business_support" });
  await publish(editor);
  const id = editor.url().split("/").at(-1);
  const partner = await as("finance@lanhai.example");
  expect((await partner.request.get(`/support/library/${id}/download`)).status()).toBe(200);

  const log = consoleDownloads(editor);
  await log.show(`?q=${encodeURIComponent(title)}`);
  expect(await log.count()).toBe(1);
  await expect(log.rows.first()).toContainText("林晓雯");
  await expect(log.rows.first()).toContainText("澜海");
});

test("an empty file is refused, and what was typed stays", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  await expectRefused(await as(EDITOR), file("空.pdf", ""), say("文件是空的", "file is empty"));
});

test("a file that is not what its name says is refused, and what was typed stays", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  await expectRefused(await as(EDITOR), file("合同.pdf", "MZ this is no PDF"), say("与其扩展名不符", "doesn't match"));
});

test("a title that is missing is named, and the file is not filed", async ({ as, tolerate }) => {
  tolerate(/status of 422/);
  const page = await as(EDITOR);
  const list = consoleLibrary(page);
  await list.show();
  const before = await list.count();
  await open(page, "/console/library/new");
  await page.locator("form:has(input[type=file])").evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.locator("input[type=file]").setInputFiles(await pdf("x.pdf", "x", "x"));
  await page.locator("[name=summary]").fill("只有摘要");
  await page.getByTestId("action-save").click();
  await expect(page.getByTestId("error-summary")).toBeVisible();
  await expect(page.locator("[name=title]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=summary]")).toHaveValue("只有摘要");
  await list.show();
  expect(await list.count()).toBe(before);
});

test("a document for distributors is not there for a solution provider @zh", async ({ as, tolerate }) => {
  tolerate(/status of 404/);
  const title = titled("总经销商价格");
  const editor = await as(EDITOR);
  await upload(editor, { file: await pdf("d.pdf", title, "价格"), title, summary: "", category: "policy/program", identities: ["distributor"] });
  await publish(editor);
  const id = editor.url().split("/").at(-1);
  const distributor = library(await as("admin@qinghe.example"));
  await distributor.show(`?q=${encodeURIComponent(title)}`);
  expect(await distributor.count()).toBe(1);
  const provider = library(await as(PARTNER));
  await provider.show(`?q=${encodeURIComponent(title)}`);
  expect(await provider.count()).toBe(0);
  expect((await provider.page.goto(`/support/library/${id}`))?.status()).toBe(404);
});

test("a partner cannot open the console's pages or do its acts @once", async ({ as, server, tolerate }) => {
  tolerate(/status of 403/);
  const page = await as(PARTNER);
  for (const path of ["/console", "/console/library", "/console/library/new", "/console/downloads"]) {
    expect((await open(page, path))?.status(), path).toBe(403);
    await expect(page.locator("main").getByTestId("why-not")).toHaveAttribute("data-code", "OTHER_SIDE");
  }
  const answer = await page.request.post("/fn/library/upload", { headers: { origin: server.url }, multipart: { title: "x" } });
  expect(answer.status()).toBe(403);
});

// --- how an editor works ---

type Upload = { file: string; title: string; summary: string; category: string; identities?: string[] };

/** Fills the form of a new document and sends it; comes back on the page of the draft. */
async function upload(page: Page, { file, title, summary, category, identities = [] }: Upload) {
  await open(page, "/console/library/new");
  await page.locator("input[type=file]").setInputFiles(file);
  await page.locator("[name=title]").fill(title);
  await page.locator("[name=summary]").fill(summary);
  await page.locator("[name=category]").selectOption(category);
  for (const identity of identities) await page.locator(`[name="audience_identity[]"][value=${identity}]`).check();
  await page.getByTestId("action-save").click();
  await page.waitForURL((url) => /^\/console\/library\/(?!new)[^/]+$/.test(url.pathname));
  await ready(page);
}

async function publish(page: Page) {
  await move(page, "publish", "published");
}

/** A step asks once more, naming the document and what follows. */
async function move(page: Page, step: string, state: string) {
  await page.getByTestId(`open-${step}`).click();
  // By script the question stands over the page, otherwise it is a page.
  if (!hasScript()) {
    await page.waitForURL(new RegExp(`/${step}$`));
    await ready(page);
  }
  await page.getByTestId("dialog").getByTestId(`action-${step}`).click();
  await page.waitForURL(/\/console\/library\/[^/]+$/);
  await ready(page);
  await expect(page.getByTestId("state").first()).toHaveAttribute("data-state", state);
}

async function replace(page: Page, path: string, whatChanged: string) {
  await page.getByTestId("open-replace").click();
  await page.waitForURL(/\/replace$/);
  await ready(page);
  await page.locator("input[type=file]").setInputFiles(path);
  await page.locator("[name=what_changed]").fill(whatChanged);
  await page.getByTestId("action-replace").click();
  await page.waitForURL(/\/console\/library\/[^/]+$/);
  await ready(page);
}

async function expectRefused(page: Page, path: string, sentence: string) {
  const list = consoleLibrary(page);
  await list.show();
  const before = await list.count();
  const title = titled("不应保存");
  await open(page, "/console/library/new");
  await page.locator("input[type=file]").setInputFiles(path);
  await page.locator("[name=title]").fill(title);
  await page.locator("[name=summary]").fill("摘要要留下");
  await page.locator("[name=category]").selectOption("policy/program");
  await page.getByTestId("action-save").click();
  await expect(page.getByRole("alert").first()).toContainText(sentence);
  await expect(page.locator("[name=title]")).toHaveValue(title);
  await expect(page.locator("[name=summary]")).toHaveValue("摘要要留下");
  await expect(page.locator("[name=category]")).toHaveValue("policy/program");
  await list.show();
  expect(await list.count()).toBe(before);
}

/** A title of this test run's own: the projects share nothing, but a repeated run of one test does. */
function titled(title: string): string {
  return `${title}${test.info().project.name}${test.info().repeatEachIndex}`;
}
