// Bytes of a first visit, counted where they arrive: encoded by the server, decoded by nobody yet.

import { countBytes } from "../bench/browser.mjs";
import { expect, open, settled, test } from "../fixtures";
import { SCREENS } from "../support/screens";

// Over the wire, answer heads included.
const FIRST_LOAD_BYTES_MAX = 200_000;
// Above the aim: what these take today, which may not grow. The preview counts the picture of its page.
const ABOVE: Record<string, number> = {
  "03-preview": 282_500,
};

for (const screen of SCREENS) {
  test(`the first visit of ${screen.name} stays within the budget of bytes @once @script`, async ({ as, visitor, tolerate }) => {
    if (screen.status) tolerate(new RegExp(`status of ${screen.status}`));
    let path = screen.path;
    if (typeof path !== "string") path = await path(await as(screen.who ?? "admin@lanhai.example"));
    const page = screen.who ? await freshBrowserOf(await as(screen.who)) : await visitor();
    const bytes = await countBytes(page, async () => {
      await open(page, path);
      await settled(page);
      await page.waitForLoadState("networkidle");
    });
    test.info().annotations.push({ type: "bytes", description: JSON.stringify(bytes) });
    expect(bytes.wasm, "the page comes with its script").toBeGreaterThan(0);
    const largest = bytes.files.slice(0, 5).map((file) => `${file.bytes} ${file.address}`);
    expect(bytes.total, largest.join("\n")).toBeLessThanOrEqual(ABOVE[screen.name] ?? FIRST_LOAD_BYTES_MAX);
  });
}

/** The same person in a browser that has loaded nothing yet. */
async function freshBrowserOf(page: import("@playwright/test").Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.detach();
  return page;
}
