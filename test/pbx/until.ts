/** Looks again and again until it holds; the test's own timeout is the limit. Rejects where a look does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
