import type { Target } from "./posting.ts";
import { NotTaken, type Setup } from "./setup-page.ts";

/** A step that posts to an address, with a key that is the same for all of them. */
type Step = {
  name: string;
  label: string;
  about: string;
  target(): Target | null;
  point(target: Target | null): void;
};

type About = Pick<Setup, "tool" | "about"> & {
  steps: readonly Step[];
  /** What a person starts by hand, and with which data for instance. */
  run: { label: string; about: string; sample: object; start(data: unknown): Promise<string> };
};

const keyLabel = "Key";

/** Where somebody writes down in an automation what its steps post to, and runs one. */
export const postingPage = ({ tool, about, steps, run }: About): Setup => ({
  tool,
  path: "/_steps",
  label: "Steps",
  about,
  given: [],
  button: "Save and run",
  inputs: () => [
    ...steps.map(({ name, label, about, target }) => ({
      kind: "url" as const,
      name,
      label,
      about,
      value: target()?.url ?? "",
    })),
    {
      kind: "text",
      name: "key",
      label: keyLabel,
      about: "Goes with each as a header: Authorization, Bearer and the key.",
      value: steps.map(({ target }) => target()?.key ?? "").find((key) => key !== "") ?? "",
    },
    { kind: "long", name: "data", label: run.label, about: `${run.about} For instance: ${JSON.stringify(run.sample)}`, value: "" }, // prettier-ignore
  ],
  async save(values) {
    const typed = (name: string): string => values.get(name)?.trim() ?? "";
    const key = typed("key");
    for (const { name, label } of steps) {
      const url = typed(name);
      if (url !== "" && !URL.canParse(url))
        throw new NotTaken(`${label}: this is no address; it begins with http.`);
      if (url !== "" && key === "") throw new NotTaken("Without the key nothing that is posted is taken."); // prettier-ignore
    }
    const data = typed("data") === "" ? undefined : dataIn(typed("data"));
    for (const { name, point } of steps)
      point(typed(name) === "" ? null : { url: typed(name), key });
    return data === undefined ? "Saved." : `Saved. ${await run.start(data)}`;
  },
});

export function dataIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NotTaken("The data is no JSON.");
  }
}
