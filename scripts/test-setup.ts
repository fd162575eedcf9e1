// For every vitest file: something that prints an error has failed, even if no assertion saw it.
console.error = (...values: unknown[]): never => {
  throw new Error(`console.error was called: ${values.map(String).join(" ")}`);
};
