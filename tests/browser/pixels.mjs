// Pictures as pixels: PNG as Chromium writes it, PPM as poppler does. Each gives
// `width`, `height` and `data`, three bytes a pixel.
import { inflateSync } from 'node:zlib';

/** Reads a PNG of eight bits a channel, with or without alpha, not interlaced. */
export function png(file) {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[file[25]];
  const packed = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
    }
  }
  const raw = inflateSync(Buffer.concat(packed));
  const row = width * channels;
  let above = new Uint8Array(row);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const start = y * (row + 1);
    const line = raw.subarray(start + 1, start + 1 + row);
    unfilter(raw[start], line, above, channels);
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) data[(y * width + x) * 3 + c] = line[x * channels + c];
    }
    above = line;
  }
  return { width, height, data };
}

/** Undoes the filter of one line (PNG specification, part 9). */
function unfilter(kind, line, above, channels) {
  for (let i = 0; i < channels; i += 1) {
    if (kind === 2 || kind === 4) line[i] += above[i];
    else if (kind === 3) line[i] += above[i] >> 1;
  }
  for (let i = channels, left = 0; kind > 0 && i < line.length; i += 1, left += 1) {
    if (kind === 1) line[i] += line[left];
    else if (kind === 2) line[i] += above[i];
    else if (kind === 3) line[i] += (line[left] + above[i]) >> 1;
    else line[i] += nearest(line[left], above[i], above[left]);
  }
}

function nearest(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Reads a binary PPM of 255 levels. */
export function ppm(file) {
  const [head, width, height] = file.toString('latin1', 0, 32).match(/^P6\s(\d+)\s(\d+)\s255\s/);
  return { width: Number(width), height: Number(height), data: file.subarray(head.length) };
}
