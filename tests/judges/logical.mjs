// No stylesheet names a physical side: a page that is read from right to left is laid out by the same rules. What stands in
// a shorthand of four values is one too, where its left and its right differ.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, parse, walk } from 'css-tree';
import { filesOf, finding, report, siteFolder } from './site.mjs';

const SIDE = /^(left|right|top|bottom)$|^(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)\b|^border-(top|bottom)-(left|right)-radius$/;
const SIDED_VALUES = ['text-align', 'text-align-last', 'float', 'clear', 'justify-content', 'justify-items', 'justify-self'];
const FOUR_SIDES = /^(margin|padding|inset|border-(width|style|color)|scroll-margin|scroll-padding)$/;

const folder = siteFolder();
const sheets = filesOf(folder).filter(file => file.endsWith('.css'));
if (sheets.length === 0) finding('(whole site)', 'there is no stylesheet to judge');

for (const sheet of sheets) {
  const tree = parse(readFileSync(join(folder, sheet), 'utf8'), { positions: true });
  walk(tree, { visit: 'Declaration', enter: node => judge(sheet, node) });
}
report(`${sheets.length} stylesheets`);

function judge(sheet, { property, value, loc }) {
  const written = generate(value);
  const why = physical(property.toLowerCase(), value, written);
  if (why) finding(sheet, `${loc.start.line}:${loc.start.column} ${property}: ${written}: ${why}`);
}

function physical(property, value, written) {
  if (SIDE.test(property)) return 'names a physical side; write it with block and inline, start and end';
  if (SIDED_VALUES.includes(property) && /\b(left|right)\b/.test(written)) return 'write start or end';
  if (/\bgradient\([^)]*\bto (left|right)\b/.test(written)) return 'a gradient to a side is the wrong way round from right to left';
  if (!FOUR_SIDES.test(property) && property !== 'border-radius') return undefined;
  const values = valuesOf(value);
  if (property === 'border-radius') {
    const [first, second = first, third = first, fourth = second] = values;
    return first === second && third === fourth ? undefined : 'its corners are physical; write border-start-start-radius and its kin';
  }
  const [, right, , left] = values;
  return left === undefined || left === right ? undefined : 'its second value is the right side, its fourth the left one; write both with inline';
}

// The values that stand side by side; what is in brackets belongs together.
function valuesOf(value) {
  return value.children.toArray().filter(node => !['WhiteSpace', 'Comment', 'Operator'].includes(node.type)).map(node => generate(node));
}
