// The way to another web site: a notice that names it, and one's own step.

import { expect, open, test } from "../fixtures";
import { library } from "../support/lists";

const PARTNER = "admin@lanhai.example";
const SITE = /^https:\/\/help\.beiyu\.example\//;

test("a link entry leads over the notice to its site, which does not learn from where", async ({ as, say, tolerate }) => {
  tolerate(/^foreign request: https:\/\/help\.beiyu\.example\//);
  const page = await as(PARTNER);
  const referers: (string | undefined)[] = [];
  await page.context().route(SITE, async (route) => {
    referers.push(route.request().headers().referer);
    await route.fulfill({ contentType: "text/html", body: "<title>elsewhere</title>" });
  });
  const list = library(page);
  await list.show(`?format=link&q=${encodeURIComponent("计费说明")}`);
  await list.rows.first().getByRole("link", { name: say("打开", "Open") }).click();
  await page.waitForURL(/\/leave\?/);
  await expect(page.getByTestId("leave-host")).toHaveText("help.beiyu.example");
  expect(referers, "nothing goes on by itself").toEqual([]);

  const [elsewhere] = await Promise.all([page.context().waitForEvent("page"), page.getByTestId("action-leave").click()]);
  await elsewhere.waitForURL(SITE);
  expect(await elsewhere.evaluate(() => window.opener).catch(() => null)).toBeNull();
  expect(referers).toEqual([undefined]);
  await elsewhere.close();

  await page.getByRole("link", { name: say("返回", "Back") }).click();
  await page.waitForURL(/\/support\/library\/[^/?]+$/);
});

test("an address that was changed leads nowhere", async ({ as, tolerate }) => {
  tolerate(/status of 403/);
  const page = await as(PARTNER);
  const answer = await open(page, "/leave?to=https%3A%2F%2Fevil.example%2F&sig=1.00");
  expect(answer?.status()).toBe(403);
  await expect(page.getByTestId("action-leave")).toHaveCount(0);
});
