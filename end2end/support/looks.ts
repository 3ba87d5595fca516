// How a page looks, and whether everybody can use it.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, hasScript, isPhone, languageNow, ready, settled, test } from "../fixtures";
import { repository } from "./server.mjs";

const folder = join(repository, "end2end/screenshots");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Fails on any violation that axe-core finds on the page as it stands, in both themes; in English and on a phone in one, because
    the colours are the same. It is a script itself: a no-op without. */
export async function axe(page: Page) {
  if (!hasScript()) return;
  const themes = languageNow() === "en" || isPhone() ? THEMES.slice(0, 1) : THEMES;
  await inEachTheme(page, themes, async (theme) => {
    await repainted(page);
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const found = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
    expect(found, `axe-core, ${theme}`).toEqual([]);
  });
}

/** Colours that depend on the theme are computed anew with the next frames, not with the change itself; transitions add theirs. */
function repainted(page: Page) {
  return page.evaluate(async () => {
    // A browser without a screen may stop giving frames to a page that stands still: then the colours stand as well.
    const frame = () => new Promise((done) => (requestAnimationFrame(done), setTimeout(done, 100)));
    const moving = () => document.getAnimations().some((animation) => animation.playState === "running");
    await frame();
    await frame();
    for (let frames = 0; moving() && frames < 100; frames++) await frame();
  });
}

export const NARROW = { width: 320, height: 640 }; // WCAG 1.4.10: a 1280 px page at 400 %

/** Pictures of the page at both widths and in both themes, to be held beside the design: screenshots/NAME-zh-1440-light.png.
    None in continuous integration, where nobody looks at them. */
export async function shot(page: Page, name: string) {
  if (process.env.CI) return;
  mkdirSync(folder, { recursive: true });
  const language = languageNow();
  const before = page.viewportSize();
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    await ready(page);
    await settled(page);
    await inEachTheme(page, THEMES, (theme) =>
      page.screenshot({ path: join(folder, `${name}-${language}-${size.width}-${theme}.png`), fullPage: true, animations: "disabled" }),
    );
  }
  if (before) await page.setViewportSize(before);
}

/** What sticks out of the page to the right, as selectors; what scrolls or is cut off inside its own box does not count. */
export function overhang(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`)
      .slice(0, 10);
  });
}

/** Shows the page as somebody sees it whose system is light, then dark; afterwards as the project has it. */
async function inEachTheme(page: Page, themes: readonly Theme[], look: (theme: Theme) => Promise<unknown>) {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await look(theme);
  }
  await page.emulateMedia({ colorScheme: test.info().project.use.colorScheme ?? "light" });
}
