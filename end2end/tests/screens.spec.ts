import type { Page } from "@playwright/test";
import { countBytes } from "../bench/browser.mjs";
import { expect, isPhone, open, settled, test } from "../fixtures";
import { axe, NARROW, overhang, shot } from "../support/looks";
import { pathOf, SCREENS, type Screen } from "../support/screens";

// Over the wire, answer heads included, for somebody whose browser has nothing of ours yet.
const FIRST_LOAD_BYTES_MAX = 200_000;
// Above the aim: what these take today, which may not grow. The preview counts the picture of its page.
const ABOVE: Record<string, number> = {
  "03-preview": 282_500,
};

for (const screen of SCREENS) {
  test(`everybody can use ${screen.name}`, async ({ as, visitor, tolerate }) => {
    if (screen.status) tolerate(new RegExp(`status of ${screen.status}`));
    const page = screen.who ? await as(screen.who) : await visitor();
    const path = await pathOf(screen, page);
    // Bytes do not depend on language, size or theme: they are counted where most is looked at.
    const visited = test.info().project.name === "zh" ? staysWithinBudget : visit;
    expect(await visited(page, path, screen)).toBe(screen.status ?? 200);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page).toHaveTitle(/\S/);
    await axe(page);
    if (isPhone()) {
      await page.setViewportSize(NARROW);
      expect(await overhang(page), "nothing scrolls sideways at 320 px").toEqual([]);
    } else {
      await shot(page, screen.name);
    }
  });
}

/** Gives the status that the page was answered with. */
async function visit(page: Page, path: string): Promise<number> {
  const answer = await open(page, path);
  await settled(page);
  return answer?.status() ?? 0;
}

/** A first visit, with the bytes counted where they arrive: encoded by the server, decoded by nobody yet. */
async function staysWithinBudget(page: Page, path: string, screen: Screen): Promise<number> {
  await forgetFiles(page);
  let status = 0;
  const bytes = await countBytes(page, async () => {
    status = await visit(page, path);
    await page.waitForLoadState("networkidle");
  });
  test.info().annotations.push({ type: "bytes", description: JSON.stringify(bytes) });
  expect(bytes.wasm, "the page comes with its script").toBeGreaterThan(0);
  const largest = bytes.files.slice(0, 5).map((file) => `${file.bytes} ${file.address}`);
  expect(bytes.total, largest.join("\n")).toBeLessThanOrEqual(ABOVE[screen.name] ?? FIRST_LOAD_BYTES_MAX);
  return status;
}

/** The person stays signed in, in a browser that has loaded nothing yet. */
async function forgetFiles(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.detach();
}
