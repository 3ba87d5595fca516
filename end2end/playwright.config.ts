import { defineConfig } from "@playwright/test";
import type { Options } from "./fixtures";
import { browserPath, browserWords } from "./support/browser.mjs";

// Tags of a test: `@script` needs script; `@desk` needs the room of a desk; `@once` does not depend on language, size or theme;
// `@zh` does not depend on the language; `@dark` is worth a run in the dark theme. Everything else runs as a person at a desk in Chinese and in English, on a phone,
// and with script switched off.
const desk = { width: 1440, height: 900 };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "results/tests",
  globalSetup: "./support/global_setup.ts",
  forbidOnly: !!process.env.CI,
  // On a busy machine of strangers one more try, and the report names what needed it; at home a flake is a failure.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    launchOptions: { executablePath: browserPath(), args: browserWords },
    contextOptions: { reducedMotion: "reduce" },
    timezoneId: "Asia/Shanghai",
    viewport: desk,
    screenshot: "only-on-failure",
    trace: "off",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
  projects: [
    { name: "zh", use: { locale: "zh-CN", language: "zh" } },
    { name: "en", use: { locale: "en-GB", language: "en" }, grepInvert: /@once|@zh/ },
    { name: "phone", use: { locale: "zh-CN", language: "zh", ...phone }, grepInvert: /@once|@desk/ },
    { name: "no-script", use: { locale: "zh-CN", language: "zh", javaScriptEnabled: false }, grepInvert: /@once|@script/ },
    { name: "dark", use: { locale: "zh-CN", language: "zh", colorScheme: "dark" }, grep: /@dark/ },
  ],
});
