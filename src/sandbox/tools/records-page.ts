import { type Answer, page, Refusal, type Request, type Route } from "./http.ts";
import { html, type Markup } from "./markup.ts";

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
  save(id: string, values: Record<string, string>): void;
  /** What the tool says against a change, for people to read. */
  reason(refusal: Refusal): string;
};

const SHOWN = 100;

/**
 * The pages of a tool's objects, the first of which is at `/`: at `/_objects/:object` a table one can
 * search, at `/_record/:object/:id` a form for one record.
 */
export function pageRoutes(...all: readonly Records[]): Route[] {
  const first = all.slice(0, 1).map((records): Route => ({
    method: "GET",
    path: "/",
    handle: (request) => table(all, records, request),
  }));
  return [
    ...first,
    { method: "GET", path: "/favicon.ico", handle: () => ({ status: 204, headers: {}, body: "" }) },
    ...all.flatMap((records) => objectRoutes(all, records)),
  ];
}

function objectRoutes(all: readonly Records[], records: Records): Route[] {
  const path = `/_record/${records.object}/:id`;
  const idOf = (request: Request) => request.params["id"] ?? "";
  return [
    {
      method: "GET",
      path: `/_objects/${records.object}`,
      handle: (request) => table(all, records, request),
    },
    { method: "GET", path, handle: (request) => form(records, idOf(request), null) },
    {
      method: "POST",
      path,
      handle(request) {
        const values = Object.fromEntries(new URLSearchParams(request.body));
        try {
          records.save(idOf(request), values);
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

function table(all: readonly Records[], records: Records, request: Request): Answer {
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
  return document(
    records,
    html`${all.length < 2 ? null : tabs(all, records)}
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

const tabs = (all: readonly Records[], shown: Records): Markup =>
  html`<nav aria-label="Objects">
    ${all.map(
      ({ object, noun }) =>
        html`<a
          href="/_objects/${object}"
          ${object === shown.object ? html` aria-current="page"` : null}
          >${noun}</a
        >`,
    )}
  </nav>`;

type Problem = { typed: Record<string, string>; reason: string };

function form(records: Records, id: string, problem: Problem | null): Answer {
  const fields = records.fields(id);
  if (fields === undefined) return document(records, html`<p>There is no record ${id}.</p>`, 404);
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
  return document(
    records,
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

function document({ tool }: Records, body: Markup, status = 200): Answer {
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${tool}, simulated</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>${tool} <small>simulated</small></h1>
          <p>
            This is not ${tool}. It is a stand-in on this computer for trying Tieline out; every
            person and company here is made up.
          </p>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
  return page(whole.markup, status);
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c2430, #e6e9ee); --soft: light-dark(#5b6675, #9aa5b4);
  --line: light-dark(#d9dee5, #333c48); --paper: light-dark(#fff, #161b22); --band: light-dark(#f3f5f8, #1e252e);
  --link: light-dark(#1856b8, #7fb2ff); --bad: light-dark(#a3201d, #ff9d97); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { padding: 1rem 1.5rem; background: var(--band); border-bottom: 1px solid var(--line); }
h1 { font-size: 1.3rem; margin: 0; }
h2 small { color: var(--soft); font-weight: 400; }
h1 small { font-size: .8rem; font-weight: 600; border: 1px solid; border-radius: 1rem; padding: .1rem .6rem; vertical-align: .15em; }
header p { margin: .3rem 0 0; color: var(--soft); }
main { padding: 1rem 1.5rem; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1rem; }
nav a::first-letter { text-transform: uppercase; }
nav a[aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; border-bottom: 2px solid; }
form[role=search] { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .35rem .5rem; }
button { font: inherit; padding: .35rem .9rem; border: 1px solid var(--soft); border-radius: .3rem; background: var(--band); color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.wide { overflow-x: auto; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); white-space: pre; max-width: 17rem; overflow: hidden; text-overflow: ellipsis; }
th { background: var(--band); }
tr.faded td { color: var(--soft); text-decoration: line-through; }
a { color: var(--link); }
span[role=status] { color: var(--soft); }
.record { max-width: 32rem; }
.record label { display: block; font-weight: 600; }
.record input { width: 100%; }
.problem { color: var(--bad); font-weight: 600; }
`;
