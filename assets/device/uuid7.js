// UUIDs of version 7 (RFC 9562 §5.7): 48 bits of ms since 1970, the rest random.
export function uuid7(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let left = at;
  for (let place = 5; place >= 0; place--) {
    bytes[place] = left % 256;
    left = Math.floor(left / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// ms since 1970; NaN for what is no UUID of version 7.
export function timeOf(id) {
  const isOne = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id);
  return isOne ? Number.parseInt(id.replace("-", "").slice(0, 12), 16) : Number.NaN;
}
