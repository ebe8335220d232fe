/** A piece of a text; `whole`: no line may end inside it. */
export interface WholePiece {
  text: string;
  whole: boolean;
}

/** "11月23日(周一)15:00", "还剩 22小时47分", "20261121-002": broken over two lines they are misread. */
const WHOLE =
  /((?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\(周[一二三四五六日]\))?(?:\s?\d{2}:\d{2})?|(?:还剩|已逾期|逾期|已超目标)\s\d+(?:天|小时|分)(?:\d{2}(?:小时|分))?|\d{8}-\d{3,})/u;

/** Moments, lengths of time and case numbers apart from the rest of a line. */
export const wholePieces = (text: string): WholePiece[] =>
  text
    .split(WHOLE)
    .map((piece, i) => ({ text: piece, whole: i % 2 === 1 }))
    .filter((p) => p.text !== "");
