import type { Workspace } from "./workspace.ts";

/** `@name` and `@Full Name` as `<@U…>`, as Slack's message box sends them. */
export function withMentions(text: string, workspace: Workspace): string {
  return replaceNames(text, workspace, (id) => `<@${id}>`);
}

/** As `withMentions`, and `#channel` too, each with its name: what `should_escape` does. */
export function escaped(text: string, workspace: Workspace): string {
  const people = replaceNames(text, workspace, (id, name) => `<@${id}|${name}>`);
  return people.replaceAll(/(?<![\w<])#([\w-]+)/g, (found, name: string) => {
    const channel = workspace.channelNamed(name);
    return channel ? `<#${channel.id}|${channel.name}>` : found;
  });
}

function replaceNames(
  text: string,
  workspace: Workspace,
  mention: (id: string, name: string) => string,
): string {
  const names = workspace.users().flatMap(({ id, name, real_name }) => [
    { id, name, written: real_name },
    { id, name, written: name },
  ]);
  // The longest name first: "@Olivia Berg" must not become a mention of "@Olivia".
  names.sort((a, b) => b.written.length - a.written.length);
  return names.reduce((said, { id, name, written }) => {
    const pattern = new RegExp(`(?<![\\w<])@${RegExp.escape(written)}(?!\\w)`, "gi");
    return said.replaceAll(pattern, () => mention(id, name));
  }, text);
}
