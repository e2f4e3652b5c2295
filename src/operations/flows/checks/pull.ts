import { entityOf } from "#domain/entities/index.ts";
import type { Fault } from "../../workspace/faults.ts";
import { errors, type Check, type Subject } from "./check.ts";
import { given, held } from "./fields.ts";

/** What is pulled along is a reference, and another flow brings what it refers to. */
export const pull: Check = (subject) =>
  errors(subject.plan.pull.flatMap((name, n) => faultsOf(name, n, subject)));

function faultsOf(name: string, n: number, { plan, between, others, objectAt }: Subject): Fault[] {
  const path = ["pull", String(n)];
  const absent = held(name, between) ?? given(plan.map[name] ?? name, between);
  if (absent !== null) return [{ path, message: absent }];
  const type = between.entity.fields[name]?.type;
  if (type?.kind !== "reference") {
    const able = Object.entries(between.entity.fields).flatMap(([one, { type }]) =>
      type.kind === "reference" ? [one] : [],
    );
    const message = `${name} refers to no other record; of ${between.entity.many} ${able.length === 0 ? "nothing does" : `${able.join(", ")} can be pulled along`}`;
    return [{ path, message }];
  }
  const { to: kind } = type;
  const [from, to] = [plan.from.connection, plan.to.connection];
  const carries = others.some(
    (flow) =>
      flow.from.connection === from &&
      flow.to.connection === to &&
      objectAt(flow.to)?.entity === kind,
  );
  if (carries) return [];
  const message = `no flow that is there, or stands before this one, brings ${entityOf(kind).many} from ${from} to ${to}, so none can be pulled along; make that one first`;
  return [{ path, message }];
}
