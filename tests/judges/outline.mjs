// What stands where on one page: a line for each event, with its id, the heading above it, its date in EDTF and the value
// that HTML is told, apart by tabs. Usage: node outline.mjs FOLDER PAGE.
import { attribute, documentOf, elementsOf, siteFolder } from './site.mjs';

const classes = element => (attribute(element, 'class') ?? '').split(' ');
const textOf = node => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(textOf).join(''));

let heading = '';
for (const element of elementsOf(documentOf(siteFolder(), process.argv[3]))) {
  if (/^h[2-6]$/.test(element.tagName) && classes(element).includes('period-title')) heading = textOf(element).trim();
  if (element.tagName !== 'article' || !classes(element).includes('card') || !attribute(element, 'id')) continue;
  const edtf = attribute(element, 'data-edtf') ?? '';
  console.log([attribute(element, 'id'), heading, edtf, [...new Set(told(itemOf(element), edtf))].join(' ')].join('\t'));
}

// The item of the list that the card stands in: its line, if it is folded, stands there too.
function itemOf(card) {
  let item = card;
  while (item.tagName !== 'li') item = item.parentNode;
  return item;
}

// What the elements of `time` say that are the event's date, or a part of it.
function told(item, edtf) {
  const dates = [...elementsOf(item)].filter(one => classes(one).includes('date') && attribute(one, 'data-edtf') === edtf);
  const times = dates.flatMap(date => [...elementsOf(date)]).filter(one => one.tagName === 'time');
  return times.map(time => attribute(time, 'datetime'));
}
