// Every screen there is, by the person who sees it: for looks, accessibility, reflow and bytes. A new page gets a line here.

import type { Page } from "@playwright/test";
import type { Person } from "../fixtures";
import { consoleLibrary, library, ListPage } from "./lists";

export type Screen = {
  name: string;
  who?: Person;
  path: string | ((page: Page) => Promise<string>);
  /** The answer that belongs to it, when it is not 200. */
  status?: number;
};

const PARTNER = "admin@lanhai.example";
const CLERK = "finance@lanhai.example";
const EDITOR = "content@vendor.example";
const FINANCE = "finance@vendor.example";
const SUPPORT = "support@vendor.example";
const OPERATIONS = "operations@vendor.example";

export const SCREENS: Screen[] = [
  { name: "00-kit", who: PARTNER, path: "/kit" },
  { name: "01-sign-in", path: "/sign-in" },
  { name: "01-join", path: "/join" },
  { name: "01-join-outsider", who: "outsider@example.com", path: "/join" },
  { name: "02-help", path: "/help" },
  { name: "02-home", who: PARTNER, path: "/" },
  { name: "02-home-newbie", who: "admin@newbie.example", path: "/" },
  { name: "02-support", who: PARTNER, path: "/support" },
  { name: "02-programs", who: "admin@newbie.example", path: "/account/programs" },
  { name: "02-account", who: PARTNER, path: "/account" },
  { name: "02-agreements", who: PARTNER, path: "/agreements" },
  { name: "02-agreement", who: PARTNER, path: (page) => first(agreements(page), "/agreements") },
  { name: "16-console-agreements", who: OPERATIONS, path: "/console/agreements" },
  { name: "16-console-agreement", who: OPERATIONS, path: (page) => first(consoleAgreements(page), "/console/agreements") },
  { name: "16-console-agreement-new", who: OPERATIONS, path: "/console/agreements/new" },
  { name: "03-library", who: PARTNER, path: "/support/library" },
  { name: "03-library-filtered", who: PARTNER, path: "/support/library?category=policy/incentive&format=pdf&format=xlsx&from=2025-01-01&to=2026-06-18" },
  { name: "03-library-searched", who: PARTNER, path: "/support/library?q=%E6%94%BF%E7%AD%96&sort=-relevance" },
  { name: "03-library-empty", who: PARTNER, path: "/support/library?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E6%A0%B7%E7%9A%84%E8%B5%84%E6%96%99" },
  { name: "03-document", who: PARTNER, path: (page) => first(library(page), "/support/library") },
  { name: "03-preview", who: PARTNER, path: (page) => first(library(page), "/support/library", "?format=pdf", "/preview") },
  { name: "02-deadlines", who: CLERK, path: "/deadlines" },
  { name: "02-deadlines-none", who: CLERK, path: "/deadlines?kind=program" },
  { name: "02-messages", who: PARTNER, path: "/messages" },
  { name: "02-messages-none", who: PARTNER, path: "/messages?topic=export" },
  { name: "02-notifications", who: PARTNER, path: "/account/notifications" },
  { name: "16-console-messages", who: EDITOR, path: "/messages" },
  { name: "02-search", who: PARTNER, path: "/search?q=%E8%B5%84%E6%96%99" },
  { name: "02-audit", who: PARTNER, path: "/audit" },
  { name: "04-bill", who: CLERK, path: "/sales/bill?period=2026-05" },
  { name: "04-bill-estimate", who: CLERK, path: "/sales/bill?period=2026-06" },
  { name: "04-bill-partly", who: "admin@yunfan.example", path: "/sales/bill" },
  { name: "04-bill-none", who: "admin@qinghe.example", path: "/sales/bill" },
  { name: "04-bill-customers", who: CLERK, path: "/sales/bill/customers?period=2026-05" },
  { name: "04-bill-lines", who: CLERK, path: "/sales/bill/lines?period=2026-05&type=consumption&least=100" },
  { name: "04-bill-pay", who: CLERK, path: "/sales/bill/pay?period=2026-05" },
  { name: "16-console-bills", who: "finance@vendor.example", path: "/console/bills" },
  { name: "05-sales", who: PARTNER, path: "/sales" },
  { name: "05-exports", who: PARTNER, path: "/sales/exports" },
  { name: "05-exports-none", who: PARTNER, path: "/sales/exports?state=failed" },
  { name: "06-funds", who: PARTNER, path: "/sales/funds" },
  { name: "06-funds-filtered", who: PARTNER, path: "/sales/funds?type=top_up&from=2026-01-01&to=2026-06-18&least=10000" },
  { name: "06-funds-none", who: PARTNER, path: "/sales/funds?q=ZZ" },
  { name: "06-funds-unused", who: PARTNER, path: "/sales/funds?currency=USD" },
  { name: "06-funds-balance", who: "sales@lanhai.example", path: "/sales/funds" },
  { name: "06-withdrawals", who: CLERK, path: "/sales/funds/withdrawals" },
  { name: "06-withdrawals-filtered", who: CLERK, path: "/sales/funds/withdrawals?state=paid&fund=bank&from=2026-01-01&to=2026-06-17" },
  { name: "06-withdrawal", who: CLERK, path: (page) => first(withdrawals(page), "/sales/funds/withdrawals", "?state=processing") },
  { name: "06-withdrawal-rejected", who: CLERK, path: (page) => first(withdrawals(page), "/sales/funds/withdrawals", "?state=rejected") },
  { name: "06-withdrawal-receipt", who: CLERK, path: async (page) => `${await first(withdrawals(page), "/sales/funds/withdrawals", "?state=paid")}/receipt` },
  { name: "07-withdraw-new", who: CLERK, path: "/sales/funds/withdrawals/new?fund=bank" },
  { name: "07-withdraw-review", who: CLERK, path: "/sales/funds/withdrawals/new?step=review&fund=original&amount=90000.00&note=6+%E6%9C%88" },
  { name: "06-top-ups", who: CLERK, path: "/sales/funds/top-ups" },
  { name: "06-top-ups-filtered", who: CLERK, path: "/sales/funds/top-ups?state=credited&from=2026-01-01&to=2026-06-18" },
  { name: "07-top-up-new", who: CLERK, path: "/sales/funds/top-ups/new" },
  { name: "16-console-top-ups", who: FINANCE, path: "/console/top-ups" },
  { name: "16-console-top-up", who: FINANCE, path: (page) => first(topUpQueue(page), "/console/top-ups") },
  { name: "06-accounts", who: CLERK, path: "/sales/funds/accounts" },
  { name: "06-accounts-none", who: "admin@newbie.example", path: "/sales/funds/accounts" },
  { name: "07-account-new", who: CLERK, path: "/sales/funds/accounts/change" },
  { name: "16-console-withdrawals", who: FINANCE, path: "/console/withdrawals" },
  { name: "16-console-withdrawals-second", who: FINANCE, path: "/console/withdrawals?tab=second" },
  { name: "16-console-withdrawals-done", who: FINANCE, path: "/console/withdrawals?tab=done" },
  { name: "16-console-withdrawal", who: FINANCE, path: (page) => first(withdrawalQueue(page), "/console/withdrawals", "?sort=-amount") },
  { name: "16-console-withdrawal-payout", who: FINANCE, path: (page) => first(withdrawalQueue(page), "/console/withdrawals", "?tab=payout") },
  { name: "06-invoices", who: CLERK, path: "/sales/invoices" },
  { name: "06-invoices-filtered", who: CLERK, path: "/sales/invoices?state=sent&kind=special&from=2025-01-01&to=2026-06-17" },
  { name: "06-invoices-none", who: "admin@qinghe.example", path: "/sales/invoices" },
  { name: "06-invoice", who: CLERK, path: (page) => first(invoices(page), "/sales/invoices", "?state=return_review") },
  { name: "06-invoice-issued", who: CLERK, path: (page) => first(invoices(page), "/sales/invoices", "?state=issued") },
  { name: "07-invoice-new", who: "admin@yunfan.example", path: "/sales/invoices/new" },
  { name: "06-invoice-information", who: CLERK, path: "/sales/invoices/information" },
  { name: "06-invoice-information-several", who: "admin@yunfan.example", path: "/sales/invoices/information" },
  { name: "06-invoice-information-seller", who: CLERK, path: "/sales/invoices/information?tab=seller" },
  { name: "07-invoice-information-new", who: CLERK, path: "/sales/invoices/information/new?tab=seller" },
  { name: "07-invoice-title", who: CLERK, path: "/sales/invoices/information/title" },
  { name: "16-console-invoices", who: FINANCE, path: "/console/invoices" },
  { name: "16-console-invoices-done", who: FINANCE, path: "/console/invoices?tab=done" },
  { name: "16-console-invoice", who: FINANCE, path: (page) => first(invoiceQueue(page), "/console/invoices") },
  { name: "16-console-invoice-information", who: SUPPORT, path: "/console/invoices/information" },
  { name: "16-console-invoice-title", who: SUPPORT, path: (page) => first(invoiceReviews(page), "/console/invoices/information") },
  { name: "16-console-exports", who: EDITOR, path: "/console/exports" },
  { name: "16-console", who: EDITOR, path: "/console" },
  { name: "16-console-finance", who: FINANCE, path: "/console" },
  { name: "16-console-library", who: EDITOR, path: "/console/library" },
  { name: "16-console-new", who: EDITOR, path: "/console/library/new" },
  { name: "16-console-document", who: EDITOR, path: (page) => first(consoleLibrary(page), "/console/library", "?state=published") },
  { name: "16-console-edit", who: EDITOR, path: (page) => first(consoleLibrary(page), "/console/library", "?state=published", "/edit") },
  { name: "16-console-as-partner", who: EDITOR, path: (page) => first(consoleLibrary(page), "/console/library", "?state=published", "/as-partner") },
  { name: "16-console-replace", who: EDITOR, path: (page) => first(consoleLibrary(page), "/console/library", "?state=published", "/replace") },
  { name: "16-console-withdraw", who: EDITOR, path: (page) => first(consoleLibrary(page), "/console/library", "?state=published", "/withdraw") },
  { name: "16-console-audit", who: "operations@vendor.example", path: "/console/audit" },
  { name: "16-console-downloads", who: EDITOR, path: "/console/downloads" },
  { name: "16-console-operations", who: "operations@vendor.example", path: "/console/operations" },
  { name: "17-console-sites", who: EDITOR, path: "/console/sites" },
  { name: "17-leave", who: PARTNER, path: (page) => first(library(page), "/support/library", "?format=link", "/download") },
  { name: "17-leave-refused", who: PARTNER, path: "/leave?to=https%3A%2F%2Fevil.example%2F&sig=1.00", status: 403 },
  { name: "18-gate", who: "admin@newbie.example", path: "/support/library", status: 403 },
  { name: "18-not-found", who: PARTNER, path: "/no/such/page", status: 404 },
  { name: "18-other-side", who: PARTNER, path: "/console/library", status: 403 },
];

function agreements(page: Page) {
  return new ListPage(page, "/agreements", "agreements");
}

function consoleAgreements(page: Page) {
  return new ListPage(page, "/console/agreements", "console-agreements");
}

function withdrawals(page: Page) {
  return new ListPage(page, "/sales/funds/withdrawals", "withdrawals");
}

function topUpQueue(page: Page) {
  return new ListPage(page, "/console/top-ups", "console-top-ups");
}

function withdrawalQueue(page: Page) {
  return new ListPage(page, "/console/withdrawals", "console-withdrawals");
}

function invoices(page: Page) {
  return new ListPage(page, "/sales/invoices", "invoice-requests");
}

function invoiceQueue(page: Page) {
  return new ListPage(page, "/console/invoices", "console-invoice-requests");
}

function invoiceReviews(page: Page) {
  return new ListPage(page, "/console/invoices/information", "console-invoice-information");
}

/** Where a screen is; `page` is its person's, and looks the address up when it is one of a list. */
export async function pathOf(screen: Screen, page: Page): Promise<string> {
  return typeof screen.path === "string" ? screen.path : screen.path(page);
}

async function first(list: ReturnType<typeof library>, path: string, query = "", end = ""): Promise<string> {
  await list.show(query);
  return `${path}/${(await list.ids())[0]}${end}`;
}
