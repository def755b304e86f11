const FEWEST_SHOWN_BOTH_ENDS = 11;
const FEWEST_SHOWN_END = 5;

/**
 * A caller's number as it may be shown (norm.md section 7): from 11 digits the first three and the last four, from 5
 * to 10 the last two, of fewer nothing. One star stands for each digit hidden; what is not a digit is left out.
 */
export function maskNumber(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  if (digits.length >= FEWEST_SHOWN_BOTH_ENDS) {
    return digits.slice(0, 3) + '*'.repeat(digits.length - 7) + digits.slice(-4);
  }
  if (digits.length >= FEWEST_SHOWN_END) return '*'.repeat(digits.length - 2) + digits.slice(-2);
  return '*'.repeat(digits.length);
}

/** Names of interfaces and what people write: every run of 7 or more digits in them may be somebody's number. */
export function maskDigitRuns(text: string): string {
  return text.replaceAll(/\d{7,}/g, maskNumber);
}
