// Every timelinejs.json, drawn by TimelineJS 3 itself in a browser: a slide for each event with its own words for the date, the eras on
// the axis, and no complaint. Nothing is asked of the network.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './browser.mjs';
import { filesOf, finding, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const documents = filesOf(folder).filter(file => file.split('/').at(-1) === 'timelinejs.json');
if (documents.length === 0) finding('(whole site)', 'there is no timelinejs.json to judge');
const library = fileURLToPath(new URL('node_modules/@knight-lab/timelinejs/dist', import.meta.url));
const PAGE = `<!doctype html><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="/library/css/timeline.css"><script src="/library/js/timeline.js"></script>
<div id="timeline" style="width: 1000px; height: 600px"></div>`;
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json' };

await withBrowser(folder, async ({ open, origin }) => {
  for (const file of documents) {
    const fail = what => finding(file, what);
    const data = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const { events: all } = JSON.parse(readFileSync(join(folder, dirname(file), 'timeline.json'), 'utf8'));
    compare(data, all, fail);
    const tab = await open({ viewport: { width: 1100, height: 700 }, timezoneId: 'Pacific/Apia' });
    tab.on('pageerror', error => fail(error.message));
    await tab.route('**/*', route => {
      const url = new URL(route.request().url());
      if (url.pathname === '/try/') return route.fulfill({ body: PAGE, contentType: TYPES.html });
      const asked = join(library, url.pathname.slice('/library/'.length));
      const ours = url.origin === origin && url.pathname.startsWith('/library/') && existsSync(asked);
      return ours ? route.fulfill({ body: readFileSync(asked), contentType: TYPES[asked.split('.').at(-1)] }) : route.abort();
    });
    await tab.goto(`${origin}/try/`);
    const drawn = await tab.evaluate(async data => {
      const timeline = new TL.Timeline('timeline', data, { script_path: '/library/js/', font: null, hash_bookmark: false });
      for (let tries = 0; tries < 200 && !timeline._loaded?.storyslider; tries += 1) await new Promise(done => setTimeout(done, 50));
      const words = element => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
      return {
        ready: Boolean(timeline._loaded?.storyslider && timeline._loaded?.timenav),
        message: words(document.querySelector('.tl-message-content')),
        slides: [...document.querySelectorAll('.tl-slide')].map(slide => ({
          headline: words(slide.querySelector('.tl-headline')),
          date: words(slide.querySelector('.tl-headline-date')),
        })),
        markers: document.querySelectorAll('.tl-timemarker').length,
        eras: [...document.querySelectorAll('.tl-timeera .tl-headline')].map(words),
        config: [...timeline.config.events].map(event => ({ id: event.unique_id, start: event.start_date.data })),
      };
    }, data).catch(error => ({ error: error.message }));
    await tab.context().close();
    if (drawn.error || !drawn.ready) {
      fail(`TimelineJS does not draw it: ${drawn.error ?? drawn.message}`);
      continue;
    }
    const line = text => text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
    const decoded = text => line(text).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
    if (drawn.slides.length !== data.events.length + 1) fail(`${drawn.slides.length} slides for ${data.events.length} events and a title`);
    if (drawn.markers !== data.events.length) fail(`${drawn.markers} marks on the axis for ${data.events.length} events`);
    for (const event of data.events) {
      const slide = drawn.slides.find(one => one.headline === decoded(event.text.headline));
      if (!slide) fail(`no slide says «${decoded(event.text.headline)}»`);
      else if (!drawn.slides.some(one => one.headline === slide.headline && one.date === decoded(event.display_date))) {
        fail(`${event.unique_id}: the date reads «${slide.date}», and should be «${decoded(event.display_date)}»`);
      }
    }
    for (const era of data.eras) {
      if (!drawn.eras.includes(decoded(era.text.headline))) fail(`the era «${decoded(era.text.headline)}» is not drawn`);
    }
  }
});
report(`${documents.length} timelines`);

// Every event is drawn or named as one that can't be, and no date has a part that nobody knows.
function compare(data, all, fail) {
  const told = [...data.events, ...data._dateline.not_drawn].map(event => event.unique_id).sort();
  if (JSON.stringify(told) !== JSON.stringify(all.map(event => event.id).sort())) fail('the events are not those of timeline.json');
  for (const event of data.events) {
    const { precision } = event._dateline.date;
    const { month, day, hour } = event.start_date;
    const exact = ['day', 'minute', 'second'].includes(precision);
    if (day !== undefined && !exact) fail(`${event.unique_id}: a ${precision} has a day`);
    if (month !== undefined && precision === 'year') fail(`${event.unique_id}: a year has a month`);
    if (hour !== undefined && !['minute', 'second'].includes(precision)) fail(`${event.unique_id}: a ${precision} has an hour`);
  }
}
