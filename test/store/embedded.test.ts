import { describe } from "vitest";
import { withStore } from "../support/with-store.ts";
import { contracts } from "./contracts.ts";

describe.each(contracts)("$name on the embedded database", ({ contract }) => contract(withStore));
