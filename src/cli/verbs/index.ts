import type { Verb } from "../verb.ts";
import { apply } from "./apply.ts";
import { check } from "./check.ts";
import { conflicts } from "./conflicts.ts";
import { deadLetters } from "./dead-letters.ts";
import { decide } from "./decide.ts";
import { docs } from "./docs.ts";
import { exportVerb } from "./export.ts";
import { hooks } from "./hooks.ts";
import { map } from "./map.ts";
import { preview } from "./preview.ts";
import { lint } from "./lint.ts";
import { sandbox, start, worker } from "./processes.ts";
import { retry } from "./retry.ts";
import { run } from "./run.ts";

/** Every verb, in the order of the help. */
export const verbs: readonly Verb[] = [
  start,
  worker,
  apply,
  exportVerb,
  map,
  docs,
  check,
  hooks,
  run,
  preview,
  deadLetters,
  retry,
  conflicts,
  decide,
  lint,
  sandbox,
];
