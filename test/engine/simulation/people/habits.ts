import { undone } from "../judge/undone.ts";
import { noted } from "../faults/matrix.ts";
import type { ObjectName } from "../outside/manifest.ts";
import type { NativeFields, Row } from "../outside/rows.ts";
import type { Place } from "../outside/outside.ts";
import { keep } from "./records.ts";
import { isMutual } from "../plan.ts";
import type { World } from "../world.ts";

const isBad = (value: unknown): boolean => String(value).startsWith("bad");

const forms = {
  as_given: (text: string): string => text,
  cut: (text: string): string => [...text].slice(0, 9).join("").trimEnd(),
  trim: (text: string): string => text.trim().toLowerCase(),
};

/** The form in which the target keeps a text. */
export const kept = ({ plan }: World, text: string): string => forms[plan.form](text);

/** How the tools of this life take what they are given. */
export function setHabits(world: World): void {
  const { plan, crm, books, coverage, chance } = world;
  const refuses = (_object: ObjectName, fields: NativeFields) => {
    const field = ["name", "notes"].find((name) => isBad(fields[name]));
    return field === undefined ? null : { code: "6240", field };
  };
  for (const { tool } of Object.values(world.outside.places)) {
    Object.assign(tool.habits, { refuses });
    tool.stale = () => noted(coverage, "S8.stale");
    if (isMutual(plan.topology))
      tool.habits.before = (row, fields) => void world.wrong.push(...undone(world, row, fields));
  }
  books.tool.habits.unique = plan.unique;
  books.tool.habits.keeps = (_object, fields) => {
    const { notes } = fields;
    if (typeof notes !== "string") return fields;
    const now = kept(world, notes);
    if (now !== notes) noted(coverage, plan.form === "cut" ? "D13.cut" : "D13.trim");
    return { ...fields, notes: now };
  };
  crm.tool.late = () => noted(coverage, "S8.late");
  if (chance.happens(0.15)) crm.tool.extra["surprise"] = { of: "an update" };
  if (plan.many || chance.happens(0.05)) refuseAll(world);
  if (plan.pingPong) for (const place of [crm, books]) changeBack(world, place);
}

/** A field that the target has no place for any more: whoever sends it is refused. */
function refuseAll({ books, plan, coverage }: World): void {
  const { refuses } = books.tool.habits;
  books.tool.habits.refuses = (object, fields) => {
    if (!("notes" in fields)) return refuses(object, fields);
    if (plan.many) noted(coverage, "D2.all");
    return { code: "UNKNOWN_FIELD", field: "notes" };
  };
}

/** Somebody's automation, which has its own idea of a note. */
function changeBack(world: World, place: Place): void {
  const { clock, chance } = world;
  const { tool } = place;
  let n = 0;
  const never = new AbortController().signal;
  const after = async (object: ObjectName, { id }: Row): Promise<void> => {
    await clock.sleep(1_000 + chance.whole(4_000), never);
    const row = tool.rows.of(object).get(id);
    if (row === undefined || row.deleted || tool.habits.after !== changing) return;
    n += 1;
    const fields = { ...row.fields, notes: `${String(n)} by ${tool.name}` };
    keep(world, place, object, tool.rows.change(object, id, { fields }));
  };
  const changing = (object: ObjectName, row: Row): void => void after(object, row);
  tool.habits.after = changing;
}

/** What was wrong with the tools is mended; what they are like stays. */
export function calmHabits(world: World): void {
  const { crm, books, outside } = world;
  for (const { tool } of Object.values(outside.places)) {
    tool.habits.after = () => undefined;
    delete tool.extra["surprise"];
  }
  books.tool.habits.refuses = crm.tool.habits.refuses;
}
