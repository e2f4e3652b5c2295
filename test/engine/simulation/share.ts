import { parentPort, workerData } from "node:worker_threads";
import { liveAll, type Share } from "./lives.ts";

/** A thread that lives its share of all lives. */
await liveAll(workerData as Share, { bug: null, trace: null }, (told) => parentPort?.postMessage(told)); // prettier-ignore
