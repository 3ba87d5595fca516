// How a person works a list: filters, rows, pages. One copy of what the contract calls its parts.

import type { Locator, Page } from "@playwright/test";
import { expect, hasScript, isPhone, open, ready, settled } from "../fixtures";

export class ListPage {
  readonly page: Page;
  readonly path: string;
  readonly name: string;
  readonly rows: Locator;

  constructor(page: Page, path: string, name: string) {
    this.page = page;
    this.path = path;
    this.name = name;
    this.rows = page.getByTestId(`${name}-row`);
  }

  /** Shows the list as an address asks for it. */
  async show(query = "") {
    const answer = await open(this.page, this.path + query);
    await settled(this.page);
    return answer;
  }

  /** How many rows match, on all pages. */
  async count(): Promise<number> {
    return Number(await this.page.getByTestId("result-count").getAttribute("data-count"));
  }

  async ids(): Promise<string[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.id ?? ""));
  }

  /** An attribute of one column, row by row. */
  async column(key: string, attribute: string): Promise<string[]> {
    return this.rows
      .getByTestId(`cell-${key}`)
      .evaluateAll((cells, name) => cells.map((cell) => (cell.hasAttribute(name) ? cell : cell.querySelector(`[${name}]`))?.getAttribute(name) ?? ""), attribute);
  }

  async texts(key: string): Promise<string[]> {
    return (await this.rows.getByTestId(`cell-${key}`).allInnerTexts()).map((text) => text.trim());
  }

  /** Chooses options of one filter by hand and applies them as one has to here. */
  async choose(filter: string, ...values: string[]) {
    for (const value of values) {
      const option = this.page.getByTestId(`filter-${filter}-${value}`);
      await this.openFilters();
      if (!(await option.isVisible())) await this.page.getByTestId(`filter-${filter}`).click();
      await option.check();
      if (hasScript()) await this.asked((query) => query.getAll(filter).includes(value));
    }
    if (!hasScript()) {
      await this.apply();
      await this.asked((query) => values.every((value) => query.getAll(filter).includes(value)));
    }
  }

  /** Types a keyword and asks for it. */
  async search(keyword: string) {
    const input = this.page.getByTestId("search-input");
    await input.fill(keyword);
    await input.press("Enter");
    await this.asked((query) => (query.get("q") ?? "") === keyword);
  }

  /** Phones keep the filters in a sheet. */
  async openFilters() {
    const sheet = this.page.locator(".filters");
    if (isPhone() && !(await sheet.isVisible())) await this.page.locator(".filters-open").click();
  }

  /** Presses the visible button that applies the form. */
  async apply() {
    await this.page.getByTestId("search-input").locator("xpath=ancestor::form").locator("button[type=submit]:visible, button:not([type]):visible").last().click();
  }

  /** Follows a link that asks the list for something else, and waits for the rows. */
  async follow(link: Locator) {
    const before = this.page.url();
    await link.click();
    await this.page.waitForURL((url) => url.href !== before);
    await ready(this.page);
    await settled(this.page);
  }

  /** Waits until the address asks for this and the rows are there. */
  async asked(condition: (query: URLSearchParams) => boolean) {
    await this.page.waitForURL((url) => condition(url.searchParams));
    await ready(this.page);
    await settled(this.page);
  }

  /** Every row of a question, page by page, as ids. */
  async allIds(query = ""): Promise<string[]> {
    const all: string[] = [];
    await this.show(`${query}${query ? "&" : "?"}size=100`);
    const total = await this.count();
    for (;;) {
      all.push(...(await this.ids()));
      if (all.length >= total) return all;
      await this.follow(this.page.getByTestId("next-page"));
    }
  }

  /** The list is as it was: same address, same rows. */
  async expectSame(other: { url: string; ids: string[] }) {
    await expect(this.page).toHaveURL(other.url);
    await ready(this.page);
    // A page that is gone back to stands first without its rows; they follow.
    await expect.poll(() => this.ids()).toEqual(other.ids);
  }

  async now() {
    return { url: this.page.url(), ids: await this.ids() };
  }
}

export function library(page: Page) {
  return new ListPage(page, "/support/library", "library");
}

export function consoleLibrary(page: Page) {
  return new ListPage(page, "/console/library", "console-library");
}

export function consoleDownloads(page: Page) {
  return new ListPage(page, "/console/downloads", "console-downloads");
}
