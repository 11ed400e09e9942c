// What a site gives to programs as JSON: feeds by the schema of JSON Feed 1.1, timelines by the schema that is published beside
// them, sources by a strict reader of CSL-JSON. And that no date says more than is known.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parseFragment } from 'parse5';
import { attribute, elementsOf, filesOf, finding, report, siteFolder } from './site.mjs';

const require = createRequire(import.meta.url);
const { clean } = require('@citation-js/core/lib/plugins/input/csl.js');
const folder = siteFolder();
const files = filesOf(folder);
const named = name => files.filter(file => file.split('/').at(-1) === name);
const read = file => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const schemaOf = (Kind, schema, strict) => addFormats(new Kind({ allErrors: true, allowUnionTypes: true, strict })).compile(schema);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

const kinds = { 'feed.json': feed, 'timeline.json': timeline, 'sources.json': sources };
const isJsonFeed = schemaOf(Ajv, require('jsonfeed-schema/schema-v1.1.json'), false);
let judged = 0;
for (const [name, judge] of Object.entries(kinds)) {
  const found = named(name);
  if (found.length === 0) finding('(whole site)', `there is no ${name} to judge`);
  for (const file of found) {
    judged += 1;
    try {
      judge(file, read(file), what => finding(file, what));
    } catch (error) {
      finding(file, `can't be judged: ${error.message}`);
    }
  }
}
report(`${judged} files`);

function complain(validate, fail) {
  for (const { instancePath, message } of (validate.errors ?? []).slice(0, 10)) fail(`${instancePath} ${message}`);
}

function feed(file, feed, fail) {
  if (!isJsonFeed(feed)) complain(isJsonFeed, fail);
  if (!feed.feed_url?.endsWith(`/${file}`)) fail(`says that it stands at ${feed.feed_url}`);
  const ids = new Set(feed.items.map(item => item.id));
  if (ids.size !== feed.items.length) fail('two items have one id');
  if (feed.items.length === 0) fail('has no items');
  for (const item of feed.items) {
    const failed = what => fail(`${item.id}: ${what}`);
    for (const name of ['date_published', 'date_modified']) if (!MOMENT.test(item[name])) failed(`${name} is no moment`);
    if (Date.parse(item.date_modified) < Date.parse(item.date_published)) failed('was changed before it was published');
    for (const element of elementsOf(parseFragment(item.content_html))) {
      if (['script', 'style', 'iframe', 'object', 'form'].includes(element.tagName)) failed(`<${element.tagName}> in the content`);
      for (const name of ['href', 'src', 'cite']) {
        const value = attribute(element, name);
        if (value !== undefined && !/^(https?:|mailto:)/.test(value)) failed(`the address «${value}» is not whole`);
      }
    }
    const date = item._dateline?.date;
    if (!date && !file.endsWith('corrections/feed.json')) failed('does not say when it happened');
    if (date) known(date, failed);
    const words = elementsOf(parseFragment(item.content_html));
    if (date && ![...words].some(element => attribute(element, 'data-edtf') === date.edtf)) failed('its text has no date');
  }
}

function timeline(file, data, fail) {
  const schema = join(dirname(file), data.$schema);
  if (!existsSync(join(folder, schema))) return fail(`its schema is not at ${schema}`);
  const validate = schemaOf(Ajv2020, read(schema), true);
  if (!validate(data)) complain(validate, fail);
  if (new Set(data.events.map(event => event.id)).size !== data.events.length) fail('two events have one id');
  for (const event of data.events) {
    known(event.date, what => fail(`${event.id}: ${what}`));
    if (!existsSync(join(folder, dirname(file), event.id, 'index.html'))) fail(`${event.id} has no page`);
  }
}

// A bound is never told without what makes it one, and only what is known to the day has a day.
function known(date, fail) {
  if (!date.edtf || !date.precision || !date.certainty || !date.timezone || !date.display) return fail('a date lacks a part');
  if (date.edtf === 'unknown' && (date.earliest || date.latest)) fail('an unknown date has bounds');
  if (/^-?\d{4}-\d\d$/.test(date.edtf) && date.precision === 'month' && date.earliest === date.latest) fail('a month is a day');
  if (/^-?\d{4}$/.test(date.edtf) && date.precision !== 'year') fail('a year is not told as one');
  if (/^\d/.test(date.earliest) && /^\d/.test(date.latest) && date.earliest > date.latest && !/T/.test(date.earliest)) fail('ends before it begins');
}

function sources(file, sources, fail) {
  if (sources.length === 0) fail('has no sources');
  const cleaned = clean(sources, false);
  for (const [at, source] of sources.entries()) {
    if (JSON.stringify(cleaned[at]) !== JSON.stringify(source)) {
      const lost = Object.keys(source).filter(key => JSON.stringify(cleaned[at][key]) !== JSON.stringify(source[key]));
      fail(`${source.id}: a reader of CSL-JSON does not take ${lost.join(', ')}`);
    }
  }
  if (new Set(sources.map(source => source.id)).size !== sources.length) fail('two sources have one id');
  const { events } = read(join(dirname(file), 'timeline.json'));
  const line = text => text.replace(/\s+/gu, ' ').trim();
  const due = new Set(events.flatMap(event => event.sources.map(source => JSON.stringify([line(source.title), source.url]))));
  const given = new Set(sources.map(source => JSON.stringify([source.title, source.URL ?? null])));
  for (const source of due) if (!given.has(source)) fail(`${source} is missing`);
  if (given.size !== due.size) fail(`${given.size} sources, ${due.size} there are`);
}
