import { type Answer, page } from "./http.ts";
import { html } from "./markup.ts";

/** Where a person lets an app in, or does not. */
export function consentPage(
  title: string,
  scopes: readonly string[],
  to: { allow: string; deny: string },
): Answer {
  const asked = scopes.map((scope) => html`<li>${scope}</li>`);
  return page(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}, simulated</title>
        <h1>Simulated ${title}</h1>
        <p>An app asks to use this simulated account.</p>
        <ul>
          ${asked}
        </ul>
        <p>
          <a id="allow" href="${to.allow}">Allow</a>
          <a id="deny" href="${to.deny}">Cancel</a>
        </p>
      </html>`.markup,
  );
}

/** What a person sees where an app asks in the wrong way. */
export const notConnected = (reason: string): Answer =>
  page(
    html`<!doctype html>
      <title>Not connected</title>
      <p>Sorry, that did not work: ${reason}.</p>`.markup,
    400,
  );
