// One person in Microsoft's playground. teams.mjs CHROMIUM URL WORDS [PICTURES]
// Each line on standard input names a part of the play; the answer is a line: done, or what was not as it should be.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [executablePath, url, words, pictures] = process.argv.slice(2);
const say = JSON.parse(words);
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium's own sandbox does not work for root
const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "amends-")), {
  executablePath,
  viewport: { width: 1400, height: 1100 },
  args: [...sandbox, "--disable-gpu", "--no-first-run"],
});
await context.route((to) => !["127.0.0.1", "localhost"].includes(to.hostname), (route) => route.abort());
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(20_000);

const sees = (text) => page.getByText(text).last().waitFor();
const press = async (name) => {
  await page.getByRole("button", { name, exact: true }).locator("visible=true").last().click();
  await page.waitForTimeout(1_500); // the answer and the update that follows it both draw the card again
};
const named = (label) => page.getByLabel(label, { exact: true }).locator("visible=true").last();
const fill = (label, text) => named(label).fill(text);

async function write(text) {
  await page.getByRole("textbox").last().click();
  await page.keyboard.insertText(text);
  await page.getByRole("button", { name: "Send Message" }).click();
}

/** The list closes when the card is drawn again under it, as happens once after every press. */
async function choose(label, place = 1) {
  const option = page.getByRole("option").nth(place - 1);
  for (let tries = 0; tries < 5 && !(await option.isVisible()); tries++) {
    await named(label).click();
    await option.waitFor({ timeout: 2_000 }).catch(() => {});
  }
  await option.click();
}

async function pick(name) {
  await named("People Picker").click();
  await page.keyboard.type(name.slice(0, 3));
  await page.getByRole("option").filter({ hasText: name }).first().click();
}

/** The clock time alone: the next such time is meant. */
async function when(label, clock) {
  await page.getByPlaceholder(label).locator("visible=true").last().fill(clock);
}

async function channel(name) {
  await page.getByRole("treeitem", { name: new RegExp(name) }).click();
}

/** An action command of the message extension, from the menu that is open: the playground asks for its id. */
async function command(id) {
  await page.getByText("Action Command").last().click();
  await page.getByPlaceholder(/Input command id/).fill(id);
  await page.getByRole("button", { name: "Create" }).click();
}

const dialogBox = () => page.getByRole("dialog").getByLabel(say["form-start.said"], { exact: true });

/** The dialog is sent; what follows is private: the first step's card, which says what it is about. */
async function started(about) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: say["form-start.submit"], exact: true }).click();
  await dialog.getByText(say["offer-taken"]).waitFor();
  await dialog.getByRole("button").first().click(); // the cross
  await channel("Personal Chat");
  await page.locator(".ac-adaptiveCard").filter({ hasText: about }).filter({ hasText: say["apology-draft"] }).last().waitFor();
}

const parts = {
  async hello() {
    await sees(say["form-start.said"]);
  },

  async begin() {
    await sees(say["form-start.said"]);
    await write("start the customer was charged twice and is upset [x](http://evil.example)");
    await sees(say["apology-title"]);
    assert.equal(await page.locator(".ac-adaptiveCard a").count(), 0, "a customer's words became a link");
    await press(say["form-answer.submit"]); // nothing is filled in: said on the card
    await sees("missing or not readable");
    await fill(say["apology-draft"], "We charged you twice. That is our mistake, and I am sorry.");
    await press(say["form-answer.submit"]);
    await press(say["apology-sent_at.press"]);
    await sees(say["review-wanted"]);
    assert.equal(await page.getByText("\u20681\u2069 of \u20684\u2069").count(), 0, "the first step's card is still there");
  },

  async take() {
    await sees("Ann Lee");
    await press(say.take);
    await sees("has it since");
  },

  async finish() {
    await fill(say["review-happened"], "Charged twice");
    await fill(say["review-wanted"], "Her money back");
    await press(say["form-answer.submit"]);
    await fill(say["fix-remedy"], "A refund");
    await pick("Sue Berg");
    await when(say["fix-due"], "23:50");
    await when(say["fix-check_back"], "23:55");
    await press(say["form-answer.submit"]);
    await press(say["fix-fixed_at.press"]);
    await choose(say["fix-rating"], 5);
    await press(say["form-answer.submit"]);
    for (const [label, kind] of say.required) await (kind === "text" ? fill(label, "Two tills, one order") : choose(label));
    await press(say["form-answer.submit"]);
    await sees(say["card-closed"]);
    await channel("My Team - Recoveries");
    await sees("A recovery completed by");
  },

  async channel() {
    await channel("My Team - General");
    const box = page.getByRole("textbox").last();
    await box.click();
    await page.keyboard.type("@Ame");
    await page.getByText("Amends", { exact: true }).last().click();
    await page.keyboard.type(" start she is furious about the parcel");
    await page.getByRole("button", { name: "Post" }).last().click();
    await channel("Personal Chat");
    await sees("she is furious about the parcel");
    await sees(say["apology-draft"]);
  },

  /** On a message that stands in the channel and was not meant for the bot: its words come along. */
  async coachOn() {
    await channel("My Team - General");
    await page.getByRole("textbox").first().click(); // further down stand the boxes for answers to posts
    await page.keyboard.insertText("Mrs Ek's kettle came broken & she is in tears");
    await page.getByRole("button", { name: "Post" }).last().click();
    await sees("she is in tears");
    await page.getByRole("button", { name: "Show more information" }).first().click();
    await command("coach");
    assert.equal(await dialogBox().inputValue(), "Mrs Ek's kettle came broken & she is in tears");
    await started("she is in tears");
  },

  async severe() {
    await write("start the customer threatens to sue us and call the newspaper");
    await sees(say["card-severe"]);
  },

  /** What she writes brings the bot to her client; what it has to say in the channel then stands there. */
  async floor() {
    await write("list");
    await sees(say["list-empty"]);
    await channel("My Team - Recoveries");
    const card = page.locator(".ac-adaptiveCard").filter({ hasText: "newspaper" });
    await card.getByRole("button", { name: say.take, exact: true }).click();
    await card.filter({ hasText: "has it since" }).waitFor();
    await page.waitForTimeout(1_500); // the update for everybody draws it again
    assert.equal(await card.count(), 1, "the ping stands there twice");
    assert.equal(await card.getByRole("button", { name: say.take, exact: true }).count(), 0, "it can be taken twice");
  },

  async coach() {
    await page.getByRole("button", { name: "Trigger Message Extension App" }).last().click();
    await command("coach");
    await dialogBox().fill("a dialog from the compose box: the customer is upset");
    await started("a dialog from the compose box");
  },
};

await page.goto(url, { waitUntil: "domcontentloaded" });
for await (const part of createInterface({ input: process.stdin })) {
  try {
    await parts[part]();
    console.log("done");
  } catch (error) {
    const shown = (await page.locator("body").innerText()).slice(-2500);
    console.log(JSON.stringify(`${error.message}\n${shown}`));
  }
  if (pictures) await page.screenshot({ path: `${pictures}/teams-${part}.png` });
}
await context.close();
