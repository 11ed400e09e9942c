// axe-core in a real browser on one page of each kind: WCAG 2.0 to 2.2, A and AA, and good practice; light and dark; on a
// telephone, a tablet and a desk.
import { readFileSync } from 'node:fs';
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [320, 768, 1440];

const folder = siteFolder();
const pages = pagesByKind(folder);
let runs = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open();
  for (const { kind, page } of pages) {
    await tab.goto(addressOf(page));
    await tab.evaluate(AXE);
    const seen = new Map();
    for (const colorScheme of ['light', 'dark']) {
      for (const width of WIDTHS) {
        await tab.emulateMedia({ colorScheme });
        await tab.setViewportSize({ width, height: 900 });
        const { violations } = await tab.evaluate(tags => axe.run({ runOnly: tags, resultTypes: ['violations'] }), TAGS);
        runs += 1;
        for (const { id, help, nodes } of violations) {
          const places = nodes.slice(0, 5).map(node => `\n${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`);
          const what = `(${kind}) ${id}: ${help}; ${nodes.length} times${places.join('')}`;
          seen.set(what, [...(seen.get(what) ?? []), `${colorScheme} ${width}`]);
        }
      }
    }
    for (const [what, where] of seen) finding(page, `${what}\nat: ${where.join(', ')}`);
  }
});
report(`${pages.length} pages, ${runs} runs`);
