// The desk's page: what is pressed goes to the server, what changes comes back as a stream of messages.
const $ = (css, root = document) => root.querySelector(css);
const $$ = (css, root = document) => [...root.querySelectorAll(css)];
const show = (one, yes) => one && one.toggleAttribute("hidden", !yes);
const place = (one) => one.closest("[data-place]")?.dataset.place || "private";
const agent = () => $("[data-agent][aria-selected=true]")?.dataset.tab;
const person = (one) => one.closest("[data-person]")?.dataset.person || agent();

async function post(path, body) {
  let answer = {};
  try {
    const sent = await fetch(`/desk/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Amends-Desk": "1" },
      body: JSON.stringify({ seen: crypto.randomUUID(), ...body }),
    });
    answer = sent.ok || sent.status === 422 ? await sent.json() : { broken: true };
  } catch { answer = { broken: true }; }
  show($("#broken"), answer.broken);
  return answer;
}

// What somebody is typing is not lost when its message is drawn anew.
const label = (one) => [one.form?.dataset.action, one.name, one.type === "checkbox" ? one.value : ""].join(" ");
const changed = (one) => one.type === "checkbox" ? one.checked !== one.defaultChecked
  : one.options ? [...one.options].some((o) => o.selected !== o.defaultSelected && (o.selected || o.defaultSelected))
    && one.value !== ([...one.options].find((o) => o.defaultSelected)?.value ?? "")
  : one.value !== one.defaultValue;
function typed(root) {
  const kept = { values: {}, open: [], at: null };
  for (const one of $$("input, textarea, select", root)) {
    if (one.form?.dataset.sent !== undefined) continue;
    if (changed(one)) kept.values[label(one)] = one.type === "checkbox" ? one.checked : one.value;
    if (one === document.activeElement) kept.at = [label(one), one.selectionStart, one.selectionEnd];
  }
  for (const one of $$("details[open]", root)) if (!$("[data-sent]", one)) kept.open.push(one.dataset.key);
  return kept;
}
function retype(root, kept) {
  for (const one of $$("details", root)) one.open = kept.open.includes(one.dataset.key);
  for (const one of $$("input, textarea, select", root)) {
    const name = label(one);
    if (name in kept.values) one[one.type === "checkbox" ? "checked" : "value"] = kept.values[name];
    if (kept.at?.[0] === name) {
      one.focus({ preventScroll: true });
      if (typeof kept.at[1] === "number") one.setSelectionRange(kept.at[1], kept.at[2]);
    }
  }
}

function place_message(one, first) {
  const log = $(`#log-${one.pane}`);
  const box = document.createElement("template");
  box.innerHTML = one.html;
  const fresh = box.content.firstElementChild;
  const old = document.getElementById(one.ref);
  if (old) {
    const kept = typed(old);
    $(":scope > .thread", fresh).append(...$(":scope > .thread", old).children);
    old.replaceWith(fresh);
    retype(fresh, kept);
  } else {
    const parent = one.thread && document.getElementById(one.thread);
    (parent ? $(":scope > .thread", parent) : log).append(fresh);
  }
  only(fresh);
  if (first) return;
  fresh.classList.add("fresh");
  const pane = log.closest(".pane");
  if (pane.hidden) show($(".dot", document.getElementById(`tab-${pane.id.slice(5)}`)), true);
  if (fresh.dataset.only && fresh.hidden) show($(".dot", document.getElementById(`tab-${fresh.dataset.only}`)), true);
  if (!log.contains(document.activeElement) || !document.activeElement.form) reveal(log, fresh);
}
function only(root) {
  for (const one of [root, ...$$("[data-only]", root)]) if (one.dataset?.only) show(one, one.dataset.only === agent());
}
function reveal(log, one) {
  if (log.scrollHeight <= log.clientHeight) return;
  const top = one.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
  const tall = one.offsetHeight > log.clientHeight - 24;
  log.scrollTo({ top: tall ? top - 12 : Math.max(top + one.offsetHeight - log.clientHeight + 16, 0) });
}
const end = (log) => log.scrollTo({ top: log.scrollHeight });

function listen() {
  const stream = new EventSource(`/desk/stream?look=${encodeURIComponent(document.body.dataset.look)}`);
  let first = true;
  stream.addEventListener("messages", (event) => {
    JSON.parse(event.data).forEach((one) => place_message(one, first));
    if (first) $$(".log").forEach(end);
    first = false;
  });
  stream.addEventListener("clock", (event) => { $("#now").textContent = JSON.parse(event.data); });
  stream.addEventListener("look", () => { remember(); location.reload(); });
  stream.onerror = () => show($("#away"), true);
  stream.onopen = () => show($("#away"), false);
}

function choose(tab) {
  for (const one of $$("[data-tab]", tab.parentElement)) {
    const yes = one === tab;
    one.setAttribute("aria-selected", yes);
    one.tabIndex = yes ? 0 : -1;
    show(document.getElementById(`pane-${one.dataset.tab}`), yes);
  }
  show($(".dot", tab), false);
  if ("agent" in tab.dataset) {
    only(document.body);
    for (const one of $$("[data-as]")) show(one, one.dataset.as === agent());
    const now = $(`[data-as="${agent()}"]`), team = $("[data-as]").closest(".pane");
    [team.lang, team.dir] = [now.lang, now.dir];
  }
  const log = $(".log:not([hidden])", document.getElementById(`pane-${tab.dataset.tab}`));
  if (log) end(log);
}
function remember() {
  sessionStorage.tabs = $$("[data-tab][aria-selected=true]").map((one) => one.dataset.tab).join(" ");
}

function values(form) {
  const inputs = {};
  for (const one of $$("input, textarea, select", form)) {
    if (one.type !== "checkbox") inputs[one.name] = one.value;
    else (inputs[one.name] ??= []).push(...(one.checked ? [one.value] : []));
  }
  return inputs;
}
function wrong(form, fields) {
  for (const one of $$("[data-wrong]", form)) one.textContent = fields[one.dataset.wrong] || "";
  const known = new Set($$("[data-wrong]", form).map((one) => one.dataset.wrong));
  $("[data-wrong='']", form).textContent = Object.keys(fields).filter((one) => !known.has(one)).map((one) => fields[one]).join(" ");
  for (const one of $$("[name]", form)) one.setAttribute("aria-invalid", one.name in fields);
  $("[aria-invalid=true]", form)?.focus();
}
async function submit(form) {
  form.dataset.sent = "";
  const { action, value } = form.dataset;
  const answer = await post("press", { person: person(form), place: place(form), action, value, inputs: values(form) });
  delete form.dataset.sent;
  wrong(form, answer.fields || {});
  if (answer.fields || answer.broken) return;
  form.reset();
  for (let one = form.closest("details"); one; one = one.parentElement.closest("details")) one.open = false;
  if (place(form) === "home") home(form.closest(".pane"), false);
}
async function say(form, text) {
  const answer = await post("say", { person: form.dataset.person, place: form.dataset.place, text, thread: form.dataset.thread });
  if (!answer.broken) replying(form, "");
  return !answer.broken;
}
async function send(form) {
  const box = $("textarea", form), text = box.value;
  if (!text.trim()) return box.focus();
  box.value = "";
  if (!(await say(form, text))) box.value = text;
}
function replying(form, ref) {
  form.dataset.thread = ref;
  const words = $("[data-words]", form), title = ref && $("h3", document.getElementById(ref))?.textContent;
  words.textContent = ref ? words.dataset.words.replace("%", title) : "";
  show($(".replying", form), ref);
  if (ref) $("textarea", form).focus();
}
function home(pane, yes) {
  show($(".log.home", pane), yes);
  show($(".log:not(.home)", pane), !yes);
  $("[data-show=home]", pane).setAttribute("aria-pressed", yes);
}

const pressed = {
  tab: (one) => { choose(one); remember(); },
  minutes: (one) => post("clock", { minutes: Number(one.dataset.minutes) }),
  sample: (one) => say($("form", one.closest("[data-as]")), one.dataset.sample),
  coach: (one) => post("coach", { person: agent(), message: one.dataset.coach }),
  reply: (one) => replying($(".composer", one.closest(".pane")), one.dataset.reply),
  stop: (one) => replying(one.form, ""),
  press: (one) => post("press", { person: person(one), place: place(one), action: one.dataset.press, value: one.dataset.value }),
  show: (one) => {
    const pane = one.closest(".pane"), view = one.dataset.show;
    const closing = view === "home" && one.getAttribute("aria-pressed") === "true";
    home(pane, view === "home" && !closing);
    return closing ? null : post("show", { person: person(one), place: "private", view });
  },
};
document.addEventListener("click", async (event) => {
  const one = event.target.closest("button");
  const name = one && Object.keys(pressed).find((key) => key in one.dataset);
  if (!name || "busy" in one.dataset) return;
  one.dataset.busy = "";
  await pressed[name](one);
  delete one.dataset.busy;
});
document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches(":hover, :focus-within")) event.target.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.dataset.sent !== undefined) return;
  if (event.target.classList.contains("composer")) send(event.target);
  else submit(event.target);
});
document.addEventListener("change", (event) => {
  if ("language" in event.target.dataset) post("language", { person: event.target.dataset.language, lang: event.target.value });
});
document.addEventListener("keydown", (event) => {
  const one = event.target;
  if (one.matches(".composer textarea") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    one.form.requestSubmit();
  }
  if (one.matches("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const next = one.nextElementSibling || one.previousElementSibling;
    choose(next);
    next.focus();
  }
});

const kept = (sessionStorage.tabs || "").split(" ");
for (const list of $$("[role=tablist]")) choose($$("[data-tab]", list).find((one) => kept.includes(one.dataset.tab)) || list.firstElementChild);
listen();
