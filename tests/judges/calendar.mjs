// What ical.js reads in a calendar, with the calendar's own zones, as JSON: node calendar.mjs FILE
// tests/formats/calendars.py asks for it, as the second of two readers.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const padded = day => day.toString().padStart('0000-00-00'.length, '0');
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) {
  ICAL.TimezoneService.register(new ICAL.Timezone({ component: zone, tzid: zone.getFirstPropertyValue('tzid') }));
}
const events = calendar.getAllSubcomponents('vevent').map(component => {
  const event = new ICAL.Event(component);
  const { startDate: start } = event;
  return {
    uid: event.uid,
    title: event.summary,
    description: event.description,
    place: event.location,
    edtf: component.getFirstPropertyValue('x-dateline-edtf'),
    start: start.isDate ? padded(start) : new Date(start.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z'),
    end: start.isDate ? padded(event.endDate) : null,
  };
});
console.log(JSON.stringify({ title: calendar.getFirstPropertyValue('name'), events }));
