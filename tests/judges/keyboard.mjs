// Keys alone, with a script and without: from the top of a timeline to its third key moment, to the event, to its source, and
// back; then the filters are opened, a choice is made, and cleared.
import { addressOf, comesTrue, withBrowser } from './browser.mjs';
import { finding, report, siteFolder, timelinesOf } from './site.mjs';

const folder = siteFolder();
let walked = 0;

await withBrowser(folder, async ({ open }) => {
  for (const javaScriptEnabled of [false, true]) {
    const tab = await open({ javaScriptEnabled, reducedMotion: 'reduce' });
    for (const page of timelinesOf(folder)) {
      await tab.goto(addressOf(page));
      const fail = what => finding(page, `(${javaScriptEnabled ? 'with' : 'without'} JavaScript) ${what}`);
      if (await tab.locator('.key-moments li').count() >= 3 && await toMomentAndSource(tab, fail)) walked += 1;
      await tab.goto('about:blank');
      await tab.goto(addressOf(page));
      if (await tab.locator('.controls').count() > 0) await throughFilters(tab, fail);
    }
  }
});
if (walked === 0) finding('(whole site)', 'no timeline has three key moments to walk to');
report(`${walked} walks`);

// Presses Tab until what has the focus is what is looked for.
async function tabTo(tab, selector) {
  for (let step = 0; step < 300; step += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate(wanted => document.activeElement.matches(wanted), selector)) return true;
  }
  return false;
}

function eventOfFocus(tab) {
  return tab.evaluate(() => document.activeElement.closest('.entry')?.querySelector('article').id);
}

function inView(tab, id) {
  return tab.evaluate(of => {
    const box = document.getElementById(of).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }, id);
}

async function toMomentAndSource(tab, fail) {
  if (!await tabTo(tab, '.key-moments li:nth-child(3) a')) return fail('Tab does not come to the third key moment');
  const event = await tab.evaluate(() => decodeURIComponent(document.activeElement.hash.slice(1)));
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(id => decodeURIComponent(location.hash.slice(1)) === id, event);
  if (!await inView(tab, event)) return fail(`the key moment's link does not bring #${event} into view`);
  await tab.keyboard.press('Tab');
  if (await eventOfFocus(tab) !== event) return fail(`the next Tab is not in #${event}`);
  if (!await tabTo(tab, '.rests-on a')) return fail('Tab does not come to a source');
  if (await eventOfFocus(tab) !== event) return fail(`#${event} has no source that Tab comes to`);
  const source = await tab.evaluate(() => document.activeElement.hash.slice(1));
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(id => location.hash.slice(1) === id, source);
  if (!await inView(tab, source)) return fail(`the link to #${source} does not bring it into view`);
  await tab.goBack();
  await tab.waitForFunction(id => decodeURIComponent(location.hash.slice(1)) === id, event);
  if (!await inView(tab, event)) return fail(`back from #${source}, #${event} is not in view`);
  return true;
}

async function throughFilters(tab, fail) {
  const shown = () => tab.evaluate(() => [...document.querySelectorAll('.entry')].filter(entry => entry.checkVisibility()).length);
  const all = await shown();
  if (!await tabTo(tab, '.controls > summary')) return fail('Tab does not come to the filters');
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  if (!await tab.evaluate(() => document.activeElement.matches('.filters input'))) return fail('the next Tab is not at a choice');
  await tab.keyboard.press('Space');
  const fewer = await shown();
  if (fewer === 0 || fewer >= all) return fail(`the first choice shows ${fewer} of ${all} events`);
  if (!await tabTo(tab, '.filters button')) return fail('Tab does not come to the button that clears');
  await tab.keyboard.press('Enter');
  const everything = all => [...document.querySelectorAll('.entry')].filter(entry => entry.checkVisibility()).length === all;
  if (!await comesTrue(tab, everything, all)) fail(`after clearing, ${await shown()} of ${all} events are shown`);
}
