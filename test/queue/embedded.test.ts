import { describe } from "vitest";
import { embeddedDatabase } from "../support/with-store.ts";
import { queueContract } from "./queue.contract.ts";

const handle = async () => ({ kind: "embedded" as const, pglite: await embeddedDatabase() });

describe("the queue on the embedded database", () => queueContract(handle));
