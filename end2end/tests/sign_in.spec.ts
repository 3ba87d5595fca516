import { expect, open, PASSWORD, ready, signIn, signInForm, test } from "../fixtures";
import type { Page } from "@playwright/test";

const PARTNER = "admin@lanhai.example";
const HOSTILE = [
  "//evil.example",
  "///evil.example",
  "https:evil.example",
  "https://evil.example/x",
  "/\\evil.example",
  "\\\\evil.example",
  "/%2fevil.example",
  "/%5cevil.example",
  "/\tevil.example",
  "/%09/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "evil.example",
  " /support/library",
];

test("the sign-in page names the demo accounts and their password @dark", async ({ page }) => {
  await open(page, "/sign-in");
  await expect(page.locator("body")).toContainText(PASSWORD);
  await expect(page.locator("body")).toContainText(PARTNER);
});

test("choosing a demo account signs it in", async ({ page }) => {
  await open(page, "/sign-in?next=%2Fsupport%2Flibrary%3Fformat%3Dpdf");
  await page.getByRole("button", { name: PARTNER }).click();
  await expect(page).toHaveURL(/\/support\/library\?format=pdf$/);
});

test("a partner signs in and is at home", async ({ page }) => {
  await open(page, "/sign-in");
  await signIn(page, PARTNER);
  expect(new URL(page.url()).pathname).toBe("/");
  await expect(page.locator("h1")).toBeVisible();
});

test("Enter in the password field signs in @zh", async ({ page }) => {
  await open(page, "/sign-in");
  const form = signInForm(page);
  await form.email.fill(PARTNER);
  await form.password.fill(PASSWORD);
  await form.password.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
});

test("capitals and blanks around the account do not matter @once", async ({ page }) => {
  await open(page, "/sign-in");
  await signIn(page, " Sales@Lanhai.example " as typeof PARTNER);
  expect(new URL(page.url()).pathname).toBe("/");
});

test("a vendor's person is in the console after signing in", async ({ page }) => {
  await open(page, "/sign-in");
  await signIn(page, "content@vendor.example");
  expect(new URL(page.url()).pathname).toMatch(/^\/console/);
});

test("a wrong password keeps the account and says what to do", async ({ page, say, tolerate }) => {
  tolerate(/status of 401/);
  await open(page, "/sign-in");
  await tryToSignIn(page, "finance@lanhai.example", "wrong");
  await expect(page.getByRole("alert").first()).toContainText(say("账号或密码不正确", "account or the password is wrong"));
  await expect(signInForm(page).email).toHaveValue("finance@lanhai.example");
  await expect(signInForm(page).password).toHaveValue("");
  expect(page.url()).not.toContain("wrong");
});

test("an unknown account gets the same answer as a wrong password", async ({ page, tolerate }) => {
  tolerate(/status of 401/);
  const answers = [];
  for (const email of ["director@lanhai.example", "nobody@lanhai.example"]) {
    await open(page, "/sign-in");
    await tryToSignIn(page, email, "wrong");
    await expect(page.getByRole("alert").first()).toBeVisible();
    answers.push({ text: (await page.locator("main").innerText()).replaceAll(email, ""), path: new URL(page.url()).pathname });
  }
  expect(answers[0]).toEqual(answers[1]);
});

test("an empty form names the field that is missing", async ({ page, tolerate }) => {
  tolerate(/status of 422/);
  await open(page, "/sign-in");
  const { form, email, submit } = signInForm(page);
  await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
  await submit.click();
  await expect(page.getByTestId("error-summary")).toBeVisible();
  await expect(email).toHaveAttribute("aria-invalid", "true");
});

test("after too many wrong passwords one has to wait, and is told so", async ({ page, say, tolerate }) => {
  tolerate(/status of (401|429)/);
  await open(page, "/sign-in");
  const wait = page.getByRole("alert").filter({ hasText: say("尝试次数过多", "Too many tries") }).first();
  const tooMany = 6; // five tries a minute are allowed
  for (let attempt = 0; attempt < tooMany; attempt += 1) {
    await tryToSignIn(page, "sa@lanhai.example", `wrong ${attempt}`);
    await expect(page.getByRole("alert").first()).toBeVisible();
  }
  await expect(wait).toContainText(/\d/);
  await tryToSignIn(page, "sa@lanhai.example", PASSWORD); // the right one does not help now
  await expect(wait).toBeVisible();
  await expect(signInForm(page).email).toHaveValue("sa@lanhai.example");
});

test("after signing in one sees the page that was asked for @zh", async ({ page }) => {
  await open(page, "/support/library?format=pdf&page=2");
  await signIn(page, PARTNER);
  await expect(page).toHaveURL(/\/support\/library\?format=pdf&page=2$/);
});

test("a return address outside the portal leads home @once", async ({ page, server }) => {
  for (const next of HOSTILE) {
    await open(page, `/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, PARTNER);
    expect(page.url(), next).toBe(`${server.url}/`);
    await page.context().clearCookies();
  }
});

test("a return address that a form was changed to leads home as well @once", async ({ page, server }) => {
  await open(page, "/sign-in");
  const { form } = signInForm(page);
  const action = (await form.getAttribute("action")) ?? "";
  const hidden = await form.locator("input[type=hidden]").evaluateAll((fields) => fields.map((field) => [(field as HTMLInputElement).name, (field as HTMLInputElement).value]));
  for (const next of HOSTILE) {
    const answer = await page.request.post(new URL(action, server.url).href, {
      form: { ...Object.fromEntries(hidden), email: PARTNER, password: PASSWORD, next },
      headers: { origin: server.url },
      maxRedirects: 0,
    });
    const target = new URL(answer.headers().location ?? "/", server.url);
    expect(target.origin, next).toBe(server.url);
    expect(answer.status(), next).toBeLessThan(500);
  }
});

test("signing out ends the session, also for the Back button @zh", async ({ page }) => {
  await open(page, "/sign-in");
  await signIn(page, "director@lanhai.example");
  await open(page, "/support/library");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);
  const answer = await page.goto("/support/library");
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  expect(answer?.status()).toBe(200);
});

test("signing out everywhere ends the other browsers' sessions at once @zh", async ({ visitor }) => {
  const [here, there] = [await visitor(), await visitor()];
  for (const page of [here, there]) {
    await open(page, "/sign-in");
    await signIn(page, "director@lanhai.example");
  }
  await open(here, "/account");
  await here.getByTestId("action-sign-out-everywhere").click();
  await here.waitForURL(/\/sign-in/);
  await there.goto("/support/library?format=pdf");
  expect(new URL(there.url()).pathname).toBe("/sign-in");
  await signIn(there, "director@lanhai.example");
  await expect(there).toHaveURL(/\/support\/library\?format=pdf$/);
});

test("the session cookie cannot be read by script and is sent to this site only @once", async ({ page }) => {
  await open(page, "/sign-in");
  const before = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
  await signIn(page, PARTNER);
  const fresh = (await page.context().cookies()).filter(({ name, value }) => !before.includes(`${name}=${value}`));
  expect(fresh.length).toBeGreaterThan(0);
  for (const cookie of fresh) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("an account outside the partner network is shown the way in", async ({ page, tolerate }) => {
  tolerate(/status of 403 .*\/support\/library/);
  await open(page, "/sign-in");
  await signIn(page, "outsider@example.com");
  await expect(page.getByTestId("join-page")).toBeVisible();
  await page.goto("/support/library");
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.getByTestId("library-row")).toHaveCount(0);
});

test("a form that another site sends is refused @once", async ({ page, server }) => {
  await open(page, "/sign-in");
  const action = (await signInForm(page).form.getAttribute("action")) ?? "";
  const answer = await page.request.post(new URL(action, server.url).href, {
    form: { email: PARTNER, password: PASSWORD, next: "/" },
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site", referer: "https://evil.example/x", accept: "text/html" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
  expect(answer.headers().location).toBeUndefined();
});

/** Fills and sends the form; comes back when the answer's page is there. */
async function tryToSignIn(page: Page, email: string, password: string) {
  const form = signInForm(page);
  await form.email.fill(email);
  await form.password.fill(password);
  await Promise.all([page.waitForEvent("load"), form.submit.click()]);
  await ready(page);
}

async function signOut(page: Page) {
  const menu = page.getByTestId("account-menu").locator("summary");
  // A phone has no account menu; its one menu ends with the way out.
  if (await menu.isVisible()) await menu.click();
  else await page.locator("[popovertarget=nav]").click();
  await page.getByTestId("action-sign-out").filter({ visible: true }).click();
  await page.waitForURL(/\/sign-in/);
}
