// The keyboard goes through a page as its reader does: each link and control is reached, in the order of the document, which
// is the order to be seen in a column; each shows that it has the focus, nothing that sticks lies on it, and the last one
// lets go. A timeline, whose headings stick, is also gone through backwards (WCAG 2.4.3, 2.4.7, 2.4.11, 2.1.2).
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);
let steps = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
  for (const { kind, page } of pages) {
    await tab.goto(addressOf(page));
    const count = await tab.evaluate(prepare);
    const fail = what => finding(page, `(${kind}) ${what}`);
    await go(tab, 'Tab', [...Array(count).keys()], fail);
    if (!kind.startsWith('timeline')) continue;
    await tab.evaluate(() => window.stops.at(-1)?.focus());
    await go(tab, 'Shift+Tab', [...Array(Math.max(count - 1, 0)).keys()].reverse(), what => fail(`backwards: ${what}`));
  }
});
report(`${steps} steps on ${pages.length} pages`);

async function go(tab, key, expected, fail) {
  let before;
  for (const place of expected) {
    await tab.keyboard.press(key);
    steps += 1;
    const now = await tab.evaluate(look, place);
    if (now.at !== place) {
      const where = now.at === -1 ? 'to something that is no stop' : `to ${now.name}`;
      return fail(`${key} goes ${where} where ${now.wanted} is next in the document`);
    }
    if (!now.visible) fail(`${now.name} does not show that it has the focus`);
    if (now.under) fail(`${now.name} has the focus and lies under ${now.under}`);
    if (before && key === 'Tab' && above(now.box, before.box)) fail(`the order goes up the page: from ${before.name} to ${now.name}`);
    before = now;
  }
  // The key leads out of the page, or to its other end; it does not stay.
  await tab.keyboard.press(key);
  if (key === 'Tab' && expected.length > 1 && (await tab.evaluate(look, expected.at(-1))).at === expected.at(-1)) fail('the last stop holds the focus');
}

// In one column, and no longer on its line. What sticks to the window has no place on the page.
function above(box, before) {
  const sameColumn = box.left < before.right && before.left < box.right;
  return !box.sticks && !before.sticks && sameColumn && box.bottom <= before.top;
}

// Finds the stops in the order of the document, and gives back how many they are.
function prepare() {
  const reached = one =>
    one.tabIndex >= 0 && !one.disabled && !one.closest('[inert]') && one.checkVisibility({ visibilityProperty: true }) &&
    !(one.type === 'radio' && !one.checked && document.querySelector(`input[name="${one.name}"]:checked`));
  window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]')].filter(reached);
  window.sticks = one => {
    for (let it = one; it; it = it.parentElement) if (['sticky', 'fixed'].includes(getComputedStyle(it).position)) return it;
    return null;
  };
  return window.stops.length;
}

// What has the focus, and how it looks.
function look(place) {
  const name = one => (one ? `${one.tagName.toLowerCase()} «${(one.textContent.trim() || one.id || one.className).slice(0, 40)}»` : 'nothing');
  const one = document.activeElement;
  const line = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const hit = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
  const cover = hit && !one.contains(hit) && !hit.contains(one) ? window.sticks(hit) : null;
  const { top, bottom, left, right } = one.getBoundingClientRect();
  return {
    at: window.stops.indexOf(one),
    name: name(one),
    wanted: name(window.stops[place]),
    visible: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
    under: cover && !cover.contains(one) ? name(cover) : null,
    box: { top: top + scrollY, bottom: bottom + scrollY, left, right, sticks: window.sticks(one) !== null },
  };
}
