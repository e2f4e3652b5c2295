import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Most mutants fall to a test of one decision: those first, and whole runs after them, small ones first. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification): number => {
      const text = readFileSync(moduleId, "utf8");
      return text.length + (text.includes("performing.ts") ? 1_000_000 : 0);
    };
    return Promise.resolve(files.toSorted((a, b) => cost(a) - cost(b)));
  }
}

/** The tests that have to notice a changed decision of the engine. */
export default defineConfig({
  test: {
    include: ["test/{engine,domain}/**/*.test.ts"],
    // The simulation takes minutes, the guard's long runs ten seconds; no decision reads the clocks of all zones.
    exclude: [
      "test/engine/simulation/**",
      "test/engine/guard-long.test.ts",
      "test/domain/{slots,ownership}.test.ts",
    ],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
