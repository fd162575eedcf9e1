// Makes an uploaded picture safe to show: decoded and written anew, so that nothing else is in the file, turned as the
// camera was held, and without what the camera noted about place and time.
import sharp from "sharp";
import { oneAtATime } from "#lib/one-at-a-time.ts";

export interface Picture {
  bytes: Buffer;
  type: string;
  /** px */
  width: number;
  height: number;
}

/** Media types that become pictures; everything else is a file to download, SVG and HTML above all. */
export const PICTURE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];

/** px: more on a side is made smaller. */
const LONGEST_SIDE = 5000;
/** px in all: a small file may claim to be a huge picture. */
const MOST_PIXELS = 100_000_000;

/** Seconds that decoding a picture may take. Writing AVIF cannot be stopped, so it has to be fast. */
const SECONDS = 10;

/** A picture takes one of the four threads that also read files and look up names. */
const inLine = oneAtATime();

const formats = { png: "image/png", jpeg: "image/jpeg", webp: "image/webp", gif: "image/gif", heif: "image/avif" };

/** Null if it is not a picture of these types, or broken. */
export function readPicture(source: Buffer): Promise<Picture | null> {
  return inLine(() => rewrite(source));
}

async function rewrite(source: Buffer): Promise<Picture | null> {
  try {
    const image = sharp(source, { limitInputPixels: MOST_PIXELS, failOn: "error", animated: true });
    image.timeout({ seconds: SECONDS });
    const { format, compression } = await image.metadata();
    if (!format || !Object.hasOwn(formats, format) || (format === "heif" && compression !== "av1")) return null;
    const fit = { width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true } as const;
    const turned = image.autoOrient().resize(fit);
    if (format === "jpeg") turned.jpeg({ quality: 88, mozjpeg: false });
    // At sharp's own effort a picture of 4 megapixels can take 20 seconds; so it takes two.
    if (format === "heif") turned.avif({ effort: 1 });
    const { data, info } = await turned.toBuffer({ resolveWithObject: true });
    // Of an animation the frames stand below each other.
    const height = info.pageHeight ?? info.height;
    return { bytes: data, type: formats[format as keyof typeof formats], width: info.width, height };
  } catch {
    return null;
  }
}
