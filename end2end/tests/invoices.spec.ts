// Invoices: a partner asks for one, finance issues it, sends it or takes it back, and the partner sees each of it; one invoice information is
// valid, and the ways to another title are explained and begun.

import { expect, open, ready, settled, test } from "../fixtures";
import { ListPage } from "../support/lists";
import type { Page } from "@playwright/test";

const CLERK = "finance@lanhai.example";
const YUNFAN = "admin@yunfan.example";
const FINANCE = "finance@vendor.example";
const SUPPORT = "support@vendor.example";
const PATH = "/sales/invoices";
const INFORMATION = `${PATH}/information`;

/** Before the demo date: what tests add comes later. */
const EARLIER = "?from=2025-01-01&to=2026-06-17";

/** A small document that is a PDF to whoever looks at it. */
const PROOF = { name: "关系证明.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n") };

function requests(page: Page) {
  return new ListPage(page, PATH, "invoice-requests");
}

function state(page: Page) {
  return page.locator("main h1 ~ [data-testid=state], .title-row [data-testid=state]").first();
}

/** A number that no other invoice has. */
function number(): string {
  return `2633${Date.now()}${Math.floor(Math.random() * 1000)}`;
}

/** Fills in the form as a person does; gives the id of the request. */
async function ask(page: Page, amount: string, title?: string): Promise<string> {
  await open(page, `${PATH}/new`);
  await settled(page);
  if (title) await page.locator("#information").selectOption({ label: title });
  await page.locator("input[name=by][value=amount]").check();
  await page.locator("#amount").fill(amount);
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/\/invoices\/[0-9a-z]{26}$/);
  await ready(page);
  await expect(state(page)).toHaveAttribute("data-state", "submitted");
  return page.url().split("/").at(-1) as string;
}

async function act(page: Page, path: string, step: string, fill: Record<string, string> = {}) {
  await open(page, path);
  await settled(page);
  for (const [field, value] of Object.entries(fill)) await page.locator(`#${field}`).fill(value);
  await page.getByTestId(`action-${step}`).click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await ready(page);
}

test("what can be invoiced adds up, and requests are in every state", async ({ as, say }) => {
  const page = await as(CLERK);
  const list = requests(page);
  await list.show(EARLIER);
  const amount = (name: string) => page.getByTestId(`amount-${name}`).getAttribute("data-amount");
  expect(await amount("paid")).toBe(await amount("invoiced"));
  expect(await amount("owed")).toBe("52180.00");
  expect(await amount("invoiceable")).toBe("0.00");
  const owed = await page.getByTestId("owed-invoices-row").getByTestId("cell-amount").evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.amount));
  expect(owed.sort()).toEqual(["14000.00", "18180.00", "20000.00"]);
  for (const key of ["submitted", "issued", "sent", "rejected", "cancelled", "return_review", "returned"]) {
    await expect(page.getByTestId(`pill-${key}`)).toBeVisible();
  }
  await list.show(`${EARLIER}&state=sent&size=100`);
  expect(await list.count()).toBe(3);
  await expect(list.rows.first()).toContainText(say("快递单号", "Courier number"));
});

test("invoices of sellers have a tab of their own, which says when they come", async ({ as, say }) => {
  const page = await as(CLERK);
  await requests(page).show();
  await page.getByTestId("tab-seller").click();
  await page.waitForURL(/\?tab=seller$/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("no-sellers")).toContainText(say("云商店订单", "marketplace orders"));
  await expect(page.getByTestId("invoice-requests-row")).toHaveCount(0);
  await page.getByTestId("open-information").click();
  await page.waitForURL(/\/information\?tab=seller$/);
  await ready(page);
  await expect(page.getByTestId("tab-seller")).toHaveAttribute("aria-current", "page");
  await requests(page).show("?tab=seller");
  await page.getByTestId("tab-vendor").click();
  await page.waitForURL(/\/sales\/invoices$/);
  await ready(page);
  await settled(page);
  await expect(page.getByTestId("invoice-requests-row").first()).toBeVisible();
});

test("a request goes from the form to the invoice and back, and its partner sees each step", async ({ as, say }) => {
  const [page, finance] = [await as(YUNFAN), await as(FINANCE)];
  const id = await ask(page, "1200.00");
  const [own, theirs, invoice] = [`${PATH}/${id}`, `/console/invoices/${id}`, number()];
  await expect(page.getByTestId("waits-for")).toContainText(say("财务开具", "Finance issues it"));
  await expect(page.getByTestId("snapshot")).toContainText("91320500MA0000YF0N");
  await new ListPage(finance, "/console/invoices", "console-invoice-requests").show();
  await expect(finance.locator(`[data-testid=console-invoice-requests-row][data-id="${id}"]`)).toBeVisible();
  await act(finance, theirs, "issue", { number: invoice });
  await open(page, own);
  await settled(page);
  await expect(state(page)).toHaveAttribute("data-state", "issued");
  await expect(page.getByTestId("waits-for")).toContainText(invoice);
  await act(page, own, "return", { reason: "项目名称须分列" });
  await expect(state(page)).toHaveAttribute("data-state", "return_review");
  await act(finance, theirs, "refuse-return", { reason: "发票内容与合同一致" });
  await act(page, own, "return", { reason: "抬头须更换" });
  await act(finance, theirs, "accept-return");
  await open(page, own);
  await settled(page);
  await expect(state(page)).toHaveAttribute("data-state", "returned");
  await expect(page.getByTestId("open-again")).toBeVisible();
  await open(page, "/messages?topic=invoice");
  await settled(page);
  await expect(page.getByRole("main")).toContainText(say("已退票", "returned"));
});

test("paper is sent with the number of its courier, below a hundred at the partner's cost", async ({ as, say }) => {
  const [page, finance] = [await as(YUNFAN), await as(FINANCE)];
  const id = await ask(page, "88.00", say("苏州云帆信息技术有限公司吴江分公司 · 增值税普通发票", "苏州云帆信息技术有限公司吴江分公司 · Ordinary VAT invoice"));
  await expect(page.getByTestId("own-cost")).toBeVisible();
  await act(finance, `/console/invoices/${id}`, "issue", { number: number() });
  await new ListPage(finance, "/console/invoices", "console-invoice-requests").show("?tab=post");
  await expect(finance.locator(`[data-testid=console-invoice-requests-row][data-id="${id}"]`)).toBeVisible();
  await act(finance, `/console/invoices/${id}`, "send", { courier: "SF1234567890123" });
  await open(page, `${PATH}/${id}`);
  await settled(page);
  await expect(state(page)).toHaveAttribute("data-state", "sent");
  await expect(page.getByTestId("waits-for")).toContainText("SF1234567890123");
});

test("too much is refused with what there is; a rejected request says why and is made again; one may cancel", async ({ as, say, tolerate }) => {
  tolerate(/status of 422/);
  const [page, finance] = [await as(YUNFAN), await as(FINANCE)];
  await open(page, `${PATH}/new`);
  await page.locator("input[name=by][value=amount]").check();
  await page.locator("#amount").fill("99999999.00");
  await page.getByTestId("action-submit").click();
  await expect(page.getByTestId("error-summary")).toHaveAttribute("data-code", "AMOUNT_EXCEEDS");
  await expect(page.locator("#amount")).toHaveValue("99999999.00");
  const id = await ask(page, "15.50");
  await act(finance, `/console/invoices/${id}`, "reject", { reason: "请补充开户银行" });
  await open(page, "/");
  await expect(page.getByTestId("to-do")).toContainText(say("开票申请被驳回", "An invoice request was rejected"));
  await open(page, `${PATH}/${id}`);
  await settled(page);
  await expect(page.getByTestId("waits-for")).toContainText("请补充开户银行");
  await page.getByTestId("open-again").click();
  await page.waitForURL(/again=/);
  await ready(page);
  await expect(page.locator("#amount")).toHaveValue("15.50");
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/\/invoices\/[0-9a-z]{26}$/);
  await ready(page);
  await page.getByTestId("action-cancel").click();
  await expect(page.getByTestId("toast")).toContainText(say("已撤销开票申请", "Request cancelled"));
  await expect(state(page)).toHaveAttribute("data-state", "cancelled");
});

test("one information is valid: why there is no other, both ways to another title, and a proof that support reads", async ({ as, say }) => {
  const [page, support] = [await as(CLERK), await as(SUPPORT)];
  await open(page, INFORMATION);
  await settled(page);
  await expect(page.getByTestId("invoice-information-row").first()).toBeVisible();
  await expect(page.getByTestId("why-not")).toHaveAttribute("data-code", "ONE_VALID_ONLY");
  await expect(page.getByTestId("why-not")).toContainText(say("2020 年 8 月 1 日", "2020-08-01"));
  await expect(page.getByTestId("open-account")).toBeVisible();
  await page.getByTestId("open-title").click();
  await page.waitForURL(/\/information\/title/);
  await ready(page);
  await page.locator("#title").fill("宁波远桥科技有限公司");
  await page.locator("#tax_no").fill("91330108MA0000LH03");
  await page.locator("#reason").fill("由子公司统一承担费用");
  await page.locator("#file").setInputFiles(PROOF);
  await page.getByTestId("action-submit").click();
  await page.waitForURL(/\/information$/);
  await ready(page);
  await expect(page.getByTestId("invoice-reviews-row").first().getByTestId("state")).toHaveAttribute("data-state", "submitted");
  const queue = new ListPage(support, "/console/invoices/information", "console-invoice-information");
  await queue.show("?sort=-at");
  const id = (await queue.ids())[0];
  await open(support, `/console/invoices/information/${id}`);
  await settled(support);
  const proof = await support.request.get((await support.getByTestId("evidence").getAttribute("href")) as string);
  expect((await proof.body()).equals(PROOF.buffer)).toBe(true);
  await act(support, `/console/invoices/information/${id}`, "refuse", { reason: "证明缺少对方公章" });
  await open(page, INFORMATION);
  await settled(page);
  await expect(page.getByTestId("invoice-reviews-row").first()).toContainText("证明缺少对方公章");
});

test("an information is changed with a reason, its versions stay, and a second change goes to support", async ({ as, say }) => {
  const [page, support] = [await as("admin@qinghe.example"), await as(SUPPORT)];
  await open(page, INFORMATION);
  await settled(page);
  const change = async (recipient: string, soon: boolean) => {
    await page.getByTestId("open-change").first().click();
    await page.waitForURL(/\/information\/[0-9a-z]{26}$/);
    await ready(page);
    await page.locator("#recipient").fill(recipient);
    await page.locator("#reason").fill("收票邮箱变更");
    if (soon) await page.locator("#review").check();
    await page.getByTestId("action-save").click();
    await page.waitForURL(/\/information$/);
    await ready(page);
  };
  await change("first@qinghe.example", false);
  await change("second@qinghe.example", true);
  await expect(page.getByTestId("invoice-information-row").first().getByTestId("state")).toHaveAttribute("data-state", "change_review");
  const queue = new ListPage(support, "/console/invoices/information", "console-invoice-information");
  await queue.show("?tab=changes");
  await open(support, `/console/invoices/information/${(await queue.ids())[0]}`);
  await settled(support);
  await expect(support.getByTestId("changes-table")).toContainText("second@qinghe.example");
  await support.getByTestId("action-grant").click();
  await expect(support.getByTestId("toast")).toContainText(say("已批准", "Granted"));
  await open(page, INFORMATION);
  await page.getByTestId("invoice-information-row").first().locator("a.row-link").click();
  await page.waitForURL(/\/information\/[0-9a-z]{26}$/);
  await ready(page);
  await expect(page.getByTestId("version")).toHaveCount(3);
  await expect(page.locator("#recipient")).toHaveValue("second@qinghe.example");
});
