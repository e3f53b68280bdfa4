// Reads golden cards and prints what Microsoft's own parser finds wrong with them. Exit code 1 when there is anything.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { AdaptiveCard, HostConfig, SerializationContext, Versions } = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
);
const TEAMS_ACTIONS = 6;
// Teams' people picker works in every version (Microsoft's page "People Picker in Adaptive Cards"); and the parser
// checks `lang` with a pattern that remembers where it stopped, so that every second good value is called invalid.
const KNOWN = [/^Property "choices\.data" is supported in version 1\.6/, /^Invalid value "(en|ar|sv)" for property "lang"/];
let found = 0;

for (const file of process.argv.slice(2)) {
  for (const [name, json] of Object.entries(JSON.parse(readFileSync(file, "utf-8")))) {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig({ actions: { maxActions: TEAMS_ACTIONS } });
    const context = new SerializationContext(Versions.v1_5);
    card.parse(json, context);
    const events = [];
    for (let place = 0; place < context.eventCount; place++) events.push(context.getEventAt(place).message);
    for (const failure of card.validateProperties().validationEvents) events.push(failure.message);
    const wrong = events.filter((event) => !KNOWN.some((known) => known.test(event)));
    for (const event of wrong) console.log(`${file}: ${name}: ${event}`);
    found += wrong.length;
  }
}
process.exit(found ? 1 : 0);
