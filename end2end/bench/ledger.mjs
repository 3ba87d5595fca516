// What the ledger costs: the pages of income and expense, and where its files are. `demo reset --ledger-entries` makes it long.

const ROWS_OF_A_PAGE = 20;
const PATH = "/sales/funds";
const MONTHS = "from=2025-01-01&to=2025-05-31"; // a tenth of the entries: they lie evenly over the four years before 2025-06-10

/** What stands on each of them. */
export const MARK = 'data-testid="ledger-row"';
export const MOVEMENTS = { source: "ledger", query: "" };

/**
 * The pages. Those far behind are the last that the shortest ledger has: the same ones of each, so that they can be compared.
 * @param {number} shortest its entries
 * @returns {Record<string, string>}
 */
export function pagesOf(shortest) {
  const last = Math.max(1, Math.floor(shortest / ROWS_OF_A_PAGE));
  return {
    first: PATH,
    [`page ${last}`]: `${PATH}?page=${last}`,
    "some months": `${PATH}?${MONTHS}`,
    "a type": `${PATH}?type=bill_refund`,
    "a type in some months": `${PATH}?type=bill_refund&${MONTHS}`,
    "a direction": `${PATH}?direction=outcome`,
    "two types": `${PATH}?type=bill_refund&type=reversal`,
    "a word": `${PATH}?q=2023`,
    "by amount": `${PATH}?sort=-amount`,
    [`by amount, page ${last}`]: `${PATH}?sort=-amount&page=${last}`,
  };
}
