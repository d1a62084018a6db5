/** Not every question was answered with yes. */
export class ApprovalRequiredError extends Error {
  readonly hint: string;

  /** @param questions - All there are, answered ones too: what is at stake is often in the first. */
  constructor(questions: readonly string[]) {
    super(`${questions.join(' ')} Nobody said yes.`);
    this.name = 'ApprovalRequiredError';
    this.hint = questions.length === 1 ? 'Say --yes to answer yes' : `These are ${String(questions.length)} questions: say ${questions.map(() => '--yes').join(' ')} to answer yes to all`;
  }
}
