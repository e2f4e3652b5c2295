import { type Answer, Refusal, type Request, type Route } from "./http.ts";
import { html } from "./markup.ts";
import { framed, type Tab, tabsOf } from "./page-frame.ts";
import { type Setup, setupRoutes } from "./setup-page.ts";

export type Row = { id: string; cells: string[]; faded: boolean };
export type Field = { name: string; label: string; value: string };

/** What a tool shows of its records to a person with a browser. */
export type Records = {
  tool: string;
  /** The object's name in addresses: contacts. */
  object: string;
  /** What the records are called: contacts, customers. */
  noun: string;
  columns: string[];
  /** Newest first. */
  rows(): Row[];
  /** The fields a person may edit here; undefined if there is no such record. */
  fields(id: string): Field[] | undefined;
  save(id: string, values: Record<string, string>): void | Promise<void>;
  /** What the tool says against a change, for people to read. */
  reason(refusal: Refusal): string;
};

const SHOWN = 100;

/**
 * The pages of a tool's objects, the first of which is at `/`: at `/_objects/:object` a table one can
 * search, at `/_record/:object/:id` a form for one record. After them what a person sets up there.
 */
export function pageRoutes(...all: readonly (Records | Setup)[]): Route[] {
  const records = all.flatMap((one) => ("columns" in one ? [one] : []));
  const setups = all.flatMap((one) => ("columns" in one ? [] : [one]));
  const tabs = [
    ...records.map((one): Tab => ({ href: addressOf(one), label: one.noun })),
    ...setups.map(({ path, label }): Tab => ({ href: path, label })),
  ];
  const first = records.slice(0, 1).map((one): Route => ({
    method: "GET",
    path: "/",
    handle: (request) => table(tabs, one, request),
  }));
  return [
    ...first,
    { method: "GET", path: "/favicon.ico", handle: () => ({ status: 204, headers: {}, body: "" }) },
    ...records.flatMap((one) => objectRoutes(tabs, one)),
    ...setups.flatMap((setup) => setupRoutes(tabs, setup)),
  ];
}

function objectRoutes(tabs: readonly Tab[], records: Records): Route[] {
  const path = `/_record/${records.object}/:id`;
  const idOf = (request: Request) => request.params["id"] ?? "";
  return [
    {
      method: "GET",
      path: addressOf(records),
      handle: (request) => table(tabs, records, request),
    },
    { method: "GET", path, handle: (request) => form(records, idOf(request), null) },
    {
      method: "POST",
      path,
      async handle(request) {
        const values = Object.fromEntries(new URLSearchParams(request.body));
        try {
          await records.save(idOf(request), values);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return form(records, idOf(request), { typed: values, reason: records.reason(error) });
        }
        const back = `/_objects/${records.object}?q=${encodeURIComponent(idOf(request))}`;
        return { status: 303, headers: { location: back }, body: "" };
      },
    },
  ];
}

function table(tabs: readonly Tab[], records: Records, request: Request): Answer {
  const query = request.query.get("q") ?? "";
  const wanted = query.trim().toLowerCase();
  const rowsThere = records.rows();
  const found = rowsThere.filter(({ id, cells }) => {
    return (
      wanted === "" || id === wanted || cells.some((cell) => cell.toLowerCase().includes(wanted))
    );
  });
  const rows = found.slice(0, SHOWN).map(
    ({ id, cells, faded }) =>
      html`<tr${faded ? html` class="faded"` : null}>
        <td><a href="/_record/${records.object}/${id}">${id}</a></td>
        ${cells.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  const heads = ["Id", ...records.columns].map((name) => html`<th scope="col">${name}</th>`);
  const count = `${number(found.length)} of ${number(rowsThere.length)} ${records.noun}`;
  const cut = found.length > SHOWN ? `, the newest ${number(SHOWN)} shown` : "";
  return framed(
    records.tool,
    html`${tabsOf(tabs, addressOf(records))}
      <form role="search" action="/_objects/${records.object}">
        <label for="q">Search ${records.noun}</label>
        <input id="q" name="q" type="search" value="${query}" autofocus />
        <button>Search</button>
        <span role="status">${count}${cut}</span>
      </form>
      <div class="wide" tabindex="0" role="region" aria-label="Records">
        <table>
          <thead>
            <tr>
              ${heads}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <p>Open one by its id to change it, as somebody at ${records.tool} would.</p>
      ${rows.length === 0 ? html`<p>Nothing found.</p>` : null}`,
  );
}

/** The page of these records. */
const addressOf = ({ object }: Records): string => `/_objects/${object}`;

type Problem = { typed: Record<string, string>; reason: string };

function form(records: Records, id: string, problem: Problem | null): Answer {
  const fields = records.fields(id);
  if (fields === undefined)
    return framed(records.tool, html`<p>There is no record ${id}.</p>`, 404);
  const name = records.rows().find((row) => row.id === id)?.cells[0] ?? "";
  const inputs = fields.map(
    ({ name, label, value }) =>
      html`<p>
        <label for="${name}">${label}</label>
        <input
          id="${name}"
          name="${name}"
          value="${problem?.typed[name] ?? value}"
          autocomplete="off"
        />
      </p>`,
  );
  return framed(
    records.tool,
    html`<p><a href="/_objects/${records.object}">All ${records.noun}</a></p>
      <h2>${name} <small>${id}</small></h2>
      ${
        problem === null
          ? null
          : html`<p role="alert" class="problem">
              Not saved. ${records.tool} says: ${problem.reason}
            </p>`
      }
      <form method="post" class="record">${inputs}<button>Save</button></form>`,
    problem === null ? 200 : 400,
  );
}

const number = (value: number) => value.toLocaleString("en");
