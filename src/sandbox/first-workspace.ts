import type { SimulatedTool } from "./tools/simulated-tool.ts";

/** Which of the simulated tools are registered at the first start, and under which name. */
const connectionNames: Record<string, string> = { hubspot: "crm", quickbooks: "books" };

/** Whether the first start connects this tool. */
export const isFirst = (tool: string): boolean => Object.hasOwn(connectionNames, tool);

/** The variable that holds one value of a simulated tool's credential. */
const variable = (tool: string, field: string): string =>
  `SANDBOX_${tool}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, "_");

/** The settings of a simulated tool, and references to the values of its credential. */
export type Described = { settings: Record<string, string>; credential: Record<string, string> };

export const describedOf = (name: string, { settings, credential }: SimulatedTool): Described => ({
  settings,
  credential: Object.fromEntries(
    Object.keys(credential).map((field) => [field, `env:${variable(name, field)}`]),
  ),
});

/** What the workspace file's `env:` references stand for while the sandbox is up. */
export function sandboxVariables(
  tools: Iterable<readonly [string, SimulatedTool]>,
): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [name, { credential }] of tools) {
    for (const [field, value] of Object.entries(credential))
      variables.set(variable(name, field), value);
  }
  return variables;
}

/** The workspace file a sandbox starts with: a few of its tools as connections, and the first flow between them. */
export function firstWorkspace(
  tools: Iterable<readonly [string, SimulatedTool]>,
  owner: string | null,
): string {
  const connections = [...tools].flatMap(([name, { base_url, settings, credential }]) => {
    const connection = connectionNames[name];
    if (connection === undefined) return [];
    return [
      `  ${connection}:`,
      `    connector: ${name}`,
      `    base_url: ${base_url}`,
      `    settings: ${JSON.stringify(settings)}`,
      "    credential:",
      ...Object.keys(credential).map((field) => `      ${field}: env:${variable(name, field)}`),
    ];
  });
  return `connections:
${connections.join("\n")}
flows:
  customers-to-books:
    from: crm/contacts
    to: books/customers
    match: [email]
    trigger: { cron: "*/15 * * * *", zone: Europe/Paris }
    channel: "#integrations"
${owner === null ? "" : `    owner: ${owner}\n`}    about: Every CRM contact is a customer in the books.
`;
}
