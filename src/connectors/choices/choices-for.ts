import type { Connection } from "#domain/connection.ts";
import { isSystemic, SignInAgain } from "#domain/errors.ts";
import type { Choice, Choosable } from "#domain/ports/choices.ts";
import { asSentence } from "../check-problem.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { OpenConnection } from "../open-connection.ts";
import { throwSystemic } from "../request/systemic.ts";
import type { ChoicesPlan } from "./compile.ts";

/** What can be chosen for a connection now. @throws SignInAgain */
export async function choicesFor(
  { manifest, plans }: { manifest: Manifest; plans: readonly ChoicesPlan[] },
  { settings }: Connection,
  open: OpenConnection,
  signal: AbortSignal,
): Promise<readonly Choosable[]> {
  const isOpen = (name: string): boolean => (settings[name] ?? "").trim() === "";
  const asked = plans.filter(
    ({ names, needs }) =>
      names.some(isOpen) && needs.every((name) => (open.shared[name] ?? "") !== ""),
  );
  return Promise.all(
    asked.map(async (plan) => {
      const { choices, problem } = await ask(plan, open, signal);
      const fits = ({ value, also }: Choice): boolean =>
        plan.names.every((name, at) => isOpen(name) || settings[name] === (at === 0 ? value : also[name])); // prettier-ignore
      return {
        settings: plan.names.map((name) => ({
          name,
          label: manifest.settings[name]?.label ?? name,
          about: manifest.settings[name]?.about ?? "",
        })),
        optional: plan.names.every((name) => manifest.settings[name]?.optional === true),
        choices: choices.filter(fits),
        problem,
      };
    }),
  );
}

type Asked = Pick<Choosable, "choices" | "problem">;

/** A credential that may not list them can be good all the same. */
async function ask(
  { prepare, choices }: ChoicesPlan,
  { line, shared, title }: OpenConnection,
  signal: AbortSignal,
): Promise<Asked> {
  try {
    const reply = await line.read(prepare(shared), signal);
    if (reply.ok) return { choices: choices(reply.answer.body), problem: null };
    throwSystemic(title, reply.verdict);
    return { choices: [], problem: asSentence(`${title}: ${reply.verdict.message}`) };
  } catch (error) {
    if (!isSystemic(error) || error instanceof SignInAgain) throw error;
    return { choices: [], problem: asSentence(error.message) };
  }
}
