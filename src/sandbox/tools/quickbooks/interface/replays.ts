import type { Shelf } from "../../../collection.ts";
import type { Answer, Request } from "../../http.ts";
import { invalidLength } from "../errors.ts";

const LONGEST = 50;

/**
 * `?requestid=` on a POST: the first answer to an id is given again to every later request with
 * it, whatever that says, also after a restart. Refused requests are not remembered.
 */
export function openReplays(shelf: Shelf): (request: Request, handle: () => Answer) => Answer {
  const first = shelf.collection<Answer>("request_ids");
  return (request, handle) => {
    const id = request.query.get("requestid");
    if (id === null || request.method !== "POST") return handle();
    if (id.length > LONGEST) throw invalidLength("requestid", LONGEST, id.length);
    const known = first.get(id);
    if (known !== undefined) return known;
    const answer = handle();
    if (answer.status < 300) first.set(id, answer);
    return answer;
  };
}
