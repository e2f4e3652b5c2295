import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import type { Clients } from "./clients.ts";
import { isDecimal } from "./decimal.ts";
import { noSuchProject, projectProblem } from "./errors.ts";
import { shown, type Values } from "./fields.ts";
import { isDate, projectTime } from "./time.ts";

export type Project = Values & {
  id: number;
  title: string;
  description: string | null;
  due_date: string | null;
  client_id: number | null;
  active: boolean;
  complete: boolean;
  created_at: string;
  updated_at: string;
};

export type Projects = {
  all(): Iterable<Project>;
  /** Refuses what is not there, or no more. */
  get(id: string): Project;
  find(id: string): Project | undefined;
  create(given: Values, at?: number): Project;
  update(id: string, given: Values, at?: number): Project;
  /** For good: nothing tells later that it was there. */
  remove(id: string): void;
  tally: Tally;
};

type Check = (value: unknown) => boolean;
const optional =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const textUpTo =
  (max: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= max;
const flag: Check = (value) => typeof value === "boolean";
const amount: Check = (value) => typeof value === "string" && isDecimal(value);
const among =
  (...values: string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value);

/** Names by the official SDK's Project.ts. The largest lengths are unverified. */
const CHECKS: Record<string, Check> = {
  title: (value) => textUpTo(255)(value) && value !== "",
  description: optional(textUpTo(65_535)),
  due_date: optional((value) => typeof value === "string" && isDate(value)),
  internal: flag,
  budget: optional(amount),
  fixed_price: optional(amount),
  rate: optional(amount),
  billing_method: optional(among("business_rate", "project_rate", "service_rate", "team_member_rate")), // prettier-ignore
  project_type: among("fixed_price", "hourly_rate"),
  project_manager_id: optional((value) => Number.isSafeInteger(value)),
  active: flag,
  complete: flag,
  expense_markup: (value) => value === null || typeof value === "number" || amount(value),
};
const TOLD = ["id", "sample", "logged_duration", "billed_amount", "billed_status", "retainer_id", "created_at", "updated_at", "services", "group", "group_id"]; // prettier-ignore

/** A client's id, as a number or as text: the official SDK has it as text. */
const isThere = (value: unknown, clients: Clients): boolean =>
  (typeof value === "number" || typeof value === "string") &&
  clients.find(shown(value))?.vis_state === 0;

const FIRST_ID = 4_090_500;

/** The projects of the simulated business. `changed` hears of each write, by what was done. */
export function openProjects(
  shelf: Shelf,
  clients: Clients,
  changed: (verb: "create" | "update" | "delete", project: Project) => void,
): Projects {
  const kept = shelf.collection<Project>("projects");
  const last = shelf.collection<number>("last_project");
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  const checks = { ...CHECKS, client_id: optional((value) => isThere(value, clients)) };

  function get(id: string): Project {
    const project = kept.get(id);
    if (project === undefined) throw noSuchProject();
    return project;
  }

  return {
    all: () => kept.values(),
    find: (id) => kept.get(id),
    get,
    create(given, at = Date.now()) {
      if (given["title"] === undefined) throw projectProblem({ title: "field required" });
      const values = accepted(given, checks);
      const id = (last.get("id") ?? FIRST_ID) + 1;
      last.set("id", id);
      const time = projectTime(at);
      const project = {
        ...BLANK,
        ...values,
        id,
        group: { id: id + 1_000_000, pending_invitations: null, members: [] },
        created_at: time,
        updated_at: time,
      } as unknown as Project;
      kept.set(String(id), project);
      tally.creates += 1;
      changed("create", project);
      return project;
    },
    update(id, given, at = Date.now()) {
      const before = get(id);
      const after = { ...before, ...accepted(given, checks), updated_at: projectTime(at) };
      kept.set(id, after);
      tally.updates += 1;
      changed("update", after);
      return after;
    },
    remove(id) {
      const project = get(id);
      kept.delete(id);
      tally.archived += 1;
      changed("delete", project);
    },
    tally,
  };
}

const BLANK = {
  description: null,
  due_date: null,
  client_id: null,
  internal: false,
  budget: null,
  fixed_price: null,
  rate: null,
  billing_method: null,
  project_type: "fixed_price",
  project_manager_id: null,
  active: true,
  complete: false,
  sample: false,
  logged_duration: null,
  services: [],
  billed_amount: "0.00",
  billed_status: "unbilled",
  retainer_id: null,
  expense_markup: "0",
};

/** What may be written of what was sent. That an unknown name is refused is unverified. */
function accepted(given: Values, checks: Readonly<Record<string, Check>>): Values {
  const problems: Record<string, string> = {};
  const values: Values = {};
  for (const [name, value] of Object.entries(given)) {
    if (TOLD.includes(name)) continue;
    const check = checks[name];
    if (check === undefined) problems[name] = "extra fields not permitted";
    else if (!check(value)) problems[name] = "value is not valid";
    else values[name] = name === "client_id" && value !== null ? Number(value) : value;
  }
  if (Object.keys(problems).length > 0) throw projectProblem(problems);
  return values;
}
