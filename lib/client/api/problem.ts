import { problemSchema } from '../../protocol';

/** A call that failed. `message` is a sentence for the user: what happened and, where it helps, what to do. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    message: string,
    /** The HTTP status; 0 when the service could not be reached, or answered nothing that could be read. */
    readonly status: number,
  ) {
    super(message);
  }
}

export const UNREACHABLE = 'Mixing Table cannot be reached just now. Check your connection and try again.';

const PLAIN: Readonly<Record<number, string>> = {
  401: 'Please tell us your name first, so that we know who you are.',
  403: 'Your role in this session does not allow that.',
  404: 'This does not exist, or it is not shared with you.',
  413: 'This is too large.',
  429: 'That was a little fast. Wait a moment and try again.',
  503: 'Mixing Table is busy or starting again. Try again in a moment.',
};

/** What to say about an answer that is not a success: the problem's own detail where it has one (RFC 9457). */
export function problemOf(status: number, body: unknown): ApiProblem {
  const problem = problemSchema.partial().safeParse(body);
  const detail = problem.success ? problem.data.detail || problem.data.title : undefined;
  return new ApiProblem(detail ?? PLAIN[status] ?? 'Something went wrong on our side. Nothing was changed; try again.', status);
}
