import { defineConfig } from "vitest/config";

const long = [
  "test/journeys/{bulk-retry,kill,worker,outage}.test.ts",
  "test/journeys/storm/storm.test.ts",
  "test/connectors/files/memory.test.ts",
  "test/engine/simulation/bugs.test.ts",
];
const chaos = "test/chaos/chaos.test.ts";
const tools = [
  "test/connectors/{acceptance,contracts,files,watching}/**/*.test.ts",
  "test/sandbox/tools/**/*.test.ts",
  "test/poison/*.test.ts",
];
const fast = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ["dot"],
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "rooms",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{store,queue,journeys,browser,sdk,matrix}/**", chaos, ...long, ...tools],
          // Reading all files anew for each test file takes two fifths of the time.
          isolate: false,
          ...fast,
        },
      },
      {
        // Each tool and its connector, line by line, and whatever a tool may hold: minutes, so not in `npm test`.
        test: { name: "tools", include: tools, exclude: long, isolate: false, ...fast },
      },
      {
        // Opening an embedded database takes seconds: one for each worker, a schema for each test.
        test: {
          name: "store",
          include: ["test/{store,queue}/**/*.test.ts"],
          isolate: false,
          ...fast,
        },
      },
      {
        // Whole processes, as a person starts them: minutes, so not in `npm test`.
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          exclude: long,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Killed, cut off and taken over, again and again: minutes of waiting, so not in `npm test`.
        test: { name: "chaos", include: [chaos], fileParallelism: false, hookTimeout: 120_000 },
      },
      {
        // What wants the machine for itself: minutes, so not in `npm test`.
        test: {
          name: "long",
          include: long,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Every tool to every tool, fifty records each: minutes, so not in `npm test`.
        test: {
          name: "matrix",
          include: ["test/matrix/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The vendors' own SDKs against the simulated tools; they have a lockfile of their own.
        test: { name: "sdk", include: ["test/sdk/*.test.ts"], ...fast },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
