import type { ObjectName, Properties } from "./objects/object-type.ts";
import type { Problem } from "./errors.ts";

export type Stage = { id: string; label: string; metadata: Record<string, string> };
export type Pipeline = { id: string; label: string; stages: readonly Stage[] };

const deal = (id: string, label: string, probability: string): Stage => ({
  id,
  label,
  metadata: { isClosed: String(["0.0", "1.0"].includes(probability)), probability },
});
const order = (id: string, label: string, state: "OPEN" | "CLOSED"): Stage => ({
  id,
  label,
  metadata: { state },
});

/** A stage's id is valid within its pipeline alone. The ids of the order pipeline are unverified. */
export const pipelines: Partial<Record<ObjectName, readonly Pipeline[]>> = {
  deals: [
    {
      id: "default",
      label: "Sales Pipeline",
      stages: [
        deal("appointmentscheduled", "Appointment Scheduled", "0.2"),
        deal("qualifiedtobuy", "Qualified To Buy", "0.4"),
        deal("presentationscheduled", "Presentation Scheduled", "0.6"),
        deal("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
        deal("contractsent", "Contract Sent", "0.9"),
        deal("closedwon", "Closed Won", "1.0"),
        deal("closedlost", "Closed Lost", "0.0"),
      ],
    },
    {
      id: "75510043",
      label: "Renewals",
      stages: [
        deal("139224301", "Coming up", "0.5"),
        deal("139224302", "In talks", "0.8"),
        deal("139224303", "Renewed", "1.0"),
        deal("139224304", "Lapsed", "0.0"),
      ],
    },
  ],
  orders: [
    {
      id: "14a2e10e-5471-408a-906e-c51f3b04369e",
      label: "Order Pipeline",
      stages: [
        order("4b27b500-f031-4927-9811-68a0b525cbae", "Open", "OPEN"),
        order("937ea84d-0a4f-4dcf-9028-3f9c2aafbf03", "Processed", "OPEN"),
        order("aa99e8d0-c1d5-4071-b915-d240bbb1aed9", "Shipped", "OPEN"),
        order("3725360f-519b-4b18-a593-494d60a29c9f", "Delivered", "CLOSED"),
        order("3c85a297-e9ce-400b-b42e-9f16853d69d6", "Cancelled", "CLOSED"),
      ],
    },
  ],
};

const of = (object: ObjectName): readonly Pipeline[] => pipelines[object] ?? [];

export const pipelineIds = (object: ObjectName): string[] => of(object).map(({ id }) => id);
export const stageIds = (object: ObjectName): string[] =>
  of(object).flatMap(({ stages }) => stages.map(({ id }) => id));
export const stageOf = (object: ObjectName, id: string | undefined): Stage | undefined =>
  of(object)
    .flatMap(({ stages }) => stages)
    .find((stage) => stage.id === id);

/** A stage that belongs to another pipeline than the record's; the wording is unverified. */
export function strayStage(
  object: ObjectName,
  after: Properties,
  [pipelineName, stageName]: readonly [string, string],
): Problem[] {
  const stage = after[stageName];
  const pipeline = of(object).find(({ id }) => id === after[pipelineName]);
  if (stage === undefined || pipeline === undefined) return [];
  if (pipeline.stages.some(({ id }) => id === stage)) return [];
  const options = pipeline.stages.map(({ id }) => id).join(", ");
  return [
    {
      message: `${stage} was not one of the allowed options: [${options}]`,
      error: "INVALID_OPTION",
      name: stageName,
    },
  ];
}
