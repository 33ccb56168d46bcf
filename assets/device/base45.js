// Base45 (RFC 9285) to bytes: three letters are two bytes, two letters are the last one.
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// Raises RangeError for what is no base45.
export function fromBase45(text) {
  const values = Array.from(text, (letter) => LETTERS.indexOf(letter));
  if (values.includes(-1) || values.length % 3 === 1) throw new RangeError("no base45");
  const bytes = [];
  for (let at = 0; at < values.length; at += 3) {
    const [first, second, third] = values.slice(at, at + 3);
    const number = first + second * 45 + (third ?? 0) * 2025;
    if (number > (third === undefined ? 0xff : 0xffff)) throw new RangeError("no base45");
    if (third !== undefined) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}
