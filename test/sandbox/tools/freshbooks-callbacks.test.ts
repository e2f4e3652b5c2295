import { expect, test } from "vitest";
import { pythonJson, signature } from "#sandbox/tools/freshbooks/signature.ts";
import { client, freshbooks, type FreshBooks, resultOf } from "./freshbooks-call.ts";
import { listener } from "./listener.ts";

const VERIFIER = "scADVVi5QuKuj5qTjVkbJNYQe7V7USpGd";

// Both made with Python's own json and hmac modules.
test.each([
  [
    { name: "invoice.create", object_id: "1234567", account_id: "6BApk", business_id: "6543", identity_id: "1234", user_id: "1" }, // prettier-ignore
    '{"name": "invoice.create", "object_id": "1234567", "account_id": "6BApk", "business_id": "6543", "identity_id": "1234", "user_id": "1"}', // prettier-ignore
    "/S03vyYmI7CekM4YXBHUhs9o5rnMtqGLrW3aA8S9gPc=",
  ],
  [
    { name: "client.create", object_id: "7", account_id: 'Zoë "Ü" 🌸\n/é\u007f\u2028' },
    '{"name": "client.create", "object_id": "7", "account_id": "Zo\\u00eb \\"\\u00dc\\" \\ud83c\\udf38\\n/\\u00e9\\u007f\\u2028"}', // prettier-ignore
    "+H/pVa8L94R5dndMQOei7uR2BpC7bTN44c+4UnEJ1RA=",
  ],
])("%j is signed as Python would write it", (form, written, signed) => {
  expect(pythonJson(form)).toBe(written);
  expect(signature(VERIFIER, form)).toBe(signed);
});

type Callback = { callbackid: number; verified: boolean };
const base = (books: FreshBooks) =>
  `/events/account/${String(books.settings["account_id"])}/events/callbacks`;
const register = (books: FreshBooks, event: string, uri: string) =>
  books.call("POST", base(books), { callback: { event, uri } });
const callbackOf = (reply: Awaited<ReturnType<typeof register>>) =>
  resultOf<{ callback: Callback }>(reply).callback;

/** Registers and answers the handshake; tells the verifier. */
async function verified(
  books: FreshBooks,
  event: string,
  ear: Awaited<ReturnType<typeof listener>>,
) {
  // prettier-ignore
  const before = ear.heard.length;
  const { callbackid: id } = callbackOf(await register(books, event, ear.url));
  const heard = await ear.until(before + 1);
  const verifier = new URLSearchParams(heard.at(-1)?.body).get("verifier") ?? "";
  await books.call("PUT", `${base(books)}/${String(id)}`, { callback: { verifier } });
  return { id, verifier };
}

test("a callback is verified by sending back what came to its address", async () => {
  await using books = await freshbooks({ seed: 0 });
  await using ear = await listener();
  const made = await register(books, "client.create", ear.url);
  const { callbackid: id, verified: at_first } = callbackOf(made);
  expect(at_first).toBe(false);
  expect(made.text).not.toContain("verifier");

  const [first] = await ear.until(1);
  expect(first?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  const form = new URLSearchParams(first?.body);
  expect(form.get("object_id")).toBe(String(id));
  const verifier = form.get("verifier") ?? "";
  const answer = (value: string) =>
    books.call("PUT", `${base(books)}/${String(id)}`, { callback: { verifier: value } });
  expect(await answer("wrong")).toMatchObject({
    status: 400,
    body: { code: 3, details: [{ fieldViolations: [{ field: "verifier" }] }] },
  });
  expect(callbackOf(await answer(verifier)).verified).toBe(true);
});

test("the verifier can be sent again, the callback listed and taken away", async () => {
  await using books = await freshbooks({ seed: 0 });
  await using ear = await listener();
  const { callbackid: id } = callbackOf(await register(books, "project.update", ear.url));
  await books.call("PUT", `${base(books)}/${String(id)}`, { callback: { resend: true } });
  const heard = await ear.until(2);
  expect(heard[0]?.body).toBe(heard[1]?.body);
  const listed = resultOf<{ callbacks: Callback[]; total: number }>(await books.call("GET", base(books))); // prettier-ignore
  expect(listed).toMatchObject({ total: 1, callbacks: [{ callbackid: id, verified: false }] });
  const gone = await books.call("DELETE", `${base(books)}/${String(id)}`);
  expect([gone.status, gone.body]).toEqual([200, { response: {} }]);
  expect((await books.call("GET", `${base(books)}/${String(id)}`)).body).toMatchObject({ code: 5 });
});

test("each change is told as a form of ids, signed over its JSON with the verifier", async () => {
  await using books = await freshbooks({ seed: 0 });
  await using ear = await listener();
  const created = await verified(books, "client.create", ear);
  const updated = await verified(books, "client.update", ear);
  const deleted = await verified(books, "client.delete", ear);
  const { id } = client(await books.post("users/clients", { client: { fname: "Zoë" } }));
  await books.put(`users/clients/${String(id)}`, { client: { lname: "B" } });
  await books.control("/_edit", { object: "clients", id, set: { vis_state: 1 } });
  const told = (await ear.until(6)).slice(3);
  const seen = told.map(({ body, headers }) => ({
    form: Object.fromEntries(new URLSearchParams(body)),
    signed: headers.get("x-freshbooks-hmac-sha256"),
  }));
  expect(seen.map(({ form }) => form["name"]).sort()).toEqual(["client.create", "client.delete", "client.update"]); // prettier-ignore
  for (const { form, signed } of seen) {
    expect(form).toMatchObject({
      object_id: String(id),
      account_id: books.settings["account_id"],
      business_id: books.settings["business_id"],
    });
    const secrets = [created, updated, deleted].map(({ verifier }) => signature(verifier, form));
    expect(secrets).toContain(signed);
  }
});

test("who has not been verified, or asked for something else, hears nothing", async () => {
  await using books = await freshbooks({ seed: 0 });
  await books.control("/_config", { callback_delay_ms: 0 });
  await using ear = await listener();
  await register(books, "client.create", ear.url);
  await ear.until(1);
  await verified(books, "project.create", ear);
  await books.post("users/clients", { client: { fname: "Ada" } });
  const project = { title: "Heard" };
  await books.call("POST", `/projects/business/${String(books.settings["business_id"])}/project`, { project }); // prettier-ignore
  const heard = await ear.until(3);
  expect(heard.map(({ body }) => new URLSearchParams(body).get("name"))).toEqual(["callback.verify", "callback.verify", "project.create"]); // prettier-ignore
});

test.each([
  [{ event: "client.renamed", uri: "http://127.0.0.1:9/x" }, "event", "Unrecognized event."],
  [{ event: "client.create", uri: "nowhere" }, "uri", "Invalid uri."],
  [{ event: "client.create", uri: "http://127.0.0.1:9/x", secret: "a" }, "secret", "Unrecognized field."], // prettier-ignore
])("%j is refused", async (callback, field, description) => {
  await using books = await freshbooks({ seed: 0 });
  expect(await books.call("POST", base(books), { callback })).toMatchObject({
    status: 400,
    body: {
      code: 3,
      message: "Invalid data in this request.",
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.BadRequest",
          fieldViolations: [{ field, description }],
        },
      ],
    },
  });
});
