// Makes `land.bin` and `borders.bin`, the outlines that src/map/ draws from, out of Natural Earth.
//
// Natural Earth (naturalearthdata.com) is in the public domain. Its 1:50m land and countries, version 4.1, come as
// TopoJSON in the npm package `world-atlas`, version 2.0.2. This script installs nothing:
//
//     npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//     node src/map/natural-earth.mjs package
//
// A file is a row of whole numbers, seven bits a byte, the lowest first, the top bit set on all but the last byte:
// the count of outlines, then for each outline the count of its points, then for each point the step from the point
// before it, east and north, in 1/200 of a degree. A step may be negative: 0, -1, 1, -2 are written 0, 1, 2, 3.
// Steps cross the date line as they cross any other: longitudes run on past 180. No outline repeats its first point.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const UNITS = 200;
const TURN = 360 * UNITS;

const source = process.argv[2];
if (!source) {
  console.error("usage: node natural-earth.mjs FOLDER   (the folder of the package world-atlas 2.0.2)");
  process.exit(1);
}
const here = dirname(fileURLToPath(import.meta.url));
write("land.bin", land(read("land-50m.json")));
write("borders.bin", borders(read("countries-50m.json")));

function read(name) {
  return JSON.parse(readFileSync(join(source, name), "utf8"));
}

function write(name, outlines) {
  const bytes = encode(outlines);
  writeFileSync(join(here, name), bytes);
  const points = outlines.reduce((sum, outline) => sum + outline.length, 0);
  console.log(`${name}: ${outlines.length} outlines, ${points} points, ${bytes.length} bytes`);
}

// Coasts as rings. The package closes Antarctica at the pole with a hole of no size: that one goes.
function land(topology) {
  const arcs = positions(topology);
  const rings = polygons(topology.objects.land).flat().map((ring) => joined(ring, arcs));
  const coasts = rings.filter((ring) => ring.some(([, latitude]) => latitude > -89.5 * UNITS));
  return stitched(coasts.map(tidyRing)).map(tidyRing).filter((ring) => ring.length > 2);
}

// Lines between countries: the arcs that two of them share.
function borders(topology) {
  const owners = topology.arcs.map(() => new Set());
  topology.objects.countries.geometries.forEach((country, owner) => {
    for (const arc of polygons(country).flat(2)) owners[arc < 0 ? ~arc : arc].add(owner);
  });
  const shared = positions(topology).filter((_, arc) => owners[arc].size > 1);
  return shared.map(tidy).filter((line) => line.length > 1);
}

function polygons(geometry) {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygons);
  if (geometry.type === "MultiPolygon") return geometry.arcs;
  return geometry.type === "Polygon" ? [geometry.arcs] : [];
}

function positions({ arcs, transform: { scale, translate } }) {
  return arcs.map((arc) => {
    const at = [0, 0];
    return arc.map((step) => step.map((value, axis) => {
      at[axis] += value;
      return Math.round((at[axis] * scale[axis] + translate[axis]) * UNITS);
    }));
  });
}

function joined(ring, arcs) {
  return ring.flatMap((arc) => (arc < 0 ? arcs[~arc].toReversed() : arcs[arc]).slice(1));
}

// Some islands of Fiji are cut in two at the date line: two rings that run the same edge in opposite directions.
function stitched(rings) {
  const whole = [...rings];
  for (let first = 0; first < whole.length; first += 1) {
    for (let second = first + 1; second < whole.length; second += 1) {
      const ring = stitch(whole[first], whole[second]);
      if (!ring) continue;
      whole[first] = ring;
      whole.splice(second, 1);
      second = first;
    }
  }
  return whole;
}

function stitch(left, right) {
  for (const [i, [from, to]] of cuts(left)) {
    for (const [j, [start, end]] of cuts(right)) {
      if (from !== end || to !== start) continue;
      const rest = [...right.slice(j + 1), ...right.slice(0, j + 1)];
      return [...left.slice(0, i + 1), ...rest.slice(1, -1), ...left.slice(i + 1)];
    }
  }
  return null;
}

// The edges of a ring that lie on the date line, as pairs of latitudes.
function cuts(ring) {
  const edges = ring.map((point, i) => [point, ring[(i + 1) % ring.length]]);
  return [...edges.entries()]
    .filter(([, [a, b]]) => [a, b].every(([longitude]) => Math.abs(longitude) === TURN / 2) && a[1] !== b[1])
    .map(([i, [a, b]]) => [i, [a[1], b[1]]]);
}

// Longitudes that run on, no point twice in a row, no point in the middle of a straight line.
function tidy(points) {
  const kept = [];
  for (const [longitude, latitude] of points) {
    const last = kept.at(-1);
    const east = last ? last[0] + short(longitude - last[0]) : longitude;
    if (last && last[0] === east && last[1] === latitude) continue;
    if (kept.length > 1 && straight(kept.at(-2), last, [east, latitude])) kept.pop();
    kept.push([east, latitude]);
  }
  return kept;
}

function tidyRing(points) {
  const ring = tidy(points);
  const [first, last] = [ring[0], ring.at(-1)];
  return short(first[0] - last[0]) === 0 && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

function short(turn) {
  return turn - TURN * Math.round(turn / TURN);
}

function straight(a, b, c) {
  const [x, y, z, w] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]];
  return x * w === y * z && x * z + y * w > 0;
}

function encode(outlines) {
  const bytes = [];
  const number = (value) => {
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  };
  const step = (value) => number(value < 0 ? -2 * value - 1 : 2 * value);
  number(outlines.length);
  for (const outline of outlines) {
    number(outline.length);
    let at = [0, 0];
    for (const point of outline) {
      step(point[0] - at[0]);
      step(point[1] - at[1]);
      at = point;
    }
  }
  return Buffer.from(bytes);
}
