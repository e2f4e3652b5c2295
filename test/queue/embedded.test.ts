import { PGlite } from "@electric-sql/pglite";
import { describe } from "vitest";
import { settings } from "#store/embedded.ts";
import { queueContract } from "./queue.contract.ts";

let opened: Promise<PGlite> | undefined;
const handle = async () => ({
  kind: "embedded" as const,
  pglite: await (opened ??= PGlite.create(settings)),
});

describe("the queue on the embedded database", () => queueContract(handle));
