// Checks titles that come from outside. Apart from title.ts, because browsers need its length and not this library.
import { z } from "zod";
import { cleanTitle, TITLE_LENGTH } from "./title.ts";

export const titleSchema = z
  .string()
  .transform(cleanTitle)
  .pipe(z.string().max(TITLE_LENGTH, `a title has at most ${TITLE_LENGTH} characters`));
