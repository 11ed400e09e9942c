// What stands where on one page: a line for each event, with its id, the heading above it, its date in EDTF and the value
// that HTML is told, apart by tabs. Usage: node outline.mjs FOLDER PAGE.
import { attribute, documentOf, elementsOf, siteFolder } from './site.mjs';

const classes = element => (attribute(element, 'class') ?? '').split(' ');
const textOf = node => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(textOf).join(''));

let heading = '';
for (const element of elementsOf(documentOf(siteFolder(), process.argv[3]))) {
  if (/^h[2-6]$/.test(element.tagName) && classes(element).includes('period-title')) heading = textOf(element).trim();
  if (element.tagName !== 'article' || !classes(element).includes('card') || !attribute(element, 'id')) continue;
  const times = [...elementsOf(element)].filter(one => one.tagName === 'time' && attribute(one, 'data-edtf') === attribute(element, 'data-edtf'));
  const values = new Set(times.map(one => attribute(one, 'datetime')));
  console.log([attribute(element, 'id'), heading, attribute(element, 'data-edtf') ?? '', [...values].join(' ')].join('\t'));
}
