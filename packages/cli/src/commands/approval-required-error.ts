/** A question was not answered with yes. */
export class ApprovalRequiredError extends Error {
  constructor(question: string) {
    super(`${question} Nobody said yes.`);
    this.name = 'ApprovalRequiredError';
  }
}
