import { budget } from "./budget.ts";
import { chain } from "./chain.ts";
import type { Check, Finding, Subject } from "./check.ts";
import { condition } from "./condition.ts";
import { cycle } from "./cycle.ts";
import { deletes } from "./deletes.ts";
import { duplicate } from "./duplicate.ts";
import { endsStay } from "./ends-stay.ts";
import { leftOut } from "./left-out.ts";
import { mapping } from "./mapping.ts";
import { match } from "./match.ts";
import { published } from "./published.ts";
import { pull } from "./pull.ts";
import { share } from "./share.ts";
import { tightSchedule } from "./tight-schedule.ts";
import { twoWriters } from "./two-writers.ts";

/** Every check that a flow passes when it is set up, changed or looked at. */
const checks: readonly Check[] = [
  endsStay,
  deletes,
  match,
  condition,
  mapping,
  leftOut,
  pull,
  duplicate,
  cycle,
  twoWriters,
  chain,
  published,
  tightSchedule,
  budget,
  share,
];

export const checked = (subject: Subject): readonly Finding[] =>
  checks.flatMap((check) => check(subject));
