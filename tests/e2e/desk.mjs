// One recovery at the desk in headless Chromium, in one language. desk.mjs CHROMIUM URL LANG begin|finish [PICTURES]
// Finds things by what they do, not by words. Exit code 1 with the reason when something is not as it should be.
import assert from "node:assert/strict";
import process from "node:process";
import { chromium } from "playwright-core";

const [executablePath, url, lang, part, pictures] = process.argv.slice(2);
const HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202Eevil\u202C <b>bold</b> {{ 7*7 }}";
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium's own sandbox does not work for root
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
const wrong = [];
page.setDefaultTimeout(15_000);
page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
page.on("console", (said) => said.type() === "error" && !said.text().includes("422") && wrong.push(said.text()));

const see = (css) => page.waitForSelector(css);
const form = "#log-ann .open form";
const press = (css) => page.click(css);
const save = () => press(`${form} button[type=submit]`);
const picture = (name) => pictures && page.screenshot({ path: `${pictures}/${lang}-${name}.png`, animations: "disabled" });
const later = (minutes) => press(`[data-minutes="${minutes}"]`);
const fill = (name, value) => page.fill(`${form} [name=${name}]`, value);
const pick = (name, value) => page.selectOption(`${form} [name=${name}]`, value);
/** What a datetime-local input takes, some hours after the desk's own clock, in the zone of this process. */
async function moment(hours) {
  const { now } = await page.evaluate(() => fetch("/desk/clock", { method: "POST", body: '{"minutes": 0}' }).then((r) => r.json()));
  return new Date(Date.parse(now) + hours * 3_600_000).toLocaleString("sv").slice(0, 16).replace(" ", "T");
}
/** Something in everything that is needed, whatever the playbook asks for. */
async function complete() {
  for (const one of await page.$$(`${form} select[aria-required]`)) await one.selectOption({ index: 1 });
  for (const one of await page.$$(`${form} :is(input[type=text], textarea)[aria-required]`)) await one.fill("Something");
  await save();
}
async function fits(where) {
  const over = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && one.tagName !== "INPUT")
    .filter((one) => getComputedStyle(one).overflowX !== "visible" || one === document.documentElement)
    .map((one) => `${one.tagName}.${one.className}`));
  assert.deepEqual(over, [], `${where}: wider than its place`);
}

async function begin() {
  if (lang !== "en") await page.selectOption('[data-language=""]', lang);
  await page.waitForFunction((now) => document.documentElement.lang === now && document.querySelector("#now").textContent, lang);
  const direction = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".pane")].map((one) => one.dir || document.dir));
  assert.deepEqual([...new Set(direction)], [lang === "ar" ? "rtl" : "ltr"]);
  await fits("start");

  // A sample is heard; only Ann sees the offer, and what she writes in the channel stays text
  await page.fill("#pane-support [data-as=ann] textarea", HOSTILE);
  await page.press("#pane-support [data-as=ann] textarea", "Enter");
  await see("#log-support .words");
  assert.equal(await page.textContent("#log-support .words .text"), HOSTILE);
  await press("[data-as=ann] [data-sample] >> nth=1");
  await see("#log-support .aside button.primary");
  await press("#tab-bo");
  assert.ok(await page.isHidden("#log-support .aside"), "Bo sees Ann's offer");
  await press("#tab-ann");
  await picture("offer");
  await press("#log-support .aside button.primary");

  // A form says beside the field what is wrong
  await see(`${form} [name=draft]`);
  await save();
  await page.waitForFunction((css) => document.querySelector(`${css} [data-wrong=draft]`)?.textContent, form);
  assert.equal(await page.getAttribute(`${form} [name=draft]`, "aria-invalid"), "true");
  await fill("draft", HOSTILE);
  await save();
  await see("#log-ann .presses > button.primary");

  // The clock moves, Ann is nudged in the thread, Sue is pinged and takes it
  await later(5);
  await see("#log-ann .thread .card");
  await later(5);
  await press("#log-sue button.primary");
  await see("#log-sue .card.done");
  await press("#log-ann .presses > button.primary");
  await see(`${form} [name=happened]`);
  await fill("happened", "a".repeat(200) + " " + HOSTILE);
  await fill("wanted", "250");
  await save();
  await see(`${form} [name=remedy]`);
  await fill("remedy", "New parcel by courier");
  await pick("owner", "bo");
  await fill("due", await moment(2));
  await fill("check_back", await moment(26));
  await fill("amount", "?");
  await save();
  await page.waitForFunction((css) => document.querySelector(`${css} [data-wrong=amount]`)?.textContent, form);
  assert.equal(await page.inputValue(`${form} [name=remedy]`), "New parcel by courier");
  await fits("form");
  await picture("form");
  await fill("amount", "250 SEK");
  await save();

  // What is being typed survives the card's being drawn anew, with the place of the cursor
  const note = "#log-ann .presses > .fold:has([data-action$='/note'])";
  await press(`${note} > summary`);
  await page.type(`${note} [name=note]`, "half a sen");
  const before = await page.$("#log-ann > .card.message >> nth=-1");
  await press("#log-ann details.more > summary");
  await page.focus(`${note} [name=note]`);
  const handed = "#log-ann .presses > .fold:has([data-action$='/help'])";
  await page.$eval(`${handed} form`, (one) => one.requestSubmit());
  await page.waitForFunction((old) => !old.isConnected, before);
  assert.equal(await page.inputValue(`${note} [name=note]`), "half a sen");
  assert.equal(await page.evaluate(() => document.activeElement.name), "note");
  await page.keyboard.type("tence");
  await page.$eval(`${note} form`, (one) => one.requestSubmit());
  await page.waitForFunction((css) => !document.querySelector(`${css}[open]`), note);
  await picture("promised");
}

async function finish() {
  // After a restart everything stands where it stood, in the same language
  await see("#log-ann .presses > button.primary");
  assert.equal(await page.getAttribute("html", "lang"), lang);
  assert.match(await page.textContent("#log-ann"), /half a sentence/);
  await press("#log-ann .presses > button.primary");
  await see(`${form} [name=rating]`);
  await pick("rating", "5");
  await save();
  await see(`${form} [name=cause]`);
  await pick("family", "process");
  await pick("lacked", "time");
  await pick("wellbeing", "fine");
  await pick("support", "none");
  await fill("cause", "Parcels of the late shift are not scanned");
  await fill("prevention", "Scan at hand-over");
  await save();
  await see("#tab-recoveries .dot:not([hidden])"); // unread
  await press("#tab-recoveries");
  await see("#log-recoveries .card.done");
  assert.ok(await page.isHidden("#tab-recoveries .dot"));
  assert.equal(await page.getAttribute("#log-recoveries .card", "lang"), lang);
  assert.doesNotMatch(await page.textContent("#log-recoveries"), /alert\(1\).*alert\(1\)/s, "a draft is private");
  await picture("record");

  // Home, list and help; a language of one's own; the shortcut; a late press gets a polite no
  await press("#pane-sue [data-show=home]");
  await see("#log-home-sue:not([hidden]) form");
  await press("#pane-ann [data-show=help]");
  await press("#pane-ann [data-show=list]");
  await see("#log-ann > .card:nth-last-child(2) .lines");
  await press("#tab-support");
  await press("#log-support [data-coach] >> nth=-1");
  await see(`${form} [name=draft]`);
  await fits("wide");
  const other = lang === "sv" ? "en" : "sv";
  await page.fill(`${form} [name=draft]`, "not lost");
  await press("#tab-omar");
  await page.selectOption("[data-language=omar]", other);
  await page.waitForFunction((now) => document.querySelector("#pane-omar").lang === now, other);
  await see(`${form} [name=draft]`);
  await page.waitForFunction((css) => document.querySelector(`${css} [name=draft]`)?.value === "not lost", form);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits("phone");
  await picture("phone");

  // By keyboard alone
  await page.focus("#tab-ann");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getAttribute("#tab-bo", "aria-selected"), "true");
  assert.ok(await page.isVisible("#pane-bo"));
}

try {
  await page.goto(url);
  await (part === "begin" ? begin() : finish());
  assert.deepEqual(wrong, []);
} catch (error) {
  console.error(error.message, wrong.join("\n"));
  if (pictures) await page.screenshot({ path: `${pictures}/${lang}-${part}-failed.png` });
  process.exitCode = 1;
} finally {
  await browser.close();
}
