/** What a write is called in the name of an event: customer.created. */
export const changeNames = { create: "created", update: "changed", archive: "gone" } as const;
