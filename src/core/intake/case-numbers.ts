/** The number that a text names: YQ-990121-20261120-001, 20261120-001 or #1. */
export function caseNumberIn(text: string): string | null {
  return /[A-Z]{2,4}-\d{6}[A-Z0-9]{0,8}-\d{8}-\d{3,}|(?<!\d)\d{8}-\d{3,}(?!\d)|#\d{1,4}(?!\d)/.exec(text)?.[0] ?? null;
}
