import { initSync } from "MAIN";

// The main module calls `p<number of the page>(callback, data)` before it first enters a page. What a file brings, it writes into the main
// module's table and memory; `callback` is the place in that table of the function that wants to know the outcome.

const files = ["FILES"];
const loads = [];
const TRIES = 4;
// A click asks for a page at once; some of the time between them may be lost.
const CLICK_MS = 1000;

let clicked = { href: location.href, at: -Infinity };
addEventListener(
    "click",
    (event) => {
        const link = event.target.closest?.("a[href]:not([target], [download])");
        if (link) {
            clicked = { href: link.href, at: performance.now() };
        }
    },
    { capture: true },
);

async function instantiate(index) {
    const response = fetch(new URL(files[index], import.meta.url));
    await WebAssembly.instantiateStreaming(response, { __wasm_split: initSync() });
}

function load(index) {
    loads[index] ??= instantiate(index).catch((error) => {
        loads[index] = undefined;
        throw error;
    });
    return loads[index];
}

function page(indexes) {
    return async (callback, data) => {
        const since = performance.now() - CLICK_MS;
        let loaded = false;
        for (let tries = 0; !loaded && tries < TRIES; tries++) {
            try {
                await Promise.all(indexes.map(load));
                loaded = true;
            } catch (error) {
                console.error(error);
                // A newer version of the site may have replaced the file. The address changes when a page has come: if it is not yet what
                // was clicked, the server has that page.
                if (clicked.at > since && clicked.href !== location.href) {
                    return location.assign(clicked.href);
                }
                await new Promise((done) => setTimeout(done, 1000 << tries));
            }
        }
        initSync().__indirect_function_table.get(callback)(data, loaded);
    };
}
