/** Seeds that once showed a fault, and which: they are lived again with every test. */
export const keptSeeds: readonly { seed: number; showed: string }[] = [
  { seed: 147, showed: "a run was left running when another run of its flow had taken the lease" },
];
