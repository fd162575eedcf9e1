// Imported first by every process of ours. V8 does not note how a function is used before it has run some times, which
// saves memory where most functions run once, as in a page. Here the same ones serve everybody, and those that serve
// somebody who opens a document ran in slow code for dozens of people: noted from the start, they take 6 ms instead of 7.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--no-lazy-feedback-allocation");
