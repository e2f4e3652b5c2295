/** Who works in this portal; records name them by id. */
export const owners = [
  { id: "71540001", email: "hanne.vogt@harbour.example", firstName: "Hanne", lastName: "Vogt" },
  { id: "71540002", email: "ravi.menon@harbour.example", firstName: "Ravi", lastName: "Menon" },
  { id: "71540003", email: "olga.petrova@harbour.example", firstName: "Olga", lastName: "Petrova" },
].map((owner, index) => ({
  ...owner,
  type: "PERSON",
  userId: 5_100_001 + index,
  createdAt: "2025-01-08T09:00:00.000Z",
  updatedAt: "2025-01-08T09:00:00.000Z",
  archived: false,
}));

export const ownerIds = owners.map(({ id }) => id);
