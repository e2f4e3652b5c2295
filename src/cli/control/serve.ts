import { chmod, mkdir, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import { once } from "node:events";
import { Mistake } from "#domain/errors.ts";
import type { Sink } from "../cli.ts";
import { lineByLine, Question, type Answer } from "./line.ts";

type Options = {
  socketPath: string;
  /** Carries a command line out in this process and returns its exit code. */
  run(question: Question, out: Sink, err: Sink, interrupted: AbortSignal): Promise<number>;
};

const longestQuestion = 32 * 1024 * 1024;
const isPipe = (path: string): boolean => path.startsWith("\\\\.\\pipe\\");

/**
 * Listens for command lines of other processes of the same user in the same folder. The socket is for
 * its owner alone; on Windows a pipe can be written by its owner and administrators only.
 * @throws Mistake when another process listens there already
 */
export async function serveControl({ socketPath, run }: Options): Promise<AsyncDisposable> {
  if (!isPipe(socketPath)) {
    await mkdir(dirname(socketPath), { recursive: true, mode: 0o700 });
    await clearAway(socketPath);
  }
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    answer(socket, run);
  });
  await listen(server, socketPath);

  return {
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
      await promise;
    },
  };
}

async function listen(server: Server, socketPath: string): Promise<void> {
  server.listen(socketPath);
  await once(server, "listening");
  if (!isPipe(socketPath)) await chmod(socketPath, 0o600);
}

/** A socket left by a process that was killed is taken away; one that answers is somebody's. */
async function clearAway(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  const answers = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  if (answers) throw new Mistake("Another Tieline is running in this folder already.");
  await rm(socketPath, { force: true });
}

function answer(socket: Socket, run: Options["run"]): void {
  const gone = new AbortController();
  const send = (line: Answer): void => {
    if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
  };
  const sinkFor = (name: "out" | "err"): Sink => ({
    write: (text) => send(name === "out" ? { out: text } : { err: text }),
  });
  const begin = async (line: string): Promise<void> => {
    // It comes from our own command line, of the same user; what is wrong in it ends the conversation.
    const question = Question.parse(JSON.parse(line));
    const code = await run(question, sinkFor("out"), sinkFor("err"), gone.signal);
    send({ exit: code });
    socket.end();
  };
  let asked = false;
  const take = lineByLine(longestQuestion, (line) => {
    if (asked) return;
    asked = true;
    begin(line).catch(() => socket.destroy());
  });
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    try {
      take(chunk);
    } catch {
      socket.destroy();
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => gone.abort());
}
