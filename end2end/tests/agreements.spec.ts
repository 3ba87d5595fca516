// Agreements: the vendor publishes a mandatory one for the partners of a program; nothing else opens there until an administrator accepts it.

import { expect, open, ready, settled, test } from "../fixtures";

const ADMIN = "admin@zhisuan.example";
const OPERATIONS = "operations@vendor.example";

/** Servers may be shared by languages and sizes: each run publishes an agreement of its own. */
function ownKey(): string {
  return `e2e-${Date.now().toString(36)}`;
}

test("a mandatory agreement is read and accepted before anything else, and leads on to where one wanted to go", async ({ as, say }) => {
  const vendor = await as(OPERATIONS);
  await open(vendor, "/console/agreements/new");
  await vendor.locator("#key").fill(ownKey());
  await vendor.locator("#title_zh").fill("采购数据协议");
  await vendor.locator("#title_en").fill("Procurement data terms");
  await vendor.locator("#text_zh").fill("第一条\n\n第二条");
  await vendor.locator("#text_en").fill("First\n\nSecond");
  await vendor.locator('input[value="ei_procurement"]').check();
  await vendor.locator('input[name="mandatory"]').check();
  await vendor.getByTestId("action-save").click();
  await expect(vendor.getByTestId("state").first()).toHaveAttribute("data-state", "draft");
  await vendor.getByTestId("action-publish").click();
  await expect(vendor.getByTestId("state").first()).toHaveAttribute("data-state", "published");
  const waiting = vendor.getByTestId("console-acceptances-row").filter({ hasText: "智算" });
  await expect(waiting.getByTestId("state")).toHaveAttribute("data-state", "pending");

  const admin = await as(ADMIN);
  await admin.goto("/support/library?format=pdf");
  await ready(admin);
  await expect(admin).toHaveURL(/\/agreements\/[0-9a-z]+\?next=/);
  await expect(admin.getByTestId("blocking")).toBeVisible();
  await expect(admin.getByTestId("agreement-text")).toContainText(say("第二条", "Second"));
  await open(admin, "/messages");
  await expect(admin).toHaveURL(/\/messages$/);
  await admin.goto("/support/library?format=pdf");
  await ready(admin);
  await admin.locator("#agree").check();
  await admin.getByTestId("action-accept").click();
  await expect(admin).toHaveURL(/\/support\/library\?format=pdf$/);
  await ready(admin);
  await settled(admin);
  await expect(admin.getByTestId("toast")).toBeVisible();

  await open(admin, "/agreements");
  const row = admin.getByTestId("agreements-row").filter({ hasText: say("采购数据协议", "Procurement data terms") }).first();
  await expect(row.getByTestId("state")).toHaveAttribute("data-state", "accepted");
  await row.getByRole("link").click();
  await expect(admin.getByTestId("accepted-sha256")).toHaveText(await admin.getByTestId("sha256").innerText());
  await vendor.reload();
  await expect(waiting.getByTestId("state")).toHaveAttribute("data-state", "accepted");
});

test("a page that is open when an agreement is published leads to it with its next step @script @desk @zh", async ({ as, tolerate }) => {
  tolerate(/403/);
  const admin = await as(ADMIN);
  await open(admin, "/support/library");
  const vendor = await as(OPERATIONS);
  await open(vendor, "/console/agreements/new");
  const typed = { key: ownKey(), title_zh: "再签协议", title_en: "Once more", text_zh: "一", text_en: "one" };
  for (const [field, words] of Object.entries(typed)) await vendor.locator(`#${field}`).fill(words);
  await vendor.locator('input[value="ei_procurement"]').check();
  await vendor.locator('input[name="mandatory"]').check();
  await vendor.getByTestId("action-save").click();
  await vendor.getByTestId("action-publish").click();
  await expect(vendor.getByTestId("state").first()).toHaveAttribute("data-state", "published");
  const option = admin.getByTestId("filter-format-xlsx");
  if (!(await option.isVisible())) await admin.getByTestId("filter-format").click();
  // The page leaves before the box is seen ticked.
  await option.click();
  await expect(admin).toHaveURL(/\/agreements\/[0-9a-z]+\?next=/);
  await ready(admin);
  await admin.locator("#agree").check();
  await admin.getByTestId("action-accept").click();
  await expect(admin).toHaveURL(/\/support\/library/);
});

test("an optional agreement waits on home and closes nothing", async ({ as }) => {
  const admin = await as("admin@fuwu.example");
  await open(admin, "/");
  const todo = admin.locator('[data-todo="agreement"]');
  if ((await todo.count()) > 0) {
    await todo.getByRole("link").click();
    await expect(admin.getByTestId("state").first()).toHaveAttribute("data-state", "pending");
    await admin.locator("#agree").check();
    await admin.getByTestId("action-accept").click();
    await expect(admin.getByTestId("state").first()).toHaveAttribute("data-state", "accepted");
  }
  await open(admin, "/");
  await expect(admin.locator('[data-todo="agreement"]')).toHaveCount(0);
});
