import type { Answer } from "./server.ts";

type Outcome = {
  title: string;
  text: string;
  bad: boolean;
  /** Where it goes on; the script goes there by itself. */
  next?: { label: string; href: string };
};

/** How a sign-in ended. Its script takes the code out of the address bar, and offers to try again. */
export const outcomePage = (status: number, { title, text, bad, next }: Outcome): Answer => ({
  status,
  type: "text/html; charset=utf-8",
  body: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${escaped(title)} · Tieline</title>
    <link rel="stylesheet" href="/connect/page.css" />
    <script type="module" src="/connect/outcome.js"></script>
  </head>
  <body>
    <main>
      <p class="brand">Tieline</p>
      <h1 id="title">${escaped(title)}</h1>
      <p id="about" role="status"${bad ? ' class="bad"' : ""}>${escaped(text.replace(/\s+/g, " ").trim())}</p>
      ${next === undefined ? "" : `<p><a id="next" href="${escaped(next.href)}">${escaped(next.label)}</a></p>`}
      <p><a id="again" hidden href="/connect">Try again</a></p>
    </main>
  </body>
</html>
`,
});

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
