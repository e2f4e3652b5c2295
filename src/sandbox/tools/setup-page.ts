import type { Answer, Request, Route } from "./http.ts";
import { html, type Markup } from "./markup.ts";
import { framed, type Tab, tabsOf } from "./page-frame.ts";

/** What the page shows to be copied, such as a secret. */
type Given = { label: string; value: string; about: string };

type Input =
  | { kind: "url" | "text" | "long"; name: string; label: string; about: string; value: string }
  /** Each option is on or off. */
  | { kind: "options"; name: string; label: string; options: readonly string[]; on: ReadonlySet<string> }; // prettier-ignore

/** What somebody sets up at a tool itself, by hand, as in the settings of an app there. */
export type Setup = {
  tool: string;
  path: `/_${string}`;
  label: string;
  /** Where the real tool has this. */
  about: string;
  given: readonly Given[];
  inputs(): readonly Input[];
  /** What the button says. */
  button: string;
  /** Returns what is said then. @throws NotTaken with the tool's reason, and nothing is changed */
  save(values: URLSearchParams): string | Promise<string>;
};

export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/** The page of one thing that is set up by hand. */
export function setupRoutes(tabs: readonly Tab[], setup: Setup): Route[] {
  const { path } = setup;
  return [
    { method: "GET", path, handle: () => shown(tabs, setup, null) },
    {
      method: "POST",
      path,
      async handle({ body }: Request) {
        const typed = new URLSearchParams(body);
        try {
          return shown(
            tabs,
            setup,
            html`<p role="status" class="saved">${await setup.save(typed)}</p>`,
          );
        } catch (error) {
          if (!(error instanceof NotTaken)) throw error;
          const said = html`<p role="alert" class="problem">Not saved. ${error.message}</p>`;
          return shown(tabs, setup, said, typed);
        }
      },
    },
  ];
}

function shown(
  tabs: readonly Tab[],
  { tool, path, label, about, given, inputs, button }: Setup,
  said: Markup | null,
  typed?: URLSearchParams,
): Answer {
  const inputOf = (input: Input) => inputMarkup(typed === undefined ? input : filled(input, typed));
  return framed(
    tool,
    html`${tabsOf(tabs, path)}
      <h2>${label}</h2>
      <p>${about}</p>
      ${given.length === 0 ? null : html`<dl class="given">${given.map(givenMarkup)}</dl>`}
      <form method="post" class="setup">
        ${inputs().map(inputOf)}
        <button>${button}</button>
        ${said}
      </form>`,
    typed === undefined ? 200 : 400,
  );
}

/** As it was typed, where that was not taken. */
const filled = (input: Input, typed: URLSearchParams): Input =>
  input.kind === "options"
    ? { ...input, on: new Set(typed.getAll(input.name)) }
    : { ...input, value: typed.get(input.name) ?? "" };

const givenMarkup = ({ label, value, about }: Given): Markup =>
  html`<dt><label for="given-${label}">${label}</label></dt>
    <dd>
      <input id="given-${label}" readonly value="${value}" />
      <small>${about}</small>
    </dd>`;

function inputMarkup(input: Input): Markup {
  const { name, label } = input;
  if (input.kind === "options")
    return html`<fieldset>
      <legend>${label}</legend>
      ${input.options.map(
        (option) =>
          html`<label
            ><input
              type="checkbox"
              name="${name}"
              value="${option}"
              ${input.on.has(option) ? html` checked` : null}
            />
            ${option}</label
          >`,
      )}
    </fieldset>`;
  const { kind, about, value } = input;
  return html`<p>
    <label for="${name}">${label}</label>
    ${
      kind === "long"
        ? html`<textarea id="${name}" name="${name}" rows="4">${value}</textarea>`
        : html`<input
            id="${name}"
            name="${name}"
            type="${kind}"
            value="${value}"
            autocomplete="off"
          />`
    }
    <small>${about}</small>
  </p>`;
}
