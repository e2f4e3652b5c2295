// Runs in the browser. The token is in the fragment: it is sent only in the requests below.
// After a sign-in at the tool, `choose.` stands before it; `messages.` where only what messages are signed
// with is to be given.
const [, purpose, given] = /^#(?:(choose|messages)\.)?(.*)$/.exec(location.hash) ?? [];
const signedIn = purpose === "choose";
let token = given ?? "";
const part = (id) => document.getElementById(id);

const ask = async (path, body) => {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};

const say = (text, bad = false) => {
  part("about").textContent = text;
  part("about").classList.toggle("bad", bad);
};

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const input = ({ name, label, secret, optional, type }) =>
  element(
    "div",
    {},
    element("label", {
      htmlFor: `field-${name}`,
      textContent: optional ? `${label} (optional)` : label,
    }),
    element("input", {
      id: `field-${name}`,
      name,
      type: type ?? (secret ? "password" : "text"),
      required: !optional,
      autocomplete: "off",
      spellcheck: false,
    }),
  );

/** The day a key ends is known to whoever made it, and to nobody else. */
const ends = { name: "ends", label: "Ends on", type: "date", optional: true };

/** An app's client is asked for where none is known; another one may be given. */
const client = ({ fields, browser }) => {
  const where = element(
    "p",
    { className: "hint" },
    "In the app's settings at the tool, allow this redirect address: ",
    element("code", { textContent: browser.redirect }),
  );
  if (!browser.clientKnown) return [where, ...fields.map(input)];
  const other = fields.map((field) => input({ ...field, optional: true }));
  return [
    element("details", {}, element("summary", { textContent: "Use another app" }), where, ...other),
  ];
};

let chosen;
let title;
const choose = (way) => {
  chosen = way;
  const { browser, fields, gives } = way;
  const signsIn = gives === "credential";
  const given = signsIn ? [...fields, ends] : fields;
  const asked = browser ? client(way) : given.map(input);
  // Where there is a choice, what each way is stands beside its button.
  const about = part("ways").hidden
    ? [element("p", { className: "hint", textContent: way.about })]
    : [];
  part("fields").replaceChildren(...about, ...asked);
  part("give").textContent = browser ? `Sign in with ${title}` : signsIn ? "Connect" : "Keep it";
};

const chooser = (ways) => {
  for (const [index, way] of ways.entries()) {
    const radio = element("input", { type: "radio", name: "way", checked: index === 0 });
    radio.addEventListener("change", () => choose(way));
    const about = way.browser ? `Sign in with ${title}. ${way.about}` : way.about;
    part("ways").append(element("label", {}, radio, ` ${about}`));
  }
  part("ways").hidden = ways.length < 2;
};

/** What a setting can be, by the names people know; where the tool lists nothing it is typed. */
const setting = ({ settings, choices, optional, problem }) => {
  const [first] = settings;
  if (choices.length === 0) {
    const why = element("p", { className: "hint", textContent: problem ?? first.about });
    return element("div", {}, why, ...settings.map((one) => input({ ...one, optional })));
  }
  const names = choices.map(({ label }) => label);
  const shown = ({ value, label }) =>
    names.filter((name) => name === label).length > 1 ? `${label} (${value})` : label;
  const label = element("label", {
    htmlFor: `field-${first.name}`,
    textContent: optional ? `${first.label} (optional)` : first.label,
  });
  const select = element(
    "select",
    { id: `field-${first.name}`, name: first.name, required: !optional },
    element("option", { value: "", textContent: optional ? "None" : "Choose…" }),
    ...choices.map((one) => element("option", { value: one.value, textContent: shown(one) })),
  );
  return element("div", {}, label, select);
};

/** What comes after a sign-in: the form is about settings now. */
const offer = (open) => {
  chosen = null;
  part("ways").hidden = true;
  part("fields").replaceChildren(...open.map(setting));
  part("give").textContent = "Save";
  part("give").disabled = false;
};

const open = async (choosing) => {
  const form = await ask("/connect/look", { token, choosing });
  ({ title } = form);
  document.title = `Connect ${title} · Tieline`;
  if (choosing || form.open.length > 0) {
    part("title").textContent = `What “${form.connection}” works with`;
    say(`${title} has let Tieline in. One more thing: choose what it works with there.`);
    offer(form.open);
  } else {
    const signing = form.ways.filter(({ gives }) => gives === "messages");
    const ways = purpose === "messages" && signing.length > 0 ? signing : form.ways;
    part("title").textContent =
      ways === signing
        ? `What ${title} signs its messages to “${form.connection}” with`
        : `Connect ${title} as “${form.connection}”`;
    say(`Asked for in Slack by ${form.askedBy}. This link works once.`);
    chooser(ways);
    choose(ways[0]);
  }
  part("form").hidden = false;
  (part("fields").querySelector(":scope > div :is(input, select)") ?? part("give")).focus();
};

try {
  await open(signedIn);
} catch (error) {
  part("title").textContent = "This link does not work any more";
  say(error.message, true);
}

const typed = () =>
  Object.fromEntries(
    [...part("fields").querySelectorAll("input, select")]
      .filter(({ value }) => value.trim() !== "")
      .map(({ name, value }) => [name, value.trim()]),
  );

/** Goes to the tool's own page; it sends the browser back to us. */
const signIn = async () => {
  const { client_id: id, client_secret: secret } = typed();
  const given = id || secret ? { client: { id: id ?? "", secret: secret ?? "" } } : {};
  const { to } = await ask("/connect/begin", { token, way: chosen.name, ...given });
  // For the way back, should it have to be tried again; it goes with this tab.
  sessionStorage.setItem("tieline-page", token);
  location.assign(to);
};

const give = async () => {
  const { ends: day, ...values } = typed();
  await ended(await ask("/connect/give", { token, values, ...(day ? { ends: day } : {}) }));
};

const save = async () => ended(await ask("/connect/choose", { token, values: typed() }));

const ended = async (answer) => {
  if ("choose" in answer) {
    token = answer.choose;
    await open(true);
    return;
  }
  part("form").hidden = true;
  if ("learned" in answer) {
    part("title").textContent = "Kept";
    say("Messages that are signed with it are believed from now on. You can close this page.");
  } else if ("account" in answer) {
    part("title").textContent = "Connected";
    const may = answer.can.length === 0 ? "" : ` It may ${answer.can.join(", ")}.`;
    const note = answer.note === null ? "" : ` ${answer.note}`;
    say(
      `It works: account ${answer.account}.${may}${note} You can close this page and go back to Slack.`,
      answer.note !== null,
    );
  } else {
    part("title").textContent = "Kept, but it does not work yet";
    say(`${answer.problem} Ask for a new link in Slack to try again.`, true);
  }
};

part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("give").disabled = true;
  say(chosen?.browser ? `Going to ${title}…` : "Checking…");
  try {
    await (chosen === null ? save() : chosen.browser ? signIn() : give());
  } catch (error) {
    say(error.message, true);
    part("give").disabled = false;
  }
});

// Whoever comes back by the browser's own button finds the form as it was.
addEventListener("pageshow", () => (part("give").disabled = false));
