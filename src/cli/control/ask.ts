import { connect } from "node:net";
import { exit, type Sink } from "../cli.ts";
import { Answer, lineByLine, type Question } from "./line.ts";

type Hearing = { stdout: Sink; stderr: Sink; interrupted: AbortSignal };

/** One line of output is never longer; a preview with a thousand records comes as one. */
const longestAnswer = 256 * 1024 * 1024;

/**
 * Has the Tieline that listens there carry a command line out, and passes on what it says. Undefined
 * when none listens. When `interrupted` aborts nobody waits any more, and what was begun goes on.
 */
export function askRunning(
  socketPath: string,
  question: Question,
  { stdout, stderr, interrupted }: Hearing,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const socket = connect(socketPath);
  let connected = false;
  let code: number | undefined;

  const stop = (): void => {
    stderr.write("\nStopped waiting. What was begun goes on.\n");
    code = exit.interrupted;
    socket.destroy();
  };
  const take = lineByLine(longestAnswer, (line) => {
    const answer = Answer.parse(JSON.parse(line));
    if ("out" in answer) stdout.write(answer.out);
    else if ("err" in answer) stderr.write(answer.err);
    else code = answer.exit;
  });
  socket.setEncoding("utf8");
  socket.on("connect", () => {
    connected = true;
    socket.write(`${JSON.stringify(question)}\n`);
    if (interrupted.aborted) stop();
  });
  socket.on("data", (chunk: string) => {
    try {
      take(chunk);
    } catch {
      socket.destroy();
    }
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    interrupted.removeEventListener("abort", stop);
    if (connected && code === undefined) {
      stderr.write("The running Tieline ended before it had answered.\n");
      code = exit.failed;
    }
    resolve(code);
  });
  interrupted.addEventListener("abort", stop, { once: true });
  return promise;
}
