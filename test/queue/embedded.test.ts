import { describe } from "vitest";
import { embeddedDatabase } from "../support/with-store.ts";
import { queueContract } from "./queue.contract.ts";

const handle = async () => (await embeddedDatabase()).handle;

describe("the queue on the embedded database", () => queueContract(handle));
