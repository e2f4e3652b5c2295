import type { OutsideIncident } from "#domain/incident.ts";
import type { OutsideIncidentView } from "../contract.ts";
import type { World } from "../world.ts";

/** A failure at a tool with all that its card says; the connection may be gone meanwhile. */
export async function outsideIncidentView(
  { registry, tools }: World,
  incident: OutsideIncident,
): Promise<OutsideIncidentView> {
  const connection = await registry.connection(incident.connection);
  const toolTitle = (connection && tools.facts(connection.connector)?.title) ?? incident.connection;
  const { page } = incident.subject.failure;
  return {
    incident,
    flow: null,
    toolTitle,
    fix: `correct it in ${toolTitle}, then mark it as fixed.`,
    owner: connection?.owner ?? null,
    link: page === null ? null : { url: page, title: toolTitle },
  };
}
