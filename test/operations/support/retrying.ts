import { admin, type Room } from "./room.ts";

/** A retry of more records than are tried at one press. */
export async function bulkRetry({ perform, letter }: Room): Promise<string> {
  for (let n = 0; n < 21; n += 1) await letter({});
  const { run } = await perform("letters.retry", { flow: "customers-to-books" }, admin);
  if (run === null) throw new Error("nothing was retried");
  return run.id;
}

export async function pausedRetry(room: Room): Promise<string> {
  const run = await bulkRetry(room);
  await room.perform("runs.pause", { run }, admin);
  return run;
}

export async function smallRetry({ perform, letter }: Room): Promise<string> {
  const { id } = await letter({});
  const { run } = await perform("letters.retry", { letters: [id] }, admin);
  if (run === null) throw new Error("nothing was retried");
  return run.id;
}
