// Runs in the browser. The token is in the fragment: it is sent only in the two requests below.
const token = location.hash.slice(1);
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

const input = ({ name, label, secret, optional }) => {
  const box = document.createElement("div");
  const caption = document.createElement("label");
  caption.htmlFor = `field-${name}`;
  caption.textContent = optional ? `${label} (optional)` : label;
  const field = document.createElement("input");
  field.id = `field-${name}`;
  field.name = name;
  field.type = secret ? "password" : "text";
  field.required = !optional;
  field.autocomplete = "off";
  field.spellcheck = false;
  box.append(caption, field);
  return box;
};

const choose = (way) => part("fields").replaceChildren(...way.fields.map(input));

const chooser = (ways) => {
  for (const [index, way] of ways.entries()) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "way";
    radio.checked = index === 0;
    radio.addEventListener("change", () => choose(way));
    label.append(radio, ` ${way.about}`);
    part("ways").append(label);
  }
  part("ways").hidden = ways.length < 2;
};

try {
  const form = await ask("/connect/look", { token });
  part("title").textContent = `Connect ${form.title} as “${form.connection}”`;
  document.title = `Connect ${form.title} · Tieline`;
  say(`Asked for in Slack by ${form.askedBy}. This link works once.`);
  chooser(form.ways);
  choose(form.ways[0]);
  part("form").hidden = false;
  part("fields").querySelector("input")?.focus();
} catch (error) {
  part("title").textContent = "This link does not work any more";
  say(error.message, true);
}

part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("give").disabled = true;
  say("Checking…");
  const values = Object.fromEntries(
    [...part("fields").querySelectorAll("input")]
      .filter(({ value }) => value !== "")
      .map(({ name, value }) => [name, value.trim()]),
  );
  try {
    const answer = await ask("/connect/give", { token, values });
    part("form").hidden = true;
    if ("account" in answer) {
      part("title").textContent = "Connected";
      const may = answer.can.length === 0 ? "" : ` It may ${answer.can.join(", ")}.`;
      say(
        `It works: account ${answer.account}.${may} You can close this page and go back to Slack.`,
      );
    } else {
      part("title").textContent = "Kept, but it does not work yet";
      say(`${answer.problem} Ask for a new link in Slack to try again.`, true);
    }
  } catch (error) {
    say(error.message, true);
    part("give").disabled = false;
  }
});
