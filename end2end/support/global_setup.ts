import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDemoData } from "./server.mjs";

const DOCUMENTS = 600; // enough for every filter and thirty pages, few enough to copy for each test file

/** Makes the demo data once; each test file gets a copy. */
export default async function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), "partner-center-end2end-"));
  process.env.PC_END2END_DATA = folder;
  await makeDemoData(join(folder, "demo"), { documents: DOCUMENTS });
  return () => rmSync(folder, { recursive: true, force: true });
}
