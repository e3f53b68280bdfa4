// The desk's page: what is pressed goes to the server, what changes comes back as a stream of messages.
const $ = (css, root = document) => root.querySelector(css);
const $$ = (css, root = document) => [...root.querySelectorAll(css)];
const id = (name) => document.getElementById(name);
const show = (one, yes) => one?.toggleAttribute("hidden", !yes);
const agent = () => $("[data-agent][aria-selected=true]").dataset.tab;
const from = (one) => ({
  person: one.closest("[data-person]")?.dataset.person || agent(),
  place: one.closest("[data-place]")?.dataset.place || "private",
});

async function post(door, body) {
  const answer = await fetch(`/desk/${door}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Amends-Desk": "1" },
    body: JSON.stringify({ seen: crypto.randomUUID(), ...body }),
  }).then((sent) => (sent.ok || sent.status === 422 ? sent.json() : { broken: true }), () => ({ broken: true }));
  show(id("broken"), answer.broken);
  return answer;
}

// What somebody is typing is not lost when a message is drawn anew.
const label = ({ form, name, type, value }) =>
  [form.dataset.action || form.dataset.person, form.dataset.value || form.dataset.place, name, type === "checkbox" ? value : ""].join(" ");
const part = (one) => (one.type === "checkbox" ? "checked" : "value");
const first = (one) => (one.options ? $("option[selected]", one)?.value ?? "" : one.type === "checkbox" ? one.defaultChecked : one.defaultValue);
function typed(root) {
  const kept = { values: {}, open: $$("details[open]", root).filter((one) => !$("[data-sent]", one)).map((one) => one.dataset.key) };
  for (const one of $$("form [name]", root)) {
    if ("sent" in one.form.dataset) continue;
    if (one[part(one)] !== first(one)) kept.values[label(one)] = one[part(one)];
    if (one === document.activeElement) kept.at = [label(one), one.selectionStart, one.selectionEnd];
  }
  return kept;
}
function retype(root, kept) {
  for (const one of $$("details", root)) one.open = kept.open.includes(one.dataset.key);
  for (const one of $$("form [name]", root)) {
    if (label(one) in kept.values) one[part(one)] = kept.values[label(one)];
    if (kept.at?.[0] !== label(one)) continue;
    one.focus({ preventScroll: true });
    if (one.selectionStart !== null && one.setSelectionRange) one.setSelectionRange(kept.at[1], kept.at[2]);
  }
}

// What the stream brings
function draw(one, loud) {
  const log = id(`log-${one.pane}`), old = id(one.ref), parent = id(one.thread);
  const fresh = document.createRange().createContextualFragment(one.html).firstElementChild;
  if (old) {
    const kept = typed(old);
    $(":scope > .thread", fresh).append(...$(":scope > .thread", old).children);
    old.replaceWith(fresh);
    retype(fresh, kept);
  } else (parent ? $(":scope > .thread", parent) : log).append(fresh);
  if (fresh.dataset.only) show(fresh, fresh.dataset.only === agent());
  if (!loud) return;
  fresh.classList.add("fresh");
  const pane = log.closest(".pane");
  if (pane.hidden) show($(".dot", id(`tab-${pane.id.slice(5)}`)), true);
  if (fresh.hidden) show($(".dot", id(`tab-${fresh.dataset.only}`)), true);
  if (!log.contains(document.activeElement?.form ?? null)) reveal(log, fresh);
}
function reveal(log, one) {
  const top = one.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
  const bottom = top + one.offsetHeight - log.clientHeight;
  log.scrollTo({ top: one.offsetHeight > log.clientHeight - 24 ? top - 12 : bottom + 16 });
}
const end = (log) => log?.scrollTo({ top: log.scrollHeight, behavior: "instant" });
function listen() {
  const stream = new EventSource(`/desk/stream?look=${encodeURIComponent(document.body.dataset.look)}`);
  let loud = false;
  stream.addEventListener("messages", (event) => {
    for (const one of JSON.parse(event.data)) draw(one, loud);
    if (!loud && sessionStorage.typed) retype(document, JSON.parse(sessionStorage.typed));
    if (!loud) $$(".log").forEach(end);
    sessionStorage.removeItem("typed");
    loud = true;
  });
  stream.addEventListener("clock", (event) => { id("now").textContent = JSON.parse(event.data); });
  stream.addEventListener("look", () => {
    stream.close();
    sessionStorage.typed = JSON.stringify(typed(document));
    location.reload();
  });
  stream.onerror = () => show(id("away"), true);
  stream.onopen = () => show(id("away"), false);
}

// Tabs, and what stands beside the messages
function choose(tab) {
  for (const one of $$("[role=tab]", tab.parentElement)) {
    one.setAttribute("aria-selected", one === tab);
    one.tabIndex = one === tab ? 0 : -1;
    show(id(`pane-${one.dataset.tab}`), one === tab);
  }
  show($(".dot", tab), false);
  if ("agent" in tab.dataset) {
    for (const one of $$("[data-as], [data-only]")) show(one, (one.dataset.as || one.dataset.only) === agent());
    const mine = $("[data-as]:not([hidden])");
    [mine.parentElement.lang, mine.parentElement.dir] = [mine.lang, mine.dir];
  }
  end($(".log:not([hidden])", id(`pane-${tab.dataset.tab}`)));
  sessionStorage.tabs = $$("[role=tab][aria-selected=true]").map((one) => one.id).join(" ");
}
function home(pane, yes) {
  show($(".log.home", pane), yes);
  show($(".log:not(.home)", pane), !yes);
  $("[data-show=home]", pane).setAttribute("aria-pressed", yes);
}
function reply(form, ref) {
  form.dataset.thread = ref;
  const words = $("[data-words]", form);
  words.textContent = ref && words.dataset.words.replace("%", $("h3", id(ref)).textContent);
  show(words.parentElement, ref);
  if (ref) $("textarea", form).focus();
}

// Forms
function filled(form) {
  const inputs = {};
  for (const one of $$("[name]", form)) {
    if (one.type !== "checkbox") inputs[one.name] = one.value;
    else (inputs[one.name] ??= []).push(...(one.checked ? [one.value] : []));
  }
  return inputs;
}
function wrong(form, fields) {
  const beside = (one) => one.dataset.wrong || Object.keys(fields).filter((name) => !$(`[data-wrong="${CSS.escape(name)}"]`, form));
  for (const one of $$("[data-wrong]", form)) one.textContent = [beside(one)].flat().map((name) => fields[name]).join(" ");
  for (const one of $$("[name]", form)) one.setAttribute("aria-invalid", one.name in fields);
  $("[aria-invalid=true]", form)?.focus();
}
async function submit(form) {
  const pane = form.closest(".pane"), where = from(form);
  form.dataset.sent = "";
  const answer = await post("press", { ...where, action: form.dataset.action, value: form.dataset.value, inputs: filled(form) });
  delete form.dataset.sent;
  wrong(form, answer.fields || {});
  if (answer.fields || answer.broken) return;
  form.reset();
  for (const one of $$("details[open]", pane)) if (one.contains(form)) one.open = false;
  if (where.place === "home") home(pane, false);
}
async function send(form) {
  const box = $("textarea", form), text = box.value;
  if (!text.trim()) return;
  box.value = "";
  if (!(await say(form, text))) box.value = text;
}
async function say(form, text) {
  const { broken } = await post("say", { ...from(form), text, thread: form.dataset.thread });
  if (!broken) reply(form, "");
  return !broken;
}

const pressed = {
  tab: choose,
  minutes: (one) => post("clock", { minutes: Number(one.dataset.minutes) }),
  sample: (one) => say($("form", one.closest("[data-as]")), one.dataset.sample),
  coach: (one) => post("coach", { person: agent(), message: one.dataset.coach }),
  reply: (one) => reply($(".composer", one.closest(".pane")), one.dataset.reply),
  stop: (one) => reply(one.form, ""),
  press: (one) => post("press", { ...from(one), action: one.dataset.press, value: one.dataset.value }),
  show: (one) => {
    const view = one.dataset.show, yes = view === "home" && one.getAttribute("aria-pressed") === "false";
    home(one.closest(".pane"), yes);
    return view === "home" && !yes ? null : post("show", { ...from(one), view });
  },
};
document.addEventListener("click", async ({ target }) => {
  const one = target.closest("button"), name = Object.keys(pressed).find((key) => key in (one?.dataset ?? {}));
  if (!name || "busy" in one.dataset) return;
  one.dataset.busy = "";
  await pressed[name](one);
  delete one.dataset.busy;
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if ("sent" in event.target.dataset) return;
  (event.target.matches(".composer") ? send : submit)(event.target);
});
document.addEventListener("change", ({ target }) => {
  if ("language" in target.dataset) post("language", { person: target.dataset.language, lang: target.value });
});
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.matches(":hover, :focus-within")) target.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("keydown", (event) => {
  const one = event.target;
  if (one.matches(".composer textarea") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    one.form.requestSubmit();
  }
  if (one.matches("[role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) {
    const next = one.nextElementSibling || one.previousElementSibling;
    choose(next);
    next.focus();
  }
});

const before = (sessionStorage.tabs || "").split(" ");
for (const list of $$("[role=tablist]")) choose($$("[role=tab]", list).find((one) => before.includes(one.id)) || list.firstElementChild);
listen();
