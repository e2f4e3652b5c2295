import { type Answer, page } from "./http.ts";
import { html, type Markup } from "./markup.ts";

/** A page of a tool beside others: where it is, and what it is called among them. */
export type Tab = { href: string; label: string };

/** The tabs of a tool; none where there is but one page. */
export const tabsOf = (tabs: readonly Tab[], shown: string): Markup | null =>
  tabs.length < 2
    ? null
    : html`<nav aria-label="Pages">
        ${tabs.map(
          ({ href, label }) =>
            html`<a href="${href}" ${href === shown ? html` aria-current="page"` : null}
              >${label}</a
            >`,
        )}
      </nav>`;

/** A page of a simulated tool, which says that it is one. */
export function framed(tool: string, body: Markup, status = 200): Answer {
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
  --link: light-dark(#1856b8, #7fb2ff); --bad: light-dark(#a3201d, #ff9d97);
  --good: light-dark(#1d6b3a, #7fd6a0); }
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
.setup { max-width: 44rem; }
.setup > p > label, .given dt { display: block; font-weight: 600; }
.setup input[type=url], .setup input[type=text], .setup textarea, .given input { width: 100%; font-family: ui-monospace, monospace; font-size: .85rem; }
textarea { color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .35rem .5rem; }
.setup small, .given small { color: var(--soft); }
.given { max-width: 44rem; margin: 0 0 1.5rem; }
.given dd { margin: 0 0 .8rem; }
fieldset { border: 1px solid var(--line); border-radius: .3rem; margin: 1rem 0; padding: .6rem 1rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .2rem 1rem; }
legend { font-weight: 600; padding: 0 .3rem; }
.saved { color: var(--good); font-weight: 600; }
`;
