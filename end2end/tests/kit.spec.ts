// The gallery's own parts that only a browser can try.

import { expect, open, test } from "../fixtures";

const PARTNER = "admin@lanhai.example";

test("a link to pass on is copied, or selected where the browser does not allow that @script", async ({ as, say }) => {
  const page = await as(PARTNER);
  const card = page.locator(".link-card").filter({ has: page.getByRole("button", { name: say("复制链接", "Copy the link") }) });
  const [button, field] = [card.getByRole("button"), card.getByRole("textbox")];
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/kit");
  await button.click();
  await expect(card.getByRole("status")).toHaveText(say("链接已复制", "Link copied"));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());

  await page.context().clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  await button.click();
  await expect(card.getByRole("status")).toContainText(say("浏览器不允许复制", "does not let it be copied"));
  const selected = await field.evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0));
  expect(selected).toBe(await field.inputValue());
});
