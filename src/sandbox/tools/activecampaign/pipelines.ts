export type Stage = { id: string; group: string; title: string; order: number; color: string };
export type Pipeline = { id: string; title: string; currency: string };

export const pipelines: readonly Pipeline[] = [
  { id: "1", title: "Sales", currency: "eur" },
  { id: "2", title: "Renewals", currency: "usd" },
];

const titles: Record<string, readonly string[]> = {
  "1": ["To Contact", "In Contact", "Offer Sent", "Negotiation"],
  "2": ["Due", "Asked", "Agreed"],
};

export const stages: readonly Stage[] = pipelines
  .flatMap(({ id }) => (titles[id] ?? []).map((title, order) => ({ group: id, title, order })))
  .map((stage, index) => ({ ...stage, id: String(index + 1), order: stage.order + 1, color: "18D6B5" })); // prettier-ignore
