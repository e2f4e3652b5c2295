import type { Workspace } from "./workspace.ts";

/** What a person typed as Slack hands it on: `&`, `<` and `>` as entities. */
export function asEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** As `asEntities`; `@name` and `@Full Name` become `<@U…>`, addresses become links. */
export function asMessage(text: string, workspace: Workspace): string {
  return mention(asLinks(asEntities(text)), workspace, (id) => `<@${id}>`);
}

/** As `asMessage`, with `#channel` too, each with its name: what `should_escape` does. */
export function asEscaped(text: string, workspace: Workspace): string {
  const said = asLinks(asEntities(text));
  const people = mention(said, workspace, (id, name) => `<@${id}|${name}>`);
  return people.replaceAll(/(?<![\w<&])#([\w-]+)/g, (found, name: string) => {
    const channel = workspace.channelNamed(name);
    return channel ? `<#${channel.id}|${channel.name}>` : found;
  });
}

const asLinks = (text: string) =>
  text
    .replaceAll(/https?:\/\/[^\s|]*[^\s|.,;:!?)'"]/g, (url) => `<${url}>`)
    .replaceAll(/(?<![\w/.])[\w.+-]+@[\w-]+\.[\w.-]*\w/g, (mail) => `<mailto:${mail}|${mail}>`);

function mention(
  text: string,
  workspace: Workspace,
  written: (id: string, name: string) => string,
): string {
  const names = workspace.users().flatMap(({ id, name, real_name }) => [
    { id, name, called: real_name },
    { id, name, called: name },
  ]);
  // The longest name first: "@Olivia Berg" must not become a mention of "@Olivia".
  names.sort((a, b) => b.called.length - a.called.length);
  return names.reduce((said, { id, name, called }) => {
    const pattern = new RegExp(`(?<![\\w<])@${RegExp.escape(called)}(?!\\w)`, "gi");
    return said.replaceAll(pattern, () => written(id, name));
  }, text);
}
