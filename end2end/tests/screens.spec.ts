import { expect, isPhone, test } from "../fixtures";
import { axe, shot } from "../support/looks";
import { openScreen, SCREENS } from "../support/screens";

const NARROW = { width: 320, height: 640 }; // WCAG 1.4.10: a 1280 px page at 400 %

for (const screen of SCREENS) {
  test(`everybody can use ${screen.name}`, async ({ as, visitor, tolerate }) => {
    if (screen.status) tolerate(new RegExp(`status of ${screen.status}`));
    const page = screen.who ? await as(screen.who) : await visitor();
    expect(await openScreen(page, screen)).toBe(screen.status ?? 200);
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

/** What sticks out of the page to the right, as selectors; what scrolls or is cut off inside its own box does not count. */
function overhang(page: import("@playwright/test").Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`)
      .slice(0, 10);
  });
}
