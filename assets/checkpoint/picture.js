// A photograph made small enough to be kept and sent by a telephone: what it shows is read just as well.
const LONGEST = 1_600; // points of its longer side
const QUALITY = 0.82;

// Its bytes as JPEG; as they are where this browser cannot read the picture.
export async function small(file) {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return bytesOf(made ?? file);
  } catch {
    return bytesOf(file);
  }
}

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());
