/** A question was not answered with yes. */
export class ApprovalRequiredError extends Error {
  readonly hint: string;

  /** @param questions - How many there are in all. */
  constructor(question: string, questions: number) {
    super(`${question} Nobody said yes.`);
    this.name = 'ApprovalRequiredError';
    this.hint = questions === 1 ? 'Say --yes to answer yes' : `There are ${String(questions)} questions: say ${Array(questions).fill('--yes').join(' ')} to answer yes to all`;
  }
}
