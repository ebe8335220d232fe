import type { Report } from "#core/intake/types.ts";
import type { LearnedWord } from "#core/learning/lexicon.ts";
import type { SuggestedUnit } from "#core/learning/suggested-units.ts";
import type { Instant } from "#core/time.ts";
import type { Case } from "./case.ts";
import type { Office } from "./office.ts";
import { takeReport } from "./take-report.ts";

/**
 * The line that puts a picture into words: read as the report itself, since nothing was said before. It gives the title; the
 * limits run from the receipt of the picture.
 */
export function firstSentence(
  c: Case,
  said: { text: string; at: Instant; attachments: number },
  office: Office,
  learned: readonly LearnedWord[],
): { patch: Partial<Report>; suggested?: SuggestedUnit[] } {
  const attachments = c.report.attachments + said.attachments;
  const { input } = takeReport({ ...said, attachments, from: c.reporter }, office, learned);
  const { detectedAt, ...report } = input.report;
  return {
    patch: {
      ...report,
      title: input.title,
      ...(detectedAt.inferred ? {} : { detectedAt }),
      reporter: c.report.reporter ?? report.reporter,
      urls: [...new Set([...c.report.urls, ...report.urls])],
      pii: [...c.report.pii, ...report.pii],
    },
    ...(input.suggested ? { suggested: input.suggested } : {}),
  };
}
