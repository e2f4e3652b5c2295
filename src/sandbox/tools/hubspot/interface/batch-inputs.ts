import { type Answer, json, type Request } from "../../http.ts";
import { bodyOf, type JsonObject, objectWith } from "./body.ts";
import { badRequest } from "../errors.ts";

export type Failure = {
  status: "error";
  category: string;
  message: string;
  context: object;
  [more: string]: unknown;
};

/** The inputs of a batch, each with no other keys than these. */
export function inputsOf(body: JsonObject, allowed: string[], most = 100): JsonObject[] {
  const { inputs } = body;
  if (!Array.isArray(inputs)) throw badRequest("Some required fields were not set: [inputs]");
  if (inputs.length > most) {
    throw badRequest(
      `The batch is too large: ${String(inputs.length)} inputs, at most ${String(most)}`,
    );
  }
  return inputs.map((input) => {
    const item = objectWith(input, allowed, "an input");
    if (allowed.includes("id") && typeof item["id"] !== "string") {
      throw badRequest("Some required fields were not set: [id]");
    }
    return item;
  });
}

export const inputsIn = (request: Request, allowed: string[], most?: number): JsonObject[] =>
  inputsOf(bodyOf(request, ["inputs"]), allowed, most);

/** The answer to a batch: 207 where something failed. */
export function finished(results: object[], failures: Failure[], status: number): Answer {
  const at = new Date().toISOString();
  return json(failures.length > 0 ? 207 : status, {
    status: "COMPLETE",
    results,
    ...(failures.length > 0 && { numErrors: failures.length, errors: failures }),
    startedAt: at,
    completedAt: at,
  });
}
