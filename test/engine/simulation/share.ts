import { parentPort, workerData } from "node:worker_threads";
import { liveAll, type Share } from "./lives.ts";

/** A thread that lives its share of all lives. */
await liveAll(workerData as Share, { bug: null, trace: undefined }, (told) => parentPort?.postMessage(told)); // prettier-ignore
