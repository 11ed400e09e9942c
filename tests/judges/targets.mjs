// On a telephone of 320 CSS pixels each target is at least 24 by 24 pixels, or has so much room around it (WCAG 2.5.8).
// Links in a sentence are exempt, as there.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);
let judged = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ viewport: { width: 320, height: 640 } });
  for (const { kind, page } of pages) {
    await tab.goto(addressOf(page));
    const { count, small, width } = await tab.evaluate(targets);
    judged += count;
    if (width > 320) finding(page, `(${kind}) scrolls sideways: ${width} px wide on a screen of 320`);
    for (const what of small) finding(page, `(${kind}) too small a target, and too near to another: ${what}`);
  }
});
report(`${judged} targets on ${pages.length} pages`);

function targets() {
  const LEAST = 24;
  const shown = box => box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth;
  // A control in its label is as large as the label.
  const boxOf = one => (one.closest('label') ?? one).getBoundingClientRect();
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('svg'))
    .map(one => ({ one, box: boxOf(one) }))
    .filter(({ box }) => shown(box));
  const large = ({ box }) => box.width >= LEAST - 0.5 && box.height >= LEAST - 0.5;
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];

  // A sentence is a line that says more than its links do.
  function inSentence({ one }) {
    if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const around = block.cloneNode(true);
    for (const link of around.querySelectorAll('a, ul, ol, dl, figure')) link.remove();
    return /\p{L}/u.test(around.textContent);
  }
  // A circle of 24 pixels around the middle of a small target meets no other target, and no other such circle.
  function crowded(small) {
    const [x, y] = middle(small);
    return all.find(other => {
      if (other.one === small.one || other.one.contains(small.one) || small.one.contains(other.one)) return false;
      if (!large(other)) return Math.hypot(middle(other)[0] - x, middle(other)[1] - y) < LEAST - 0.5;
      const { left, right, top, bottom } = other.box;
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < LEAST / 2 - 0.5;
    });
  }
  const name = one => `${one.tagName.toLowerCase()} «${one.textContent.trim().slice(0, 40)}»`;
  const small = all.filter(target => !large(target) && !inSentence(target)).flatMap(target => {
    const near = crowded(target);
    const size = `${target.box.width.toFixed(1)}×${target.box.height.toFixed(1)}`;
    return near ? [`${name(target.one)} has ${size} px, beside ${name(near.one)}`] : [];
  });
  return { count: all.length, small, width: document.scrollingElement.scrollWidth };
}
