/** Seeds that once showed a fault, and which: they are lived again with every test. */
export const keptSeeds: readonly { seed: number; showed: string }[] = [
  { seed: 147, showed: "a run was left running when another run of its flow had taken the lease" },
  {
    seed: 1925,
    showed: "a record went on waiting for one that had arrived while a retry looked for it",
  },
  { seed: 4862, showed: "a match that was taken when it was looked for counted as no reason" },
  { seed: 5605, showed: "a read that goes back a little counted as one that never rests" },
  { seed: 520, showed: "what a crash left was not known again in the form its target keeps" },
  {
    seed: 8202,
    showed: "a read that goes back by as much as a clock is wrong counted as one that never rests",
  },
  {
    seed: 9350,
    showed: "a twin that a retry wrote over another's record stood there until that changed",
  },
  {
    seed: 10673,
    showed: "a twin that was written over another's record stood there until that changed",
  },
  { seed: 14270, showed: "what the hub had when a run looked was forgotten by the judge" },
  {
    seed: 18744,
    showed: "a retry that people cancelled counted as one that nobody had thought of",
  },
  {
    seed: 97919,
    showed: "a record whose source was gone kept what a twin had written over it",
  },
  {
    seed: 23005,
    showed: "what was made before a crash and edited since was asked about for nothing",
  },
  {
    seed: 52784,
    showed: "what was made before a crash and edited since was asked about for nothing",
  },
  {
    seed: 61558,
    showed:
      "a record that could not be matched waited for a person after the other side had linked it",
  },
  {
    seed: 101166,
    showed: "a link was stored again that the flow which comes back had given to another record",
  },
  {
    seed: 770,
    showed: "one that nobody can look for was made again after a crash",
  },
  {
    seed: 115321,
    showed: "what a tool made of our text was somebody's change once the next was written there",
  },
  {
    seed: 160127,
    showed: "what a crash had left unsent was sent hours later over somebody's newer edit",
  },
  {
    seed: 192126,
    showed: "what one flow of a hub had not stored counted as stored since it was looked at",
  },
  {
    seed: 201274,
    showed: "what waited was woken and made anew though it may have been written since",
  },
  {
    seed: 277276,
    showed: "what comes to the hub with the last read counted as one that never rests",
  },
  {
    seed: 361275,
    showed: "a token that another worker had just got, and that had ended too, was never renewed",
  },
  {
    seed: 649497,
    showed: "nobody asked again for a retry that had failed because somebody had to sign in",
  },
  {
    seed: 64047,
    showed: "an edit of a record that was set aside before counted as one that goes round",
  },
  {
    seed: 152999,
    showed: "a create that was under way while the clock leapt was made twice",
  },
  {
    seed: 194363,
    showed:
      "a lost create with the e-mail of another record was not known again, and made once more when a person corrected the e-mail",
  },
];
