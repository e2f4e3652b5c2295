import { errorRules } from "./error-rules.ts";
import { changeTimes } from "./change-rules.ts";
import { fieldLines } from "./object-rules.ts";
import { baseUrl, bucketNames, oneMethod, pageSizes, placeholders } from "./request-rules.ts";
import type { Rule } from "./rule.ts";
import { writes } from "./write-rules.ts";

/** Everything that is judged beyond the shape of a manifest. A new rule is a function and one line here. */
export const rules: readonly Rule[] = [
  baseUrl,
  oneMethod,
  placeholders,
  pageSizes,
  bucketNames,
  errorRules,
  fieldLines,
  changeTimes,
  writes,
];
