// What pages cost: milliseconds from the question to the last byte, one question after the other.

const LOADS = 21;

/**
 * Milliseconds of each page, the first visit left out.
 * @param {string} url
 * @param {string} cookie
 * @param {Record<string, string>} pages names and paths
 * @param {string} mark stands in each of them: a page that shows nothing is fast
 */
export async function pageTimes(url, cookie, pages, mark) {
  /** @type {Record<string, number[]>} */
  const times = {};
  for (const [name, path] of Object.entries(pages)) {
    times[name] = [];
    for (let load = 0; load < LOADS; load += 1) {
      const begun = performance.now();
      const answer = await fetch(url + path, { headers: { cookie, accept: "text/html" } });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
      if (!text.includes(mark)) throw new Error(`${path} lacks ${mark}`);
      if (load > 0) times[name]?.push(performance.now() - begun);
    }
  }
  return times;
}
