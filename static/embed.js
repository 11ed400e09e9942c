// For pages of other sites: gives each frame from the site that this script comes from the height of what is in it.
// A message counts only if it comes from such a frame, from that site, and holds a height; nothing else is changed.
(() => {
  'use strict';
  const site = new URL(document.currentScript.src).origin;
  const ours = frame => {
    try {
      return new URL(frame.src).origin === site;
    } catch {
      return false;
    }
  };
  const frames = () => [...document.getElementsByTagName('iframe')].filter(ours);
  addEventListener('message', event => {
    if (event.origin !== site || event.data?.dateline !== 'height') return;
    const { height } = event.data;
    if (!(height > 0 && height < 100_000)) return;
    const frame = frames().find(one => one.contentWindow === event.source);
    if (frame) frame.style.height = `${Math.ceil(height)}px`;
  });
  // Frames that were there before this script have told their height to nobody.
  const ask = () => frames().forEach(frame => frame.contentWindow.postMessage({ dateline: 'ask' }, '*'));
  ask();
  addEventListener('load', ask);
})();
