// The filters of every timeline's page, without JavaScript: each choice shows as many events as it says; choices of one group
// widen and choices of two groups narrow; where nothing is left, the page says so; and one button brings everything back. In a
// browser that knows no :has(), links lead to pages that hold the same.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, report, siteFolder, timelinesOf } from './site.mjs';

const folder = siteFolder();
const pages = timelinesOf(folder);
let choices = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ javaScriptEnabled: false });
  for (const page of pages) {
    await tab.goto(addressOf(page));
    const fail = what => finding(page, what);
    const boxes = await tab.evaluate(() =>
      [...document.querySelectorAll('.filters input')].map(box => ({
        id: box.id,
        group: box.name,
        count: Number(box.closest('label').querySelector('.count').textContent.replace(/\D/g, '')),
      })));
    if (boxes.length === 0) {
      if (await tab.locator('.controls').count() > 0) fail('there are controls without a choice');
      continue;
    }
    choices += boxes.length;
    const whole = await seen(tab);
    if (whole.hidden.length > 0) fail(`hidden before anything was chosen: ${whole.hidden.join(', ')}`);
    await tab.locator('.controls > summary').click();
    const box = id => tab.locator(`[id="${id}"]`);
    const alone = new Map();
    for (const { id, count } of boxes) {
      await box(id).check();
      const now = await seen(tab);
      alone.set(id, now.shown);
      if (now.shown.length !== count) fail(`«${id}» promises ${count} events and shows ${now.shown.length}`);
      for (const title of now.orphans) fail(`«${id}» leaves the heading «${title}» with nothing under it`);
      if (now.message) fail(`«${id}» shows events and says that there are none`);
      await box(id).uncheck();
    }
    for (const [one, other] of pairs(boxes)) {
      await box(one.id).check();
      await box(other.id).check();
      const [first, second] = [alone.get(one.id), alone.get(other.id)];
      const expected = one.group === other.group
        ? whole.shown.filter(id => first.includes(id) || second.includes(id))
        : whole.shown.filter(id => first.includes(id) && second.includes(id));
      const now = await seen(tab);
      const name = `«${one.id}» and «${other.id}»`;
      if (now.shown.join() !== expected.join()) fail(`${name} show ${now.shown.join(', ') || 'nothing'} and should show ${expected.join(', ') || 'nothing'}`);
      if (now.message !== (expected.length === 0)) fail(`${name} show ${expected.length} events, and the page ${now.message ? 'says' : 'does not say'} that there are none`);
      for (const title of now.orphans) fail(`${name} leave the heading «${title}» with nothing under it`);
      const clear = now.message ? '.no-match button' : '.filters button';
      await tab.locator(clear).click();
      const again = await seen(tab);
      if (again.shown.join() !== whole.shown.join()) fail(`after ${name}, «${clear}» does not bring everything back`);
    }
  }
});

await withBrowser(folder, async ({ open }) => {
  const old = await open({ javaScriptEnabled: false });
  // The stylesheets as a browser without :has() reads them.
  await old.route('**/*.css', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(':has(', ':unknown-here(') });
  });
  for (const page of pages) {
    await old.goto(addressOf(page));
    if (await old.locator('.controls').count() === 0) continue;
    await old.locator('.controls > summary').click();
    if (await old.locator('.filters').isVisible()) finding(page, 'without :has() the choices are shown, and do nothing');
    const links = await old.locator('.filter-links a').count();
    const boxes = await old.locator('.filters input').count();
    if (links !== boxes) finding(page, `without :has() there are ${links} links for ${boxes} choices`);
    for (const link of await old.locator('.filter-links a').all()) {
      if (!await link.isVisible()) finding(page, `without :has() this link is not shown: ${await link.textContent()}`);
    }
  }
});
if (choices === 0 && pages.length > 0) finding('(whole site)', 'no timeline has a filter to judge');
report(`${pages.length} pages, ${choices} choices`);

// Each choice with the next two of its own group and the first and last of every other: all kinds of pairs, not all pairs.
function pairs(boxes) {
  const list = [];
  for (const [at, one] of boxes.entries()) {
    const rest = boxes.slice(at + 1);
    const own = rest.filter(other => other.group === one.group).slice(0, 2);
    const others = [...new Set(rest.map(other => other.group))].filter(group => group !== one.group)
      .flatMap(group => [rest.find(other => other.group === group), rest.findLast(other => other.group === group)]);
    for (const other of new Set([...own, ...others])) list.push([one, other]);
  }
  return list;
}

function seen(tab) {
  return tab.evaluate(() => {
    const entries = [...document.querySelectorAll('.entry')];
    const id = entry => entry.querySelector('article').id;
    const visible = element => element.checkVisibility();
    const groups = [...document.querySelectorAll('.period, .simultaneous, .section')].filter(visible);
    return {
      shown: entries.filter(visible).map(id),
      hidden: entries.filter(entry => !visible(entry)).map(id),
      orphans: groups.filter(group => ![...group.querySelectorAll('.entry')].some(visible))
        .map(group => group.querySelector('h3, h4, p')?.textContent ?? group.id),
      message: visible(document.querySelector('.no-match')),
    };
  });
}
