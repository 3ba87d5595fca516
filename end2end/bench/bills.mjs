// What bills cost: a FOCUS file parsed and stored, the pages of its bill, and where the files of its lines are.

import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { run } from "../support/server.mjs";

const PERIOD = "2026-06-01"; // the running month of the demo date: an estimate takes lines
const SERVICES = 40;
const CUSTOMERS = 2_000;
/** What stands on each of them. */
export const MARK = 'data-id="';
export const PAGES = {
  bill: "/sales/bill?period=2026-06",
  lines: "/sales/bill/lines?period=2026-06",
  "lines, one product": "/sales/bill/lines?period=2026-06&product=Service%207",
  "lines, one region": "/sales/bill/lines?period=2026-06&region=cn-east-1",
  "lines, one customer": "/sales/bill/lines?period=2026-06&customer=7000000007",
  "lines, by time": "/sales/bill/lines?period=2026-06&sort=-at",
  customers: "/sales/bill/customers?period=2026-06",
};
export const LINES = { source: "bill-lines", query: "period=2026-06" };

/**
 * Writes a FOCUS file with the columns that real ones have and we read.
 * @param {string} path
 * @param {number} rows
 */
export async function focusFile(path, rows) {
  const out = createWriteStream(path);
  out.write("BilledCost,ListCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ServiceName,RegionId,ResourceId,SubAccountId,SubAccountName\n");
  for (let row = 0; row < rows; row += 1) {
    const cents = (row * 7919) % 100_000;
    const customer = row % CUSTOMERS;
    const hour = String(row % 24).padStart(2, "0");
    const line = `0.${String(cents).padStart(5, "0")}0000123,${cents}.5,CNY,${PERIOD},Usage,2026-06-0${1 + (row % 9)} ${hour}:00:00,Service ${row % SERVICES},cn-east-${row % 3},res-${row},7${String(customer).padStart(9, "0")},Customer ${customer}\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/**
 * Imports it, once for show and once in earnest; gives rows per second.
 * @param {string} folder where the data is
 * @param {string} file
 * @param {number} rows
 * @param {string} partner
 * @param {Record<string, string>} variables
 */
export async function imported(folder, file, rows, partner, variables) {
  const timed = async (/** @type {string[]} */ ...more) => {
    const begun = performance.now();
    await run(["bill", "import", file, "--partner", partner, ...more], folder, variables);
    return rows / ((performance.now() - begun) / 1000);
  };
  return { parsed: await timed("--dry-run"), stored: await timed() };
}
