// What a person's browser measures: bytes, filtering, hydration.

/** @typedef {import("@playwright/test").Browser} Browser */
/** @typedef {import("@playwright/test").Cookie[]} Cookies */

const PASSWORD = "partner-demo";
const FILTER_CLICKS = 31;
const VISITS = 5;
const SLOW = { processor: 4, bitsPerSecond: 1_600_000, latencyMs: 150 };
const DESK = { viewport: { width: 1440, height: 900 }, locale: "zh-CN" };

/**
 * The cookies of a person, after the real sign-in form.
 * @param {Browser} browser
 * @param {string} url
 * @param {string} email
 */
export async function signedInCookies(browser, url, email) {
  const context = await browser.newContext({ ...DESK, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.locator("input[name=email]:not([type=hidden])").fill(email);
  await page.locator("input[name=password]:not([type=hidden])").fill(PASSWORD);
  await page.locator("input[name=password]:not([type=hidden])").press("Enter");
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/**
 * Bytes that came over the wire for a first visit until the page is hydrated and quiet, by type.
 * @param {Browser} browser
 * @param {string} url
 * @param {string} path
 * @param {Cookies} cookies
 */
export async function firstLoad(browser, url, path, cookies) {
  const context = await browser.newContext(DESK);
  await context.addCookies(cookies);
  const page = await context.newPage();
  const measured = await countBytes(page, async () => {
    await page.goto(url + path);
    await page.locator("html[data-ready]").waitFor({ state: "attached" });
    await page.waitForLoadState("networkidle");
  });
  await context.close();
  return measured;
}

/**
 * Counts the encoded bytes of everything that `page` receives during `visit`, heads included.
 * @param {import("@playwright/test").Page} page
 * @param {() => Promise<unknown>} visit
 */
export async function countBytes(page, visit) {
  const bytes = { document: 0, wasm: 0, script: 0, style: 0, other: 0, total: 0 };
  /** @type {Map<string, keyof typeof bytes>} */
  const kinds = new Map();
  /** @type {Map<string, string>} */
  const addresses = new Map();
  /** @type {{ address: string, bytes: number }[]} */
  const files = [];
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, response, type }) => {
    addresses.set(requestId, response.url);
    kinds.set(
      requestId,
      response.mimeType === "application/wasm" ? "wasm" : type === "Document" ? "document" : type === "Script" ? "script" : type === "Stylesheet" ? "style" : "other",
    );
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) ?? "other"] += encodedDataLength;
    bytes.total += encodedDataLength;
    files.push({ address: addresses.get(requestId) ?? "", bytes: encodedDataLength });
  });
  await visit();
  await session.detach();
  return { ...bytes, files: files.sort((a, b) => b.bytes - a.bytes) };
}

/**
 * Milliseconds from a click on a format filter to the frame that shows the other rows, many times.
 * @param {Browser} browser
 * @param {string} url
 * @param {Cookies} cookies
 */
export async function filterMs(browser, url, cookies) {
  const context = await browser.newContext(DESK);
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${url}/support/library`);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  const times = [];
  for (let click = 0; click <= FILTER_CLICKS; click += 1) {
    const time = await page.evaluate(clickToPaint, '[data-testid="filter-format-pdf"]');
    if (click > 0) times.push(time); // the first one warms up
  }
  await context.close();
  return times;
}

/**
 * Runs in the page: clicks, waits until the count has changed and nothing is busy, then for the next painted frame.
 * @param {string} selector
 * @returns {Promise<number>}
 */
function clickToPaint(selector) {
  const shown = () => document.querySelector('[data-testid="result-count"]')?.getAttribute("data-count");
  const before = shown();
  const found = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  const target = /** @type {HTMLElement | null} */ (found?.matches("input, a, button") ? found : found?.querySelector("input, a, button")) ?? found;
  return new Promise((done, fail) => {
    if (!target) return fail(new Error(`${selector} is not on the page`));
    const tooLate = setTimeout(() => fail(new Error("the rows did not change within 10 s")), 10_000);
    const began = performance.now();
    const observer = new MutationObserver(() => {
      if (shown() === before || document.querySelector('[aria-busy="true"]')) return;
      observer.disconnect();
      clearTimeout(tooLate);
      requestAnimationFrame(() => {
        const painted = new MessageChannel(); // its message comes after the frame's painting
        painted.port1.onmessage = () => done(performance.now() - began);
        painted.port2.postMessage(0);
      });
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    target.click();
  });
}

/**
 * Milliseconds of cold visits with a slow processor and a slow line: first paint and hydrated.
 * @param {Browser} browser
 * @param {string} url
 * @param {string} path
 * @param {Cookies} cookies
 */
export async function hydratedMs(browser, url, path, cookies) {
  /** @type {{ painted: number[], hydrated: number[] }} */
  const times = { painted: [], hydrated: [] };
  for (let visit = 0; visit < VISITS; visit += 1) {
    const context = await browser.newContext(DESK); // with an empty cache
    await context.addCookies(cookies);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: SLOW.latencyMs,
      downloadThroughput: SLOW.bitsPerSecond / 8,
      uploadThroughput: SLOW.bitsPerSecond / 8,
    });
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.processor });
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement?.hasAttribute("data-ready")) return;
        observer.disconnect();
        performance.mark("hydrated");
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(url + path, { timeout: 120_000 });
    await page.locator("html[data-ready]").waitFor({ state: "attached", timeout: 120_000 });
    const [painted, hydrated] = await page.evaluate(() => [
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      performance.getEntriesByName("hydrated")[0]?.startTime ?? NaN,
    ]);
    times.painted.push(painted ?? NaN);
    times.hydrated.push(hydrated ?? NaN);
    await context.close();
  }
  return times;
}
