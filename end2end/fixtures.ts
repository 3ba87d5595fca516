// What every test starts from: its file's own server on its own copy of the demo data, people who are signed in through the
// real form, and pages that fail the test when anything is wrong in them (console, script, network, content security policy).

import { expect, test as base, type BrowserContext, type ConsoleMessage, type Locator, type Page } from "@playwright/test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Server } from "./support/server.mjs";

export { expect };

export type Language = "zh" | "en";
export type Options = { language: Language };
export type Person = `${string}@${string}`;

/** The one password of all demo accounts. */
export const PASSWORD = "partner-demo";

type Fixtures = {
  /** Serves this file's tests; the next file gets a new one. */
  server: Server;
  /** A page on which `email` is signed in. Each call opens a browser of its own, with the project's size, language and theme. */
  as: (email: Person) => Promise<Page>;
  /** A page of somebody who is not signed in. Each call opens a browser of its own. */
  visitor: () => Promise<Page>;
  /** Says that a problem is what this test is about: console lines, failed requests or server faults that match are no failure. */
  tolerate: (pattern: RegExp) => void;
  /** The text in the project's language. */
  say: (zh: string, en: string) => string;
  /** Everything wrong so far, each as one line. The test fails when it is not empty at the end. */
  problems: Problems;
};

export const test = base.extend<Options & Fixtures, { house: House }>({
  language: ["zh", { option: true }],

  house: [
    async ({}, use, worker) => {
      const house = new House(worker.workerIndex);
      await use(house);
      await house.close();
    },
    { scope: "worker" },
  ],

  problems: async ({}, use) => {
    const problems = new Problems();
    await use(problems);
    expect(problems.intolerable(), "nothing may go wrong behind a page").toEqual([]);
  },

  server: [
    async ({ house, problems }, use, testInfo) => {
      const server = await house.serverFor(testInfo.file);
      const before = server.log().length;
      await use(server);
      const lines = server.log().slice(before);
      for (const fault of server.faults(before)) problems.add(`server: ${fault}`);
      if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach("server log", { body: lines, contentType: "text/plain" });
    },
    { auto: true },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  tolerate: async ({ problems }, use) => use((pattern) => problems.tolerate(pattern)),

  say: async ({ language }, use) => use((zh, en) => (language === "en" ? en : zh)),

  visitor: async ({ browser, server, language, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ storageState: speaking(language, server) });
      contexts.push(context);
      return watched(await context.newPage(), server, problems);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  page: async ({ visitor }, use) => use(await visitor()),

  as: async ({ browser, server, house, language, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email) => {
      const known = house.signedIn(server, email, language);
      const context = await browser.newContext({ storageState: known ?? speaking(language, server) });
      contexts.push(context);
      const page = watched(await context.newPage(), server, problems);
      if (!known) {
        await page.goto("/sign-in");
        await signIn(page, email);
        house.remember(server, email, language, await context.storageState());
      }
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Fills the sign-in form that `page` shows and sends it; comes back when another page has come. */
export async function signIn(page: Page, email: Person, password = PASSWORD) {
  await ready(page);
  const form = signInForm(page);
  await form.email.fill(email);
  await form.password.fill(password);
  await form.submit.click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await ready(page);
}

/** The form that one types into; the demo accounts beside it are forms as well, all hidden fields. */
export function signInForm(page: Page): { form: Locator; email: Locator; password: Locator; submit: Locator } {
  const form = page.locator("form:has(input[name=password]:not([type=hidden]))");
  return { form, email: form.locator("input[name=email]"), password: form.locator("input[name=password]"), submit: form.getByTestId("action-sign-in") };
}

/** Goes to an address of our own and waits until the page can be used. */
export async function open(page: Page, path: string) {
  const answer = await page.goto(path);
  await ready(page);
  return answer;
}

/** Waits until the script has taken over; without script a page is ready when it is there. */
export async function ready(page: Page) {
  if (hasScript()) await expect(page.locator("html")).toHaveAttribute("data-ready", /.*/);
}

/** Waits until the rows on the page are the ones that were asked for. */
export async function settled(page: Page) {
  // The address changes a moment before the page says that it waits; after two pictures it has said so.
  if (hasScript()) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

export function hasScript(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

export function languageNow(): Language {
  return (test.info().project.use as Options).language;
}

export function isPhone(): boolean {
  return test.info().project.use.isMobile === true;
}

/** What a browser brings along that chose a language before: the cookie that the language switch sets. */
function speaking(language: Language, server: Server) {
  const { hostname } = new URL(server.url);
  const cookie = { name: "lang", value: language, domain: hostname, path: "/", expires: -1, httpOnly: false, secure: false, sameSite: "Lax" as const };
  return { cookies: [cookie], origins: [] };
}

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** One worker's server: a new one, on a new copy of the demo data, for each test file. */
class House {
  readonly #worker: number;
  readonly #states = new Map<string, State>();
  #file = "";
  #server: Server | undefined;
  #count = 0;

  constructor(worker: number) {
    this.#worker = worker;
  }

  async serverFor(file: string): Promise<Server> {
    if (this.#server && this.#file === file) return this.#server;
    await this.close();
    const data = process.env.PC_END2END_DATA ?? "";
    this.#count += 1;
    this.#server = await Server.start({ folder: join(data, `worker-${this.#worker}-${this.#count}`), copyOf: join(data, "demo") });
    this.#file = file;
    return this.#server;
  }

  signedIn(server: Server, email: string, language: Language) {
    return this.#states.get(`${server.url} ${email} ${language}`);
  }

  remember(server: Server, email: string, language: Language, state: State) {
    this.#states.set(`${server.url} ${email} ${language}`, state);
  }

  async close() {
    const code = await this.#server?.stop();
    expect(code ?? 0, "the server drains and ends well").toBe(0);
    if (this.#server) rmSync(this.#server.folder, { recursive: true, force: true });
    this.#states.clear();
    this.#server = undefined;
  }
}

/** Collects what is wrong; a test names what it expects to go wrong. */
class Problems {
  readonly #lines: string[] = [];
  readonly #tolerated: RegExp[] = [];

  add(line: string) {
    this.#lines.push(line);
  }

  tolerate(pattern: RegExp) {
    this.#tolerated.push(pattern);
  }

  intolerable() {
    return this.#lines.filter((line) => !this.#tolerated.some((pattern) => pattern.test(line)));
  }
}

/** Writes down everything that a page should not do. */
function watched(page: Page, server: Server, problems: Problems): Page {
  page.on("console", (message) => {
    // With script switched off, what was fetched ahead for it stays unused, of course.
    if (!hasScript() && message.text().includes("was preloaded using link preload but not used")) return;
    if (["error", "warning"].includes(message.type())) problems.add(`console ${message.type()}: ${message.text()} (${placeOf(message)})`);
  });
  page.on("pageerror", (error) => problems.add(`script: ${error.message}`));
  page.on("crash", () => problems.add("the page crashed"));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.url) problems.add(`foreign request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const failure = request.failure()?.errorText ?? "";
    // A request that its own page gave up (a link followed meanwhile, a download taken over) is no failure.
    const given = failure === "net::ERR_ABORTED";
    // With script switched off the browser itself refuses to fetch scripts ahead, and gives this as the reason.
    const ahead = failure === "csp" && !hasScript();
    if (!given && !ahead) problems.add(`request failed: ${request.method()} ${request.url()} ${failure}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) problems.add(`answer ${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return page;
}

function placeOf(message: ConsoleMessage) {
  const { url, lineNumber } = message.location();
  return `${url}:${lineNumber}`;
}
