import { addresses } from "./address-rules.ts";
import { choosing } from "./choice-rules.ts";
import { errorRules } from "./error-rules.ts";
import { waysOfSigningIn } from "./auth-rules.ts";
import { changeTimes } from "./change-rules.ts";
import { files } from "./file-rules.ts";
import { failures } from "./failure-rules.ts";
import { fieldLines } from "./field-rules.ts";
import { inboxes } from "./inbox-rules.ts";
import { keyedWrites } from "./keyed-rules.ts";
import { joins } from "./join-rules.ts";
import { objects } from "./object-rules.ts";
import { bucketNames, eventWords, oneMethod, pageSizes, parents, placeholders } from "./request-rules.ts"; // prettier-ignore
import type { Rule } from "./rule.ts";
import { emptyMessages, hookSecrets, subscribing, toldObjects } from "./webhook-rules.ts";
import { writes } from "./write-rules.ts";

/** Everything that is judged beyond the shape of a manifest. A new rule is a function and one line here. */
export const rules: readonly Rule[] = [
  addresses,
  waysOfSigningIn,
  oneMethod,
  placeholders,
  eventWords,
  pageSizes,
  parents,
  bucketNames,
  errorRules,
  objects,
  fieldLines,
  joins,
  changeTimes,
  writes,
  files,
  keyedWrites,
  inboxes,
  choosing,
  failures,
  toldObjects,
  emptyMessages,
  hookSecrets,
  subscribing,
];
