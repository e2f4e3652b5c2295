import type { Coverage, Row as Fault } from "../faults/matrix.ts";
import { noted } from "../faults/matrix.ts";
import type { ObjectName } from "./manifest.ts";
import type { SignIn } from "./sign-in.ts";
import type { SimTool } from "./tool.ts";
import { makeWatch } from "./watch.ts";

/** A tool with its sign-in service. */
export type Place = { tool: SimTool; signIn: SignIn };

export type Outside = ReturnType<typeof makeOutside>;

type Parts = {
  places: Readonly<Record<string, Place>>;
  coverage: Coverage;
  now: () => number;
  wrong: string[];
  strict: () => boolean;
  /** Somebody at the tool does something to a record; false where there is none. */
  touch(place: Place, object: ObjectName): boolean;
  remove(place: Place, object: ObjectName, id: string | undefined): boolean;
};

/** The world outside: its tools, by the hosts they have, and what is seen of the requests that come. */
export function makeOutside({ places, coverage, now, wrong, strict, touch, remove }: Parts) {
  return {
    places,
    at(host: string): Place {
      const found = places[host.split(".").at(-2) ?? ""];
      if (found === undefined) throw new Error(`nobody is at ${host}`);
      return found;
    },
    watch: makeWatch({ coverage, now, wrong, strict }),
    noted: (row: Fault): void => noted(coverage, row),
    touch,
    remove,
  };
}
