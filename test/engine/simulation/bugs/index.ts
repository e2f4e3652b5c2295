import type { Bug } from "../world.ts";
import { inTheHub } from "./in-the-hub.ts";
import { inTheLedger } from "./in-the-ledger.ts";
import { onTheWay } from "./on-the-way.ts";

/** Every bug that can be planted, to see that a simulation would find it. */
export const bugs: readonly Bug[] = [...inTheLedger, ...onTheWay, ...inTheHub];
