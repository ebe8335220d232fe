let next = 0;

/** The next of the samples, in turn. */
export function takeSample(samples: readonly string[]): string {
  const text = samples[next % samples.length] ?? "";
  next += 1;
  return text;
}
