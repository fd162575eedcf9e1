// Stands in for Node's Buffer in the browser, where next.config.js leads the bundler here. Yjs' library asks whether
// there is one, and for that alone the bundler would add all of it (7 kB).

export const Buffer = undefined;
