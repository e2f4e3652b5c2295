import { type Faults, parseFault } from "./faults.ts";
import { type Answer, json, Refusal, type Request, type Route } from "./http.ts";
import type { ToolStats } from "./simulated-tool.ts";

export type Controls = {
  faults: Faults;
  /** Switches that `POST /_config` may set, by name; each throws an Error if it cannot. */
  switches: Record<string, (value: unknown) => void>;
  stats(): ToolStats;
  /** Adds clean made-up records of an object and tells how many of it there are now. */
  seed(object: string, count: number): number;
  /**
   * What a person does in the tool itself: changes a record, or adds one if no id is given. The object
   * is the tool's first one unless it is named.
   */
  edit(id: string | null, set: Record<string, unknown>, object: string | null): unknown;
};

/**
 * What tests and demonstrations use beside the tool's own interface: `/_config`, `/_stats`,
 * `/_seed` and `/_edit`. Never limited, never failing, never signed in.
 */
export function controlRoutes(controls: Controls): Route[] {
  const { faults } = controls;
  const at = (method: string, path: string, handle: (request: Request) => unknown): Route => ({
    method,
    path,
    handle: (request) => told(() => handle(request)),
  });
  return [
    at("GET", "/_stats", () => controls.stats()),
    at("GET", "/_config", () => ({ faults: faults.list() })),
    at("DELETE", "/_config", () => {
      faults.clear();
      return { faults: faults.list() };
    }),
    at("POST", "/_config", (request) => {
      const { faults: added = [], clear = false, ...rest } = bodyOf(request);
      if (!Array.isArray(added)) throw new Error('"faults" is a list.');
      const parsed = added.map(parseFault);
      for (const [name, value] of Object.entries(rest)) switchOf(controls, name)(value);
      if (clear === true) faults.clear();
      for (const fault of parsed) faults.add(fault);
      return { faults: faults.list() };
    }),
    at("POST", "/_seed", (request) => {
      const [[object, count] = ["", null]] = Object.entries(bodyOf(request));
      if (typeof count !== "number" || !Number.isInteger(count) || count < 0) {
        throw new Error('Say how many, as in {"contacts": 1000}.');
      }
      return { records: controls.seed(object, count) };
    }),
    at("POST", "/_edit", (request) => {
      const { id = null, object = null, set } = bodyOf(request);
      if (typeof set !== "object" || set === null) throw new Error('"set" is an object of values.');
      return controls.edit(
        id === null ? null : String(id),
        set as Record<string, unknown>,
        object === null ? null : String(object),
      );
    }),
  ];
}

function switchOf({ switches }: Controls, name: string): (value: unknown) => void {
  const found = switches[name];
  if (found !== undefined) return found;
  const names = ["faults", "clear", ...Object.keys(switches)].join(", ");
  throw new Error(`There is nothing to configure by the name "${name}"; there are ${names}.`);
}

function bodyOf(request: Request): Record<string, unknown> {
  const value: unknown = JSON.parse(request.body);
  if (typeof value !== "object" || value === null) throw new Error("The body is a JSON object.");
  return value as Record<string, unknown>;
}

async function told(handle: () => unknown): Promise<Answer> {
  try {
    return json(200, await handle());
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    return json(400, { error: error.message });
  }
}

export const aSwitch =
  (set: (on: boolean) => void) =>
  (value: unknown): void => {
    if (typeof value !== "boolean") throw new Error("It is switched with true or false.");
    set(value);
  };

export const aDuration =
  (set: (ms: number) => void) =>
  (value: unknown): void => {
    if (typeof value !== "number" || value < 0) throw new Error("It is a number of milliseconds.");
    set(value);
  };

/** One of a few words. */
export const aChoice =
  <Word extends string>(words: readonly Word[], set: (word: Word) => void) =>
  (value: unknown): void => {
    const word = words.find((known) => known === value);
    if (word === undefined) throw new Error(`It is one of ${words.join(", ")}.`);
    set(word);
  };

export const aCount =
  (set: (count: number) => void) =>
  (value: unknown): void => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
      throw new Error("It is a whole number.");
    set(value);
  };
