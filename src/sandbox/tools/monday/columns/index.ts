import { checkbox } from "./checkbox.ts";
import type { ColumnKind } from "./column-kind.ts";
import { email, link, phone } from "./contact.ts";
import { date } from "./date.ts";
import { dropdown, status } from "./labels.ts";
import { lastUpdated } from "./last-updated.ts";
import { boardRelation, mirror } from "./links-between.ts";
import { numbers } from "./numbers.ts";
import { people } from "./people.ts";
import { longText, text } from "./texts.ts";

/** Every type of column that the simulated boards may have. */
const all = [text, longText, numbers, date, status, dropdown, email, phone, link, people, checkbox, boardRelation, mirror, lastUpdated]; // prettier-ignore

export const columnKinds: ReadonlyMap<string, ColumnKind<unknown>> = new Map(
  all.map((kind) => [kind.type, kind as ColumnKind<unknown>]),
);
